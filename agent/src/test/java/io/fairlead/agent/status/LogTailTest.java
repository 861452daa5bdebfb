package io.fairlead.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.contract.agent.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTailTest {
    private static final String LOG = "run.log";

    @TempDir
    private Path folder;

    private Rig rig;

    @BeforeEach
    void build() {
        rig = new Rig(folder);
    }

    @Test
    void lines_are_told_once_and_a_line_without_end_waits() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\ntwo\nthr");
        rig.look(2);
        assertThat(rig.events("line")).containsExactly("one", "two");

        rig.write(LOG, "ee\r\n\nfour\n");
        rig.look(2);
        assertThat(rig.events("line")).containsExactly("one", "two", "three", "four");
    }

    @Test
    void a_line_written_within_one_step_of_the_file_systems_time_is_told() throws Exception {
        Path log = folder.resolve(LOG);
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        FileTime step = Files.getLastModifiedTime(log);
        rig.look(3);
        rig.write(LOG, "two\n");
        Files.setLastModifiedTime(log, step);
        rig.look(3);
        assertThat(rig.events("line")).containsExactly("one", "two");

        Files.move(log, folder.resolve(LOG + ".1"));
        rig.write(LOG, "six\nten\n");
        Files.setLastModifiedTime(log, step);
        rig.look(3);
        assertThat(rig.events("line")).containsExactly("one", "two", "six", "ten");

        Files.writeString(log, "cut\n");
        Files.setLastModifiedTime(log, step);
        rig.look(3);
        assertThat(rig.events("line")).containsExactly("one", "two", "six", "ten", "cut");
    }

    @Test
    void a_quiet_log_that_goes_away_is_told_as_missing_and_followed_when_it_is_back() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        rig.look(20);
        Files.move(folder.resolve(LOG), folder.resolve("away"));
        rig.look(20);
        assertThat(rig.events("probe.trouble")).hasSize(1);

        Files.move(folder.resolve("away"), folder.resolve(LOG));
        rig.look(20);
        rig.write(LOG, "two\n");
        rig.look();
        assertThat(rig.events("probe.recovered")).containsExactly("log:run");
        assertThat(rig.events("line")).containsExactly("one", "two");
    }

    @Test
    void what_is_there_when_the_log_is_first_seen_counts_only_from_start() throws Exception {
        rig.log(LOG, LogEncoding.AUTO, false, Rig.event("(?<text>.*)", "line"));
        rig.write(LOG, "old\nhalf a l");
        rig.start();
        rig.look();
        rig.write(LOG, "ine\nnew\n");
        rig.look();

        assertThat(rig.events("line")).containsExactly("new");
    }

    @Test
    void a_log_that_comes_later_counts_from_its_first_line() throws Exception {
        rig.log(LOG, LogEncoding.AUTO, false, Rig.event("(?<text>.*)", "line"));
        rig.start();
        rig.look(3);
        assertThat(rig.events("probe.trouble")).hasSize(1);
        rig.restart();
        rig.write(LOG, "first\n");
        rig.look();

        assertThat(rig.events("line")).containsExactly("first");
    }

    @Test
    void a_missing_log_is_told_once_and_its_return_too() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.look(5);
        assertThat(rig.events("probe.trouble")).containsExactly("log:run: no file " + folder.resolve(LOG));
        rig.write(LOG, "here\n");
        rig.look(5);

        assertThat(rig.events("probe.recovered")).containsExactly("log:run");
        assertThat(rig.events("line")).containsExactly("here");
    }

    @Test
    void rotation_by_rename_loses_and_repeats_nothing() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        for (int turn = 1; turn <= 5; turn++) {
            rig.write(LOG, "begin " + turn + "\n");
            rig.look();
            // After the last look, and the writer still has the file open when it is renamed.
            try (OutputStream writer = Files.newOutputStream(folder.resolve(LOG), StandardOpenOption.APPEND)) {
                writer.write(("middle " + turn + "\n").getBytes(StandardCharsets.UTF_8));
                Files.move(folder.resolve(LOG), folder.resolve(LOG + "." + turn));
                writer.write(("end " + turn + ", without a line end").getBytes(StandardCharsets.UTF_8));
            }
        }
        rig.write(LOG, "at last\n");
        rig.look(4);

        assertThat(rig.events("line"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 6)
                        .boxed()
                        .flatMap(turn -> turn == 6
                                ? List.of("at last").stream()
                                : List.of("begin " + turn, "middle " + turn, "end " + turn + ", without a line end")
                                        .stream())
                        .toList());
        assertThat(rig.events("log.gap")).isEmpty();
    }

    @Test
    void a_writer_that_goes_on_with_the_renamed_file_is_still_heard() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        rig.look();
        Files.move(folder.resolve(LOG), folder.resolve(LOG + ".1"));
        Files.createFile(folder.resolve(LOG));
        rig.look(3);
        rig.write(LOG + ".1", "two\n");
        rig.look(3);
        rig.write(LOG, "three\n");
        rig.look(3);

        assertThat(rig.events("line")).containsExactly("one", "two", "three");
    }

    @Test
    void rotation_by_copy_and_truncation_loses_and_repeats_nothing() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        rig.look();
        rig.write(LOG, "two\n");
        Files.copy(folder.resolve(LOG), folder.resolve(LOG + ".1"));
        Files.write(folder.resolve(LOG), new byte[0]);
        rig.look();
        rig.write(LOG, "three\n");
        rig.look(2);

        assertThat(rig.events("line")).containsExactly("one", "two", "three");
    }

    @Test
    void a_log_that_was_cut_and_grew_beyond_our_place_is_read_from_its_start() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        rig.look();
        Files.writeString(folder.resolve(LOG), "another\nand more\n");
        rig.look();

        assertThat(rig.events("line")).containsExactly("one", "another", "and more");
    }

    @Test
    void a_log_that_was_compressed_away_is_a_gap_that_is_told() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        rig.look();
        rig.restart();
        rig.write(LOG, "lost\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(LOG + ".1.gz")))) {
            Files.copy(folder.resolve(LOG), out);
        }
        Files.delete(folder.resolve(LOG));
        rig.write(LOG, "new\n");
        rig.look(2);

        assertThat(rig.events("line")).containsExactly("one", "new");
        assertThat(rig.events("log.gap")).hasSize(1);
    }

    @Test
    void a_restart_neither_repeats_nor_misses_a_line() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\ntwo\nhal");
        rig.look();
        rig.restart();
        rig.look();
        rig.write(LOG, "f\nthree\n");
        rig.restart();
        rig.look();

        assertThat(rig.events("line")).containsExactly("one", "two", "half", "three");
    }

    @Test
    void a_kill_after_lines_were_told_repeats_none() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        rig.look();
        rig.kill();
        rig.write(LOG, "two\n");
        rig.look();

        assertThat(rig.events("line")).containsExactly("one", "two");
    }

    @Test
    void what_a_full_disk_kept_out_of_the_spool_is_told_later_even_after_a_kill() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        rig.sinkFails = true;
        rig.look(3);
        rig.kill();
        rig.sinkFails = false;
        rig.look();
        rig.write(LOG, "two\n");
        rig.sinkFails = true;
        rig.look();
        rig.sinkFails = false;
        rig.look();

        assertThat(rig.events("line")).containsExactly("one", "two");
    }

    @Test
    void rotations_while_the_agent_was_away_are_read_in_their_order() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write("run.log.9", "long ago\n");
        age("run.log.9", 100);
        rig.write(LOG, "one\n");
        rig.look();
        rig.restart();
        rig.write(LOG, "two\n");
        Files.move(folder.resolve(LOG), folder.resolve(LOG + ".2"));
        age(LOG + ".2", 30);
        rig.write(LOG + ".1", "three\n");
        age(LOG + ".1", 20);
        rig.write(LOG, "four\n");
        rig.look(3);

        assertThat(rig.events("line")).containsExactly("one", "two", "three", "four");
    }

    @Test
    void copy_and_truncation_while_the_agent_was_away_is_found() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        rig.write(LOG, "one\n");
        rig.look();
        rig.restart();
        rig.write(LOG, "two\n");
        Files.copy(folder.resolve(LOG), folder.resolve(LOG + ".1"));
        age(LOG + ".1", 10);
        Files.writeString(folder.resolve(LOG), "three\n");
        rig.look(3);

        assertThat(rig.events("line")).containsExactly("one", "two", "three");
    }

    @Test
    void the_inode_of_a_deleted_log_that_is_used_anew_is_a_new_log() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        for (int turn = 0; turn < 30; turn++) {
            rig.write(LOG, "line " + turn + "\n");
            rig.look(3);
            Files.move(folder.resolve(LOG), folder.resolve(LOG + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }

        assertThat(rig.events("line"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(turn -> "line " + turn).toList());
    }

    @Test
    void of_a_glob_the_file_changed_last_is_followed_and_the_one_before_read_to_its_end() throws Exception {
        rig.eventLog("run-*.log");
        rig.start();
        rig.write("other.txt", "not mine\n");
        rig.write("run-1.log", "one\n");
        age("run-1.log", 20);
        rig.look();
        rig.write("run-1.log", "two\n");
        age("run-1.log", 10);
        rig.write("run-2.log", "three\n");
        rig.look(3);
        rig.write("run-2.log", "four\n");
        rig.look();

        assertThat(rig.events("line")).containsExactly("one", "two", "three", "four");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF_16LE, FFFE, AUTO",
        "UTF_16BE, FEFF, AUTO",
        "UTF_8, EFBBBF, AUTO",
        "UTF_16LE, '', UTF_16LE",
        "ISO_8859_1, '', ISO_8859_1",
        "UTF_8, EFBBBF, WINDOWS_1252"
    })
    void encodings_and_byte_order_marks_are_obeyed(String written, String mark, LogEncoding encoding) throws Exception {
        Charset charset = Charset.forName(written.replace("_8859_", "-8859-").replace('_', '-'));
        rig.log(LOG, encoding, true, Rig.event("(?<text>.*)", "line"));
        rig.start();
        byte[] bom = java.util.HexFormat.of().parseHex(mark);
        byte[] text = "Prüfung ü\r\nzweite Zeile\r\n".getBytes(charset);
        append(bom);
        rig.look();
        // Byte by byte: no look may fall over half a character.
        for (byte each : text) {
            append(new byte[] {each});
            rig.look();
        }
        rig.restart();
        append("dritte é\n".getBytes(charset));
        rig.look();

        assertThat(rig.events("line")).containsExactly("Prüfung ü", "zweite Zeile", "dritte é");
    }

    @Test
    void bytes_that_are_no_text_are_replaced_and_what_xml_cannot_hold_too() throws Exception {
        rig.eventLog(LOG);
        rig.start();
        append(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'b', 0, 1, 'c', '\n'});
        rig.look();

        assertThat(rig.events("line")).containsExactly("a\uFFFD\uFFFDb\uFFFD\uFFFDc");
    }

    @Test
    void of_a_very_long_line_the_beginning_counts_once() throws Exception {
        rig.log(LOG, LogEncoding.AUTO, true, Rig.event("^(?<text>.{5})", "line"));
        rig.start();
        rig.write(LOG, "long " + "x".repeat(50_000));
        rig.look();
        rig.write(LOG, "y".repeat(200_000));
        rig.restart();
        rig.look();
        rig.write(LOG, "end of it\nshort\n");
        rig.look();

        assertThat(rig.events("line")).containsExactly("long ", "short");
    }

    @Test
    void a_burst_of_ten_thousand_lines_is_cut_to_the_event_cap_and_counted_and_its_values_count() throws Exception {
        rig.log(LOG, LogEncoding.AUTO, true, Rig.event("(?<text>.*)", "line"), Rig.value("n=(?<value>\\d+)", "n", "1"));
        rig.start();
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 10_000; i++) {
            lines.append("n=").append(i).append('\n');
        }
        rig.write(LOG, lines.toString());
        rig.look(3);
        assertThat(rig.events("line")).hasSize(60);
        rig.clock.pass(Duration.ofMinutes(1));
        rig.look();
        rig.sample();

        assertThat(rig.events("events.suppressed")).containsExactly("log:run: 9940 events in a minute not sent");
        assertThat(rig.values()).containsExactly("n=10000.0");
    }

    @Test
    void values_wait_for_the_next_sample_through_a_kill() throws Exception {
        rig.log(
                LOG,
                LogEncoding.AUTO,
                true,
                Rig.value("hours (?<value>\\S+)", "lamp.hours", "h"),
                Rig.event("hours", "seen"));
        rig.start();
        rig.write(LOG, "hours 1.5\nhours 2.5\n");
        rig.look();
        assertThat(rig.values()).isEmpty();
        rig.kill();
        rig.look();
        rig.sample();
        rig.sample();

        assertThat(rig.values()).containsExactly("lamp.hours=2.5");
        assertThat(rig.messages.get(rig.messages.size() - 1).getItem().get(0).getUnit())
                .isEqualTo("h");
    }

    @Test
    void an_alarm_is_told_at_once_on_change_only_and_its_end_through_a_restart() throws Exception {
        rig.log(LOG, LogEncoding.AUTO, true, Rig.alarm("FAULT (?<code>\\w+)"), Rig.alarm("OK (?<clears>\\w+)"));
        rig.start();
        rig.write(LOG, "OK E1\nFAULT E17\nFAULT E17\n");
        rig.look();
        rig.write(LOG, "FAULT E17\n");
        rig.look();
        assertThat(rig.urgent).hasSize(1);
        rig.restart();
        rig.write(LOG, "FAULT E17\n");
        rig.look();
        rig.write(LOG, "OK E17\nOK E17\n");
        rig.look();

        assertThat(rig.alarms()).containsExactly("+E17", "-E17");
        assertThat(rig.urgent).hasSize(2);
    }

    @Test
    void an_alarm_that_flaps_is_told_six_times_a_minute_and_its_last_state_then() throws Exception {
        rig.log(LOG, LogEncoding.AUTO, true, Rig.alarm("FAULT (?<code>\\w+)"), Rig.alarm("OK (?<clears>\\w+)"));
        rig.start();
        rig.write(LOG, "FAULT E1\nOK E1\n".repeat(1000) + "FAULT E1\n");
        rig.look();
        assertThat(rig.alarms()).hasSize(6).endsWith("-E1");
        rig.clock.pass(Duration.ofMinutes(1));
        rig.look();

        assertThat(rig.alarms()).hasSize(7).endsWith("+E1");
    }

    @Test
    void a_pattern_without_end_is_held_short_and_the_others_go_on() throws Exception {
        rig.log(
                LOG,
                LogEncoding.AUTO,
                true,
                Rig.event("^(a+)+$", "evil"),
                Rig.event("^(?:a|aa|b)*c$", "deep"),
                Rig.event("^(?<text>end)", "line"));
        rig.start();
        rig.write(LOG, ("a".repeat(5000) + "!\n").repeat(50) + "end\n");
        rig.look(2);

        assertThat(rig.events("line")).containsExactly("end");
        assertThat(rig.events("pattern.slow")).hasSizeBetween(1, 2);
    }

    @Test
    void nobody_silences_an_alarm_with_lines_that_take_long() throws Exception {
        AtomicLong nanos = new AtomicLong();
        LinePattern alarm = Rig.alarm("(a+)+!|FAULT (?<code>\\w+)");
        LineMatcher matcher = new LineMatcher("log:run", List.of(alarm), nanos::get);
        Batch found = new Batch();
        for (int i = 0; i < 5; i++) {
            matcher.line("a".repeat(5000), found);
        }
        matcher.line("12:00:00 FAULT E1", found);
        assertThat(found.alarms()).hasSize(1);
        nanos.set(Duration.ofMinutes(1).toNanos());
        matcher.line("12:01:00 FAULT E2", found);

        assertThat(found.alarms()).hasSize(2);
        assertThat(found.events()).hasSize(2);
        assertThat(found.events().get(0).getCode()).isEqualTo("pattern.slow");
        assertThat(found.events().get(1).getText()).contains("5 lines passed over");
    }

    private void append(byte[] bytes) throws IOException {
        Path unused = Files.write(folder.resolve(LOG), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void age(String file, int seconds) throws IOException {
        Path unused = Files.setLastModifiedTime(
                folder.resolve(file), FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    @Test
    void of_items_that_the_log_names_no_more_are_kept_than_may_be_reported() throws Exception {
        LinePattern named = new LinePattern(
                Pattern.compile("(?<item>\\w+)=(?<value>\\d+)"),
                LinePattern.Kind.VALUE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Severity.INFO);
        rig.log(LOG, LogEncoding.AUTO, true, named);
        rig.start();
        for (int look = 0; look < 3; look++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 400; i++) {
                lines.append("i").append(look).append('_').append(i).append("=1\n");
            }
            rig.write(LOG, lines.toString());
            rig.look();
        }
        rig.restart();

        assertThat(Files.readAllLines(folder.resolve("bookmarks")))
                .filteredOn(line -> line.startsWith("value/"))
                .hasSize(Reporter.MAX_DEVICE_ITEMS);
    }
}
