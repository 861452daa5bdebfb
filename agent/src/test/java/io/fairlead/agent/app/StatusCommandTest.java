package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatusCommandTest {
    private static final ProcessHandle SELF = ProcessHandle.current();
    private static final Instant STARTED = SELF.info().startInstant().orElseThrow();

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();

    @Test
    void a_report_comes_back_from_its_file_as_it_was_told() throws IOException {
        StatusReport report = report(SELF.pid(), Instant.now(), false);

        assertThat(StatusReport.read(report.write())).isEqualTo(report);
    }

    @Test
    void an_agent_that_wrote_just_now_runs() throws IOException {
        write(report(SELF.pid(), Instant.now(), false));

        assertThat(status()).isZero();

        assertThat(out.toString())
                .startsWith("Fairlead agent 1.2.3 runs (process " + SELF.pid())
                .contains("\nserver\n  state                   connected: nothing to do\n")
                .contains("\n  last                    one\n                          two\n");
    }

    @Test
    void programs_get_values_and_not_words() throws IOException {
        write(report(SELF.pid(), Instant.now(), false));

        assertThat(status("--json")).isZero();

        assertThat(out.toString().replaceAll("\\s", ""))
                .contains("\"state\":\"running\"", "\"server\":{\"state\":\"ONLINE\"", "\"waiting\":3,\"full\":false")
                .contains("\"last\":[\"one\",\"two\"]")
                .doesNotContain("nothingtodo");
    }

    @Test
    void an_agent_that_ended_or_was_killed_does_not_run_and_says_how_to_start_it() throws IOException {
        write(report(SELF.pid(), Instant.now(), true));
        assertThat(status()).isEqualTo(3);
        write(report(4_000_000, Instant.now(), false));
        assertThat(status()).isEqualTo(3);

        assertThat(out.toString()).contains("does not run. To start it: systemctl start fairlead-agent");
    }

    @Test
    void an_agent_that_is_there_and_writes_nothing_is_called_silent() throws IOException {
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(3)).truncatedTo(ChronoUnit.SECONDS);
        write(report(SELF.pid(), longAgo, false));
        assertThat(status()).isEqualTo(4);
        assertThat(out.toString()).contains("has told nothing since " + longAgo);

        // Its number went to another process since.
        StatusReport other =
                new StatusReport("1.2.3", SELF.pid(), STARTED.minus(Duration.ofDays(1)), longAgo, false, List.of());
        assertThat(Vigour.of(other, Instant.now())).isEqualTo(Vigour.ENDED);
    }

    @Test
    void half_a_file_is_no_report() throws IOException {
        byte[] whole = report(SELF.pid(), Instant.now(), false).write();
        for (int cut = 0; cut < whole.length; cut += 7) {
            Files.write(data.resolve("status.json"), java.util.Arrays.copyOf(whole, cut));
            assertThat(status()).isEqualTo(3);
        }
        assertThat(out.toString())
                .contains("The agent does not run, and has not run with the data folder " + data
                        + ". This PC is not enrolled");
    }

    @Test
    void a_line_turns_no_terminal_around() {
        StatusLine line = StatusLine.of("cause", "a\u001b[2Jb\u202ec\r\nd");

        assertThat(line.words()).isEqualTo("a [2Jb c \nd");
    }

    private StatusReport report(long process, Instant written, boolean ended) {
        return new StatusReport(
                "1.2.3",
                process,
                STARTED,
                written,
                ended,
                List.of(
                        new StatusReport.Section(
                                "server", List.of(StatusLine.of("state", "ONLINE", "connected: nothing to do"))),
                        new StatusReport.Section(
                                "spool",
                                List.of(
                                        StatusLine.of("waiting", 3, "3 messages"),
                                        StatusLine.of("full", false),
                                        StatusLine.of("last", List.of("one", "two"))))));
    }

    private void write(StatusReport report) throws IOException {
        Files.write(data.resolve("status.json"), report.write());
    }

    private int status(String... more) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        String[] words = new String[3 + more.length];
        words[0] = "status";
        words[1] = "--data";
        words[2] = data.toString();
        System.arraycopy(more, 0, words, 3, more.length);
        return line.execute(words);
    }
}
