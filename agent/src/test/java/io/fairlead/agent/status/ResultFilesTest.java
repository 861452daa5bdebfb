package io.fairlead.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {
    private static final String GOOD = "Sample;Drift %;Note\nA;1.5;\"fine; so far\"\nB;-2e-1;\n";

    @TempDir
    private Path folder;

    private Rig rig;
    private Path runs;

    @BeforeEach
    void build() throws Exception {
        rig = new Rig(folder);
        runs = Files.createDirectory(folder.resolve("runs"));
    }

    private void csv(boolean fromStart) throws Exception {
        rig.results.add(source(fromStart));
        rig.start();
    }

    private ResultSource source(boolean fromStart) {
        return new ResultSource(
                "runs",
                runs,
                "*.csv",
                ResultSource.Format.CSV,
                ';',
                LogEncoding.AUTO,
                fromStart,
                List.of(
                        new ResultSource.Item("Drift %", "drift", Optional.of("%")),
                        new ResultSource.Item("Note", "note", Optional.empty())));
    }

    private void json() throws Exception {
        rig.results.add(new ResultSource(
                "runs",
                runs,
                "*.json",
                ResultSource.Format.JSON,
                ',',
                LogEncoding.AUTO,
                true,
                List.of(
                        new ResultSource.Item("/run/samples", "samples", Optional.empty()),
                        new ResultSource.Item("/run/steps/1/name", "step", Optional.empty()),
                        new ResultSource.Item("/ok", "ok", Optional.empty()))));
        rig.start();
    }

    @Test
    void each_line_of_a_csv_is_a_record_told_once() throws Exception {
        csv(true);
        Files.writeString(runs.resolve("1.csv"), GOOD);
        Files.writeString(runs.resolve("1.txt"), "not mine");
        rig.look(8);

        assertThat(rig.values()).containsExactly("drift=1.5", "note=fine; so far", "drift=-0.2");
        assertThat(rig.messages).hasSize(2);
    }

    @Test
    void a_file_that_still_grows_waits() throws Exception {
        csv(true);
        rig.write("runs/1.csv", "Sample;Drift %;Note\n");
        rig.look();
        rig.write("runs/1.csv", "A;1;x\n");
        rig.look();
        rig.write("runs/1.csv", "B;2;x\n");
        rig.look();
        assertThat(rig.values()).isEmpty();
        rig.look(10);

        assertThat(rig.values()).containsExactly("drift=1.0", "note=x", "drift=2.0", "note=x");
    }

    @Test
    void what_was_told_is_remembered_over_restarts_and_kills() throws Exception {
        csv(true);
        Files.writeString(runs.resolve("1.csv"), GOOD);
        rig.look(3);
        rig.kill();
        rig.look(3);
        rig.restart();
        Files.writeString(runs.resolve("2.csv"), "Sample;Drift %;Note\nC;7;\n");
        rig.look(8);

        assertThat(rig.values()).containsExactly("drift=1.5", "note=fine; so far", "drift=-0.2", "drift=7.0");
    }

    @Test
    void files_that_were_there_before_do_not_count_by_default() throws Exception {
        Files.writeString(runs.resolve("1.csv"), GOOD);
        csv(false);
        rig.look(3);
        Files.writeString(runs.resolve("2.csv"), "Sample;Drift %;Note\nC;7;\n");
        rig.look(3);

        assertThat(rig.values()).containsExactly("drift=7.0");
    }

    @Test
    void a_file_written_anew_is_read_anew_and_a_deleted_one_is_forgotten() throws Exception {
        csv(true);
        Path file = Files.writeString(runs.resolve("1.csv"), "Sample;Drift %;Note\nC;7;\n");
        rig.look(8);
        Files.writeString(file, "Sample;Drift %;Note\nC;8.25;\n");
        // A folder that looks quiet is listed in full every minute.
        rig.look(70);
        Files.delete(file);
        rig.look(3);
        rig.restart();

        assertThat(rig.values()).containsExactly("drift=7.0", "drift=8.25");
        assertThat(Files.readString(folder.resolve("bookmarks"))).contains("results/runs=\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sample;Drift\nA;1\n",
                "Sample;Drift %;Note\nA;1;x;y\n",
                "Sample;Drift %;Note\nA;1\n",
                "Sample;Drift %;Note\nA;1;\"never closed\n",
                "Sample;Sample;Drift %;Note\n1;2;3;4\n",
                "\u0000\u0001\u0002binary"
            })
    void a_malformed_csv_is_told_once_and_the_next_file_is_read(String content) throws Exception {
        csv(true);
        Files.writeString(runs.resolve("1.csv"), content);
        Files.writeString(runs.resolve("2.csv"), "Sample;Drift %;Note\nC;7;\n");
        rig.look(8);
        rig.restart();
        rig.look(8);

        assertThat(rig.events("result.malformed")).hasSize(1);
        assertThat(rig.events("result.malformed").get(0)).startsWith("results:runs: 1.csv: ");
        assertThat(rig.values()).containsExactly("drift=7.0");
    }

    @Test
    void a_csv_that_is_too_large_is_malformed() throws Exception {
        csv(true);
        Files.writeString(runs.resolve("1.csv"), "Sample;Drift %;Note\n" + "C;7;\n".repeat(501));
        Files.write(runs.resolve("2.csv"), new byte[(int) ResultFiles.MAX_BYTES + 1]);
        rig.look(3);

        assertThat(rig.events("result.malformed")).hasSize(2);
        assertThat(rig.values()).isEmpty();
    }

    @Test
    void utf_16_with_a_byte_order_mark_is_read() throws Exception {
        csv(true);
        Charset charset = StandardCharsets.UTF_16;
        Files.writeString(runs.resolve("1.csv"), "Sample;Drift %;Note\r\nC;7;ü\r\n", charset);
        rig.look(3);

        assertThat(rig.values()).containsExactly("drift=7.0", "note=ü");
    }

    @Test
    void values_of_json_are_found_by_pointer() throws Exception {
        json();
        Files.writeString(
                runs.resolve("1.json"),
                "{\"ok\": true, \"run\": {\"samples\": 12, \"steps\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}}");
        rig.look(3);

        assertThat(rig.values()).containsExactly("ok=true", "samples=12.0", "step=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ok\": tru", "{}", "[1,2,3]", "{\"ok\": true} {\"ok\": true}", "{\"ok\": NaN}", "x"})
    void a_malformed_json_is_told_once(String content) throws Exception {
        json();
        Files.writeString(runs.resolve("1.json"), content);
        rig.look(8);

        assertThat(rig.events("result.malformed")).hasSize(1);
        assertThat(rig.values()).isEmpty();
    }

    @Test
    void a_deep_json_is_malformed_and_harms_nothing() throws Exception {
        json();
        Files.writeString(runs.resolve("1.json"), "[".repeat(1_000_000));
        rig.look(3);

        assertThat(rig.events("result.malformed")).hasSize(1);
    }

    @Test
    void a_missing_folder_is_a_state_and_files_that_come_with_it_count() throws Exception {
        Files.delete(runs);
        csv(false);
        rig.look(3);
        rig.restart();
        assertThat(rig.events("probe.trouble")).hasSize(1);
        Files.createDirectory(runs);
        Files.writeString(runs.resolve("1.csv"), "Sample;Drift %;Note\nC;7;\n");
        rig.look(3);

        assertThat(rig.values()).containsExactly("drift=7.0");
    }

    @Test
    void a_file_that_cannot_be_read_holds_up_no_other_and_is_read_once_it_can_be() throws Exception {
        for (int i = 0; i < 9; i++) {
            Files.writeString(runs.resolve("0" + i + ".csv"), "locked");
        }
        Files.writeString(runs.resolve("1.csv"), "open");
        Set<String> read = new TreeSet<>();
        AtomicBoolean locked = new AtomicBoolean(true);
        ResultFiles files = new ResultFiles(
                source(true),
                Optional.empty(),
                (file, findings) -> {
                    if (locked.get() && file.getFileName().toString().startsWith("0")) {
                        throw new AccessDeniedException(file.toString());
                    }
                    read.add(file.getFileName().toString());
                },
                100);
        for (int i = 0; i < 8; i++) {
            look(files);
        }
        assertThat(read).containsExactly("1.csv");
        locked.set(false);
        for (int i = 0; i < 40; i++) {
            look(files);
        }

        assertThat(read).hasSize(10);
    }

    private static void look(ResultFiles files) throws Exception {
        try {
            files.look(new Batch());
        } catch (ProbeTrouble e) {
            assertThat(e).hasMessageContaining("cannot read 0").hasMessageContaining("AccessDenied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sample;Drift %;Note\nA;1;\"x", "Sample;Drift %;Note\nA;1;x", "\"Sample"})
    void a_field_without_end_is_malformed(String content) throws Exception {
        csv(true);
        Files.writeString(runs.resolve("1.csv"), content + "y".repeat(500_000));
        Files.writeString(runs.resolve("2.csv"), "Sample;Drift %;Note" + ";x".repeat(10_000));
        Files.writeString(runs.resolve("3.csv"), "Sample;Drift %;Note\nC;7;\"" + "z\"\"\n;".repeat(10_000) + "\"\n");
        rig.look(3);

        assertThat(rig.events("result.malformed"))
                .containsExactly(
                        "results:runs: 1.csv: a field of more than 65536 characters",
                        "results:runs: 2.csv: more than 1000 columns");
        assertThat(rig.values()).hasSize(2).contains("drift=7.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ok\": \"%s\"}", "{\"%s\": 1}", "{\"x\": \"%s\"}"})
    void a_text_of_json_without_end_is_malformed(String content) throws Exception {
        json();
        Files.writeString(runs.resolve("1.json"), content.formatted("y".repeat(500_000)));
        rig.look(3);

        assertThat(rig.events("result.malformed")).hasSize(1);
    }

    @Test
    void a_file_that_ends_the_agent_each_time_is_passed_over() throws Exception {
        csv(true);
        Files.writeString(runs.resolve("1.csv"), GOOD);
        for (int i = 0; i < 3; i++) {
            // As far as the bookmark, then the agent dies.
            rig.look(2);
            rig.kill();
        }
        rig.look(3);

        assertThat(rig.values()).isEmpty();
        assertThat(rig.events("result.malformed"))
                .containsExactly("results:runs: 1.csv: the agent ended each time it was read");
    }
}
