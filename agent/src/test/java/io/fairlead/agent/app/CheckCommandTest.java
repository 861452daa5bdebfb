package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.reach.TestEnterprise;
import io.fairlead.agent.reach.TestRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command as IT gives it on a PC where no agent is enrolled. */
class CheckCommandTest {
    private static final TestAuthority OURS = new TestAuthority("ours");

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void a_list_that_is_broken_is_refused_with_the_place_and_code_1() throws Exception {
        Path broken = Files.writeString(folder.resolve("list.json"), "{\"title\": \"A\",\n  \"rows\": [{]}\n");

        assertThat(run("--list", broken.toString())).isEqualTo(1);

        assertThat(err.toString()).contains(broken.toString()).contains("line 2");
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(run("--list", folder.resolve("none.json").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("none.json is not there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format pdf",
                "--rules crayon",
                "--rules nftables --format json",
                "http://console.example",
                "https://console.example/x",
                "--idle 61",
                "https://console.example --root abc",
                "--list a --out /no/such/folder/x",
                "--product A_B",
                "--list a https://console.example",
                ""
            })
    void wrong_usage_says_what_there_is_with_code_2(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("Try: agent check --help").doesNotContain("Exception");
    }

    @Test
    void the_list_of_a_server_is_walked_and_who_vouches_for_it_is_said() throws Exception {
        int closed = closedPort();
        Path out = folder.resolve("out.txt");
        try (TestEnterprise server = new TestEnterprise(OURS).publishes(TestRows.row("127.0.0.1", closed, true))) {
            String url = "https://" + server.address();

            assertThat(run(url, "--out", out.toString())).isEqualTo(1);
            assertThat(Files.readString(out))
                    .contains("NOBODY VOUCHED FOR THE LIST")
                    .contains("mutual TLS, WebSockets, quiet connections and the clock are not checked")
                    .contains("Not reported to the enterprise: no identity of a device can be read");
            assertThat(run(url, "--root", OURS.rootKeyHash(), "--rules", "windows", "--out", out.toString()))
                    .isEqualTo(1);
            assertThat(Files.readString(out))
                    .contains("vouched for by the enterprise's root")
                    .contains("✗ FAILED")
                    .contains("New-NetFirewallRule");
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return once.getLocalPort();
        }
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(
                List.of("check", "--data", folder.resolve("none").toString()));
        all.addAll(List.of("--site", folder.resolve("none.conf").toString()));
        all.addAll(Arrays.asList(words));
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line.execute(all.toArray(String[]::new));
    }
}
