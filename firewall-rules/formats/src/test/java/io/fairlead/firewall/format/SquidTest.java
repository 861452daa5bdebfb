package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SquidTest {
    /** As Debian installs it, without what writes outside. */
    private static final String OWN = """
            acl SSL_ports port 443
            acl Safe_ports port 80 443
            INCLUDE
            http_access deny !Safe_ports
            http_access deny CONNECT !SSL_ports
            http_access deny all
            http_port 127.0.0.1:3128
            hosts_file FOLDER/hosts
            dns_nameservers 127.0.0.1
            dns_timeout 1 second
            connect_timeout 1 second
            forward_timeout 2 seconds
            pid_filename none
            access_log none
            cache_log /dev/null
            coredump_dir none
            pinger_enable off
            netdb_filename none
            shutdown_lifetime 0 seconds
            """;

    @TempDir
    Path folder;

    @Test
    void a_proxy_that_denies_everything_lets_out_what_is_listed() throws IOException {
        Path conf = configured(new Squid()
                .render(Lists.from(
                        Lists.of(List.of(
                                Lists.row("agents.service.example", Set.of(80, 443), Set.of(17_001)),
                                Lists.NETWORK,
                                Lists.NETWORK_6)),
                        Cidr.of("127.0.0.0/8"))));
        Files.writeString(folder.resolve("hosts"), "127.0.0.2 agents.service.example other.service.example\n");
        // It gives root up before it reads them.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        String said = Tools.alone(
                folder,
                "squid -k parse -f " + conf + " > parsed 2>&1 || { cat parsed; exit 1; }\n"
                        + "squid -N -n fl$$ -f " + conf + " > run 2>&1 & squid=$!\n"
                        + "for i in $(seq 100); do ss -ltn | grep -q :3128 && break; kill -0 $squid || { cat run; exit 1; }; sleep 0.1; done\n"
                        + Tools.probe() + " proxy agents.service.example 443 agents.service.example 17001"
                        + " agents.service.example 80 other.service.example 443 agents.service.example 8443"
                        + " 203.0.113.5 443 203.0.114.5 443 x.agents.service.example 443 other.service.example 80\n"
                        + "kill $squid; wait $squid || true\n"
                        + "! grep -i -E 'warning|error|fatal' parsed\n",
                "squid",
                "ss");
        assertThat(said).isEqualTo("""
                agents.service.example 443 passes
                agents.service.example 17001 passes
                agents.service.example 80 passes
                other.service.example 443 denied
                agents.service.example 8443 denied
                203.0.113.5 443 passes
                203.0.114.5 443 denied
                x.agents.service.example 443 denied
                other.service.example 80 denied
                """);
    }

    @Test
    void squid_takes_it_twice_and_without_rows_and_with_the_longest_names() throws IOException {
        String longest = "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + ".example";
        String once = new Squid()
                .render(Lists.of(List.of(
                        Lists.AGENTS,
                        Lists.ANNOUNCED,
                        Lists.row(longest, Set.of(443), Set.of()),
                        Lists.row("d." + longest, Set.of(443), Set.of()))));
        Tools.need("squid");
        for (String file : List.of(once + once, new Squid().render(Lists.of(List.of())))) {
            String said = Tools.run(
                    folder,
                    List.of("squid", "-k", "parse", "-f", configured(file).toString()));
            assertThat(said).doesNotContainIgnoringCase("fatal").doesNotContainIgnoringCase("error");
        }
        assertThat(once).contains("#   a proxy carries no UDP: no line");
    }

    private Path configured(String included) throws IOException {
        Path include = Files.writeString(folder.resolve("fairlead-allowlist.conf"), included);
        return Files.writeString(
                folder.resolve("squid.conf"),
                OWN.replace("INCLUDE", "include " + include).replace("FOLDER", folder.toString()));
    }
}
