package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.format.Formats;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line without a server: files in, a list out. */
class AllowlistCommandTest {
    private static final String CATALOGUE = """
            title: Example Diagnostics
            products:
              - { id: blood-analysers, name: Blood analysers }
              - { id: imaging, name: Imaging }
            regions: [{ id: eu, name: Europe }]
            domains: [{ name: service.example, region: eu }]
            services:
              - { network: 192.0.2.7, ports: [443], further-ports: [17001], products: [imaging], purpose: Images }
              - { host: over.service.example, ports: [443], purpose: Was, until: 2026-11-01 }
              - { host: localhost, ports: [8443], purpose: This, products: [blood-analysers] }
            """;
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00.5Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path catalogue;

    @BeforeEach
    void write() throws IOException {
        catalogue = Files.writeString(folder.resolve("catalogue.yaml"), CATALOGUE);
    }

    @Test
    void a_table_has_what_is_dialled_and_not_what_is_over() {
        assertThat(run("--catalogue", catalogue.toString(), "--format", "table", "--source", "10.1.0.0/16"))
                .isZero();
        assertThat(out.toString())
                .contains("Version unpublished-", "issued 2026-11-22 12:00 UTC", "from 10.1.0.0/16")
                .containsPattern("192.0.2.7 +TCP +443 \\(17001\\) +yes +imaging +Images")
                .containsPattern("localhost +TCP +8443 +yes +blood-analysers +This")
                .doesNotContain("over.service.example");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void what_a_server_listens_on_is_in_the_list_where_the_catalogue_names_it() throws IOException {
        Path config = Files.writeString(folder.resolve("enterprise.conf"), """
                people { names = ["console.service.example"] }
                agents { names = ["agents.service.example", "agents.other.example"], public-port = 443 }
                integration.certificates { port = 8445, published = "https://services.service.example" }
                """);

        assertThat(run("--catalogue", catalogue.toString(), "--config", config.toString(), "--format", "table"))
                .isZero();
        assertThat(out.toString())
                .containsPattern("agents.service.example +TCP +443 \\(17001, 17002\\) +yes +eu")
                .containsPattern("console.service.example +TCP +8443 +no +eu")
                .containsPattern("services.service.example +TCP +443 +no +eu")
                .doesNotContain("agents.other.example");
        assertThat(err.toString()).startsWith("Not in the list: agents.other.example, for no domain");
    }

    @Test
    void product_host_and_profile_choose() {
        assertThat(run(
                        "--catalogue",
                        catalogue.toString(),
                        "--format",
                        "csv",
                        "--product",
                        "imaging",
                        "--profile",
                        "443"))
                .isZero();
        assertThat(out.toString()).contains("192.0.2.7,tcp,443,,").doesNotContain("localhost", "17001");
        out.getBuffer().setLength(0);
        assertThat(run("--catalogue", catalogue.toString(), "--format", "csv", "--host", "LocalHost"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void every_format_that_is_listed_is_written_and_none_is_empty() {
        assertThat(run("--format", "list")).isZero();
        assertThat(out.toString().lines().skip(1)).hasSameSizeAs(Formats.ALL);
        for (String key : Formats.keys()) {
            out.getBuffer().setLength(0);
            int done = run("--catalogue", catalogue.toString(), "--format", key);
            // Zscaler has no place for an address, nor for a port of its own.
            assertThat(done).as(key).isEqualTo(key.equals("zscaler") ? 1 : 0);
            assertThat(out.toString().isBlank()).as(key).isEqualTo(done == 1);
        }
    }

    @Test
    void a_name_without_an_address_is_said_where_the_firewall_knows_no_names_and_nowhere_else() throws IOException {
        Path lost = Files.writeString(catalogue, CATALOGUE.replace("localhost", "agents.no-such-host.invalid"));

        assertThat(run("--catalogue", lost.toString(), "--format", "asa")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(run("--catalogue", lost.toString(), "--format", "nftables")).isZero();
        assertThat(err.toString()).startsWith("No address was found here for agents.no-such-host.invalid. A firewall");
        assertThat(out.toString()).contains("#   agents.no-such-host.invalid has no IPv6 address: no rule");
    }

    @Test
    void a_file_is_new_and_holds_the_list() throws IOException {
        Path file = folder.resolve("list.json");
        String[] line = {"--catalogue", catalogue.toString(), "--format", "json", "--out", file.toString()};

        assertThat(run(line)).isZero();
        assertThat(Files.readString(file)).contains("\"network\" : \"192.0.2.7\"");
        assertThat(out.toString()).isEmpty();
        assertThat(run(line)).isEqualTo(1);
        assertThat(err.toString()).contains("is there already");
    }

    @Test
    void a_catalogue_is_judged_with_all_its_faults() throws IOException {
        assertThat(run("--check", catalogue.toString())).isZero();
        assertThat(out.toString()).contains("services=3 products=2 regions=1 domains=1 networks=0");
        Path broken = Files.writeString(
                folder.resolve("broken.yaml"), "titel: T\nservices:\n  - { host: a_b, ports: [0], purpose: x }\n");
        assertThat(run("--check", broken.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        broken + ":1:1: \"titel\" is no key here; did you mean title?",
                        broken + ":3:13: \"a_b\" is no host name",
                        broken + ":3:26: \"0\" is no port");
    }

    @Test
    void nonsense_gets_a_sentence() {
        String file = catalogue.toString();
        assertThat(run()).isEqualTo(2);
        assertThat(run("--format", "nftable")).isEqualTo(2);
        assertThat(run("--format", "csv")).isEqualTo(1);
        assertThat(run("--format", "csv", "--catalogue", folder.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(run("--format", "csv", "--catalogue", file, "--product", "imagin"))
                .isEqualTo(2);
        assertThat(run("--format", "csv", "--catalogue", file, "--region", "mars"))
                .isEqualTo(2);
        assertThat(run("--format", "csv", "--catalogue", file, "--host", "a b")).isEqualTo(2);
        assertThat(run("--format", "csv", "--catalogue", file, "--host", "localhos"))
                .isEqualTo(1);
        assertThat(run("--format", "csv", "--catalogue", file, "--source", "10.1.0.1/16"))
                .isEqualTo(2);
        assertThat(run("--format", "csv", "--catalogue", file, "--profile", "444"))
                .isEqualTo(2);
        assertThat(run("--format", "csv", "--catalogue", file, "--product", "imaging", "--host", "localhost"))
                .isEqualTo(1);
        assertThat(run("--format", "csv", "--config", folder.resolve("none").toString()))
                .isEqualTo(1);
        for (String sentence : List.of(
                "--format is missing; `--format list` says which there are",
                "There is no format nftable",
                "Nothing would be in the list: name a catalogue by --catalogue FILE",
                "There is no file ",
                "--product: the catalogue has no imagin. Did you mean 'imaging'?",
                "--region: the catalogue has no mars; there are eu",
                "--host a b is no host name",
                "Nothing in the list leads to localhos. Did you mean localhost?",
                "--source 10.1.0.1/16 has bits set behind its prefix",
                "--profile takes 443 or all",
                "Nothing in the list is for all that was chosen together.",
                "Cannot read the configuration file ")) {
            assertThat(err.toString()).contains(sentence);
        }
    }

    private int run(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "allowlist";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        Screen screen = new Screen(new PrintWriter(out, true), new PrintWriter(err, true), NOON);
        return FairleadCommand.commandLine(screen, folder, (config, data, port) -> {})
                .execute(line);
    }
}
