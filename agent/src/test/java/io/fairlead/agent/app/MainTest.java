package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.host.Host;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private static final String HASH = "A".repeat(42) + "E";

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "status --help",
                "audit --help",
                "check --help",
                "enrol --help",
                "run --help",
                "version --help"
            })
    void every_level_has_help_with_an_example(String words) {
        assertThat(run(words.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: agent").contains("Example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly", "run --fast", "enrol", "run --data"})
    void wrong_usage_is_one_line_a_hint_and_code_2(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
        assertThat(err.toString().strip().lines()).hasSize(2);
        assertThat(err.toString()).contains("Try: agent");
    }

    @Test
    void an_enrolment_string_that_is_none_is_one_line_and_code_1() {
        assertThat(run("enrol", "hello", "--data", data.toString())).isEqualTo(1);
        assertThat(err.toString().strip().lines()).singleElement().asString().contains("begins with \"fairlead:\"");
    }

    @Test
    void a_server_that_nobody_answers_at_is_one_line_and_code_1_without_the_secret() {
        String string = "fairlead:1:127.0.0.1:1:c:7Q2M9KZ4XJ5R8TVN:" + HASH;

        assertThat(run("enrol", string, "--data", data.toString())).isEqualTo(1);

        // Root is sent away before anything is asked for; as the agent's user AgentProcessTest asks.
        assertThat(err.toString().strip().lines())
                .singleElement()
                .asString()
                .contains(Host.ofThisSystem().root() ? "does not enrol as root" : "127.0.0.1:1")
                .doesNotContain("7Q2M9KZ4XJ5R8TVN");
    }

    private int run(String... words) {
        CommandLine line = Main.commandLine(words);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }
}
