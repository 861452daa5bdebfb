package io.fairlead.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    private int run(Rows rows, String... arguments) {
        return Main.command(rows)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }

    private Path results() {
        return folder.resolve("RESULTS.md");
    }

    private int run(Row... rows) {
        return run(
                new Rows(List.of(rows)), "--rounds", "2", "--results", results().toString());
    }

    /** A row whose figures are given. */
    private record Given(String name, List<Round> rounds) implements Row {
        private static final Goal GOAL = Goal.atLeast(0.5);

        @Override
        public String title() {
            return "a row";
        }

        @Override
        public Measurement measure(Bench bench, Effort effort) {
            return new Measurement(
                    List.of(Finding.measured(name, "requests", "bare", Judged.RATIO, GOAL, rounds)),
                    List.of("A note."));
        }

        @Override
        public List<Finding> missing(String whyNot) {
            return List.of(Finding.missing(name, "requests", GOAL, whyNot));
        }
    }

    /** The whole server, both references and a handful of devices, for moments. */
    @Test
    @Timeout(180)
    void ingest_is_measured_and_told_by_a_line_a_goal() throws IOException {
        int code = run(
                Rows.known(),
                "--row",
                "1",
                "--rounds",
                "1",
                "--share",
                "0.005",
                "--results",
                results().toString());

        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("ROW ")))
                .hasSize(2)
                .allMatch(line -> line.matches("ROW 1[ab] median \\d+\\.\\d\\d goal \\d\\.\\d\\d (reached|missed)"));
        assertThat(Files.readAllLines(results()))
                .contains("# Figures, side by side", "<!-- row 1 -->", "<!-- end of row 1 -->", Results.GROWTH)
                .anyMatch(line -> line.startsWith("| 1a | "))
                .anyMatch(line -> line.contains("commit "));
    }

    @Test
    void a_row_measured_anew_replaces_its_own_figures_and_leaves_the_others_and_the_growth() throws IOException {
        Given first = new Given("1", List.of(new Round(1, 4), new Round(2, 4)));
        Given second = new Given("2", List.of(new Round(3, 4)));
        assertThat(run(first, second)).isZero();
        Files.writeString(results(), "\n## Growth\nwritten by others\n", java.nio.file.StandardOpenOption.APPEND);

        Given again = new Given("1", List.of(new Round(5, 4)));
        assertThat(run(
                        new Rows(List.of(again, second)),
                        "--row",
                        "1",
                        "--results",
                        results().toString()))
                .isZero();

        assertThat(Files.readString(results()))
                .contains("**1.25**", "**0.75**", "## Growth\nwritten by others\n")
                .doesNotContain("**0.38**")
                .containsOnlyOnce("| 1 | requests, beside bare |")
                .containsOnlyOnce("## Row 2")
                .containsOnlyOnce(Results.GROWTH);
        assertThat(out.toString())
                .contains("ROW 1 median 0.38 goal 0.50 missed", "ROW 1 median 1.25 goal 0.50 reached");
    }

    @Test
    void rounds_that_lie_far_apart_are_called_noisy() throws IOException {
        assertThat(run(new Given("1", List.of(new Round(1, 4), new Round(3, 4)))))
                .isZero();

        assertThat(Files.readString(results())).contains("(0.25 to 0.75, noisy)");
    }

    @Test
    void what_cannot_be_measured_is_said_and_is_no_failure() throws IOException {
        Row row = new Given("1", List.of());

        assertThat(run(new MissingHere(row, "no haproxy"))).isZero();
        assertThat(out.toString()).contains("ROW 1 not measured: no haproxy");
        assertThat(Files.readString(results())).contains("not measured: no haproxy");
    }

    @Test
    void where_things_lie_on_this_machine_stands_in_no_result() throws IOException {
        Row row = new Given("1", List.of());
        String place = System.getProperty("java.io.tmpdir");

        assertThat(run(new MissingHere(row, "nothing in " + place + "/there"))).isZero();
        assertThat(Files.readString(results()))
                .contains("not measured: nothing in …/there")
                .doesNotContain(place);
    }

    @Test
    @Timeout(180)
    void who_is_interrupted_ends_what_it_started_and_leaves_the_figures_of_before() throws Exception {
        Files.writeString(results(), "as they were\n");
        Process run = new ProcessBuilder(
                        Bench.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djava.io.tmpdir=" + folder,
                        Main.class.getName(),
                        "--row",
                        "crowd",
                        "--results",
                        results().toString())
                .redirectErrorStream(true)
                .start();
        List<ProcessHandle> started = List.of();
        while (run.isAlive() && started.isEmpty()) {
            Thread.sleep(50);
            started = run.descendants().toList();
        }

        // Not INT: who runs tests in the background may have it ignored, and children inherit that.
        boolean asked = run.toHandle().destroy();

        assertThat(asked).isTrue();
        assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("ROW crowd not measured: it was interrupted");
        assertThat(run.waitFor()).isNotZero();
        assertThat(started).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(folder.toFile().list()).containsExactly("RESULTS.md");
        assertThat(Files.readString(results())).isEqualTo("as they were\n");
    }

    /** A row for which something is missing. */
    private record MissingHere(Row row, String what) implements Row {
        @Override
        public String name() {
            return row.name();
        }

        @Override
        public String title() {
            return row.title();
        }

        @Override
        public Measurement measure(Bench bench, Effort effort) {
            throw new CannotMeasure(what);
        }

        @Override
        public List<Finding> missing(String whyNot) {
            return row.missing(whyNot);
        }
    }

    @Test
    void a_row_that_nobody_knows_is_refused_with_the_names_of_those_there_are() {
        assertThat(run(Rows.known(), "--row", "77")).isEqualTo(2);

        assertThat(out.toString()).contains("there is no row 77; there are ");
    }
}
