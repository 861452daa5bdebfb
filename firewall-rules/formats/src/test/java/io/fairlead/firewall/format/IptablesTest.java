package io.fairlead.firewall.format;

import static io.fairlead.firewall.format.Tools.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IptablesTest {
    private static final Allowlist LIST = Lists.from(Lists.all(), Cidr.of("10.1.0.0/16"), Cidr.of("fd00::/8"));

    @TempDir
    Path folder;

    @Test
    void a_network_that_denies_everything_lets_out_what_is_listed_until_it_is_taken_back() throws IOException {
        StringBuilder script = new StringBuilder(Netns.ADDRESSES);
        StringBuilder back = new StringBuilder();
        for (Iptables format : List.of(new Iptables(true), new Iptables(false))) {
            String rules = format.render(LIST);
            String tool = format.key();
            Files.writeString(folder.resolve(format.fileName()), rules);
            script.append(
                    "TOOL -A OUTPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\nTOOL -A OUTPUT -j DROP\n"
                            .replace("TOOL", tool));
            script.append(shown(rules, tool + "-restore --noflush --test")).append('\n');
            script.append(shown(rules, tool + "-restore --noflush fair")).append('\n');
            script.append(shown(rules, tool + " -I").replace("FORWARD", "OUTPUT"))
                    .append('\n');
            script.append("TOOL -S > once; TOOL-restore --noflush FILE; TOOL -S > twice; cmp once twice\n"
                    .replace("TOOL", tool)
                    .replace("FILE", format.fileName()));
            for (String step : List.of(" -D", " -F", " -X")) {
                back.append(shown(rules, tool + step).replace("FORWARD", "OUTPUT"))
                        .append('\n');
            }
        }
        String said = Tools.alone(
                folder,
                script + Tools.probe() + Netns.TARGETS + "\n" + back + "iptables -S; ip6tables -S\n",
                "iptables",
                "ip6tables");
        assertThat(said).startsWith(Netns.OUTCOME + "\n");
        String own = """
                -P INPUT ACCEPT
                -P FORWARD ACCEPT
                -P OUTPUT ACCEPT
                -A OUTPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
                -A OUTPUT -j DROP
                """;
        assertThat(said).endsWith(own + own);
    }

    @Test
    void any_number_of_ports_fits_and_a_list_without_rows_is_a_list() throws IOException {
        Files.writeString(
                folder.resolve("many"),
                new Iptables(true).render(Lists.from(Lists.of(List.of(Lists.LONGEST)), Cidr.of("0.0.0.0/0"))));
        Files.writeString(folder.resolve("none"), new Iptables(true).render(Lists.of(List.of())));
        String said = Tools.alone(
                folder, "iptables-restore --noflush many; iptables-restore --noflush none; iptables-save", "iptables");
        assertThat(said.lines().filter(line -> line.endsWith("-j ACCEPT"))).hasSize(3);
        assertThat(said.lines().filter(line -> line.startsWith(":FAIRLEAD-"))).hasSize(2);
    }

    @Test
    void each_kind_of_address_is_only_in_its_own_file() {
        assertThat(new Iptables(true).render(LIST))
                .doesNotContain("2001:db8", "fd00")
                .contains("-d 192.0.2.7/32");
        assertThat(new Iptables(false).render(LIST))
                .doesNotContain("192.0.2", "203.0.113", "10.1.0.0")
                .contains("# " + "  new.service.example has no IPv6 address: no rule");
    }
}
