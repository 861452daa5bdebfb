package io.fairlead.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAuditTest {
    @TempDir
    Path folder;

    private final Clock noon = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void an_entry_is_one_line_of_time_code_and_values() throws IOException {
        Path file = folder.resolve("audit.log");
        new LocalAudit(file, noon)
                .record(LocalAuditCode.INSTRUCTION_FINISHED, "number", 7, "outcome", "DONE", "detail", "all is well");
        assertThat(Files.readString(file))
                .isEqualTo(
                        "2026-11-21T12:00:00.000Z instruction.finished number=7 outcome=DONE detail=\"all is well\"\n");
    }

    @Test
    void a_value_cannot_forge_an_entry_or_turn_a_line_around() throws IOException {
        Path file = folder.resolve("audit.log");
        LocalAudit audit = new LocalAudit(file, noon);
        audit.record(
                LocalAuditCode.OUTBOX_CREATED,
                "a",
                "x\r\n2026 forged\u0085\u2028\u202e\u001b[31m\"",
                "b",
                "y".repeat(400));
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(Files.readString(file))
                .doesNotContain("\u202e", "\u2028", "\u001b", "\u0085", "\"\"")
                .contains("…");
    }

    @Test
    void half_a_line_left_by_a_power_cut_stays_alone() throws IOException {
        Path file = folder.resolve("audit.log");
        Files.writeString(file, "2026-11-21T11:59:59.000Z instr");
        new LocalAudit(file, noon).record(LocalAuditCode.CLOCK_RIGHT);
        assertThat(Files.readAllLines(file))
                .containsExactly("2026-11-21T11:59:59.000Z instr", "2026-11-21T12:00:00.000Z clock.right");
    }

    @Test
    void a_full_file_moves_on_and_five_are_kept() throws IOException {
        Path file = folder.resolve("audit.log");
        LocalAudit audit = new LocalAudit(file, noon, 200);
        for (int i = 0; i < 100; i++) {
            audit.record(LocalAuditCode.INSTRUCTION_RECEIVED, "number", i);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("audit.log", "audit.log.1", "audit.log.2", "audit.log.3", "audit.log.4");
        }
        assertThat(Files.readString(file)).contains("number=99");
        assertThat(Files.size(folder.resolve("audit.log.4"))).isLessThanOrEqualTo(200);
    }

    @Test
    void a_new_file_begins_with_what_went_before_it() throws IOException {
        Path file = folder.resolve("audit.log");
        LocalAudit audit = new LocalAudit(file, noon, 200);
        for (int i = 0; i < 100; i++) {
            audit.record(LocalAuditCode.INSTRUCTION_RECEIVED, "number", i);
        }

        AuditEntry first = AuditEntry.parse(Files.readAllLines(file).get(0)).orElseThrow();
        assertThat(first.code()).isEqualTo("audit.continued");
        assertThat(first.value("before")).isEqualTo("audit.log.1");
        assertThat(first.value("from")).isEqualTo("2026-11-21T12:00:00.000Z");
        assertThat(first.value("gone")).isEqualTo("2026-11-21T12:00:00.000Z");
        assertThat(LocalAudit.files(file)).hasSize(5).endsWith(file);
    }

    @Test
    void a_file_that_cannot_be_moved_goes_on_growing_rather_than_lose_the_newest() throws IOException {
        Path file = folder.resolve("audit.log");
        LocalAudit audit = new LocalAudit(file, noon, 200);
        Files.createDirectories(folder.resolve("audit.log.4/full"));
        Files.writeString(folder.resolve("audit.log.3"), "");
        for (int i = 0; i < 5; i++) {
            audit.record(LocalAuditCode.INSTRUCTION_RECEIVED, "number", i);
        }

        assertThat(Files.readString(file)).contains("number=0", "number=4");
        assertThat(audit.missed()).isZero();
    }

    @Test
    void an_entry_is_read_back_as_it_was_written() throws IOException {
        Path file = folder.resolve("audit.log");
        new LocalAudit(file, noon).record(LocalAuditCode.LINK_DOWN, "loop", "poll", "cause", "a=b \"c\"", "empty", "");

        AuditEntry entry = AuditEntry.parse(Files.readAllLines(file).get(0)).orElseThrow();
        assertThat(entry.code()).isEqualTo("link.down");
        assertThat(entry.values())
                .containsExactly(Map.entry("loop", "poll"), Map.entry("cause", "a=b 'c'"), Map.entry("empty", ""));
        assertThat(AuditEntry.parse("2026-11-21T11:59:59.000Z")).isEmpty();
        assertThat(AuditEntry.parse("a remark of the customer")).isEmpty();
    }

    @Test
    void entries_that_find_no_room_are_counted_and_told_of_later() throws IOException {
        Path file = folder.resolve("gone").resolve("audit.log");
        LocalAudit audit = new LocalAudit(file, noon);
        audit.record(LocalAuditCode.CLOCK_RIGHT);
        audit.record(LocalAuditCode.CLOCK_RIGHT);
        assertThat(audit.missed()).isEqualTo(2);
        Files.createDirectories(file.getParent());
        audit.record(LocalAuditCode.INSTRUCTION_BEGUN, "number", 1);
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "2026-11-21T12:00:00.000Z audit.missed entries=2",
                        "2026-11-21T12:00:00.000Z instruction.begun number=1");
        assertThat(audit.missed()).isZero();
    }

    @Test
    void the_customer_may_move_the_file_away() throws IOException {
        Path file = folder.resolve("audit.log");
        LocalAudit audit = new LocalAudit(file, noon);
        audit.record(LocalAuditCode.CLOCK_RIGHT);
        Files.move(file, folder.resolve("mine"));
        audit.record(LocalAuditCode.CLOCK_RIGHT);
        Files.writeString(file, "a remark of the customer", StandardOpenOption.APPEND);
        audit.record(LocalAuditCode.CLOCK_RIGHT);
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void codes_are_unique() {
        assertThat(Arrays.stream(LocalAuditCode.values()).map(LocalAuditCode::code))
                .doesNotHaveDuplicates();
    }
}
