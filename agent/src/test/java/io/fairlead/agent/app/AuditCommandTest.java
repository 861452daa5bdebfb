package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    Path data;

    private StringWriter out = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Path file = data.resolve("audit.log");
        at(Duration.ofDays(30)).record(LocalAuditCode.ENROLLED, "device", "d1", "server", "localhost:1");
        Files.move(file, data.resolve("audit.log.1"));
        at(Duration.ofHours(2))
                .record(
                        LocalAuditCode.INSTRUCTION_REFUSED,
                        "number",
                        7,
                        "outcome",
                        "REFUSED",
                        "detail",
                        "site.conf \"denies\" it");
        Files.writeString(file, "2026-11-21T11:59:59.000Z instr", StandardOpenOption.APPEND);
        at(Duration.ofMinutes(1))
                .record(LocalAuditCode.INSTRUCTION_FINISHED, "number", 8, "outcome", "DONE", "detail", "");
    }

    private LocalAudit at(Duration ago) {
        return new LocalAudit(data.resolve("audit.log"), Clock.fixed(NOW.minus(ago), ZoneOffset.UTC));
    }

    @Test
    void all_files_are_read_and_the_newest_entry_is_last() {
        assertThat(audit()).isZero();

        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString().lines().toList().get(0)).contains("identity.enrolled  device=d1  server=localhost:1");
        assertThat(out.toString().lines().toList().get(1))
                .endsWith("instruction.refused 7: REFUSED  (site.conf 'denies' it)");
        assertThat(out.toString().lines().toList().get(2)).endsWith("instruction.finished 8: DONE");
    }

    @Test
    void entries_are_chosen_by_time_code_text_and_number() {
        assertThat(lines("--since", "1d")).hasSize(2);
        assertThat(lines("--code", "identity")).hasSize(1);
        assertThat(lines("--find", "denies")).singleElement().asString().contains("refused 7");
        assertThat(lines("--last", "1")).singleElement().asString().contains("finished 8");
        assertThat(lines("--since", "1s")).containsExactly("No entries like that.");
        assertThat(lines("--since", NOW.minusSeconds(600).toString(), "--json"))
                .singleElement()
                .asString()
                .contains("\"code\":\"instruction.finished\",\"number\":\"8\",\"outcome\":\"DONE\"");
    }

    @Test
    void nonsense_is_told_what_would_do() {
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));

        assertThat(line.execute("audit", "--data", data.toString(), "--since", "yesterday"))
                .isEqualTo(1);
        assertThat(line.execute("audit", "--data", data.resolve("none").toString()))
                .isEqualTo(1);

        assertThat(err.toString()).contains("--since \"yesterday\" is no time: say 30m", "there is no audit in");
    }

    private List<String> lines(String... more) {
        out = new StringWriter();
        assertThat(audit(more)).isZero();
        return out.toString().lines().toList();
    }

    private int audit(String... more) {
        List<String> words = new ArrayList<>(List.of("audit", "--data", data.toString()));
        words.addAll(List.of(more));
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        return line.execute(words.toArray(String[]::new));
    }
}
