package io.fairlead.perf.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.perf.compare.Bench;
import io.fairlead.perf.compare.Results;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class GrowthCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return Main.command()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }

    private int small(String part) {
        return run(("--part " + part
                        + " --agents 10,20 --history 0.003,0.006 --for 6s --every 3s --pressing 5 --results " + folder)
                .split(" ", -1));
    }

    private List<String> told(String part) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("GROWTH " + part + ": "))
                .toList();
    }

    /** The whole server, its PostgreSQL, and a fleet, for moments. */
    @Test
    @Timeout(400)
    void agents_come_report_and_obey_and_every_figure_has_a_value_at_every_number() throws Exception {
        assertThat(small("agents")).as(out.toString()).isZero();

        assertThat(told("agents"))
                .hasSize(11)
                .allMatch(line -> line.matches("GROWTH agents: .+: [\\d,.]+, [\\d,.]+; (× .+|–) beside (flat|linear)"));
        assertThat(Files.readAllLines(folder.resolve("RESULTS.md")))
                .contains(
                        Results.GROWTH, "<!-- growth agents -->", "### 10, 20 agents", "<!-- end of growth agents -->")
                .anyMatch(line -> line.contains("(growth-agents.svg)"))
                .anyMatch(line -> line.contains("commit "));
        assertThat(Files.readString(folder.resolve("capacity.md"))).contains("agents for each GB");
        assertThat(svg(folder.resolve("growth-agents.svg"))
                        .getElementsByTagName("polyline")
                        .getLength())
                .isEqualTo(2 * 11);
    }

    @Test
    @Timeout(400)
    void history_lies_in_the_servers_own_tables_and_the_console_finds_it() throws Exception {
        assertThat(small("history")).as(out.toString()).isZero();

        assertThat(told("history")).hasSize(7);
        assertThat(out.toString()).containsPattern("[3-9],\\d{3} rows are there");
        assertThat(Files.readAllLines(folder.resolve("RESULTS.md")))
                .contains("### 0.003 M, 0.006 M rows of history")
                .anyMatch(line -> line.startsWith("| On disk, bytes a row"));
        assertThat(Files.readString(folder.resolve("capacity.md"))).contains("bytes a row");
        assertThat(svg(folder.resolve("growth-history.svg"))
                        .getElementsByTagName("circle")
                        .getLength())
                .isEqualTo(2 * 7);
    }

    private static Document svg(Path file) throws Exception {
        String text = Files.readString(file);
        assertThat(text).doesNotContain("script", "href", "NaN");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--agents 0",
                "--agents 100,50",
                "--agents 20001",
                "--agents many",
                "--agents 1,2,3,4,5,6,7,8,9",
                "--history 0",
                "--history 3,1",
                "--history 201",
                "--part everything",
                "--for 1s",
                "--for soon",
                "--for 10s --every 20s",
                "--pressing 0",
                "--rows 3"
            })
    void nonsense_is_refused_before_anything_starts(String nonsense) {
        assertThat(run(nonsense.split(" ", -1))).isEqualTo(2);

        assertThat(out.toString())
                .doesNotContain("Growth:")
                .containsPattern("takes|there is no part|is not|is no time|at most|Unknown option");
    }

    @Test
    void help_says_how_long_it_takes_and_gives_examples() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("--agents", "--history", "minutes", "fairlead perf growth --part history");
    }

    /** A part whose figures are given. */
    private record Given(Growth growth) implements Part {
        @Override
        public String name() {
            return "given";
        }

        @Override
        public String option() {
            return "--given 1,2,10";
        }

        @Override
        public String title() {
            return "1, 2 & 10 <things>";
        }

        @Override
        public String axis() {
            return "things";
        }

        @Override
        public String text(double size) {
            return Long.toString(Math.round(size));
        }

        @Override
        public Growth measure(Bench bench, Progress progress) {
            return growth;
        }

        @Override
        public List<List<String>> capacity(Growth found) {
            return List.of(List.of("things", Double.toString(found.largest())));
        }
    }

    @Test
    void a_part_measured_anew_replaces_its_own_section_and_leaves_what_others_wrote() throws Exception {
        Figure flat = Figure.flat("Flat, ms");
        Figure linear = Figure.linear("Linear, MB");
        Growth growth = new Growth();
        for (double size : new double[] {1, 2, 10}) {
            growth.at(size);
            growth.found(flat, 0);
            growth.found(linear, 3 * size);
        }
        Path results = folder.resolve("RESULTS.md");
        Path capacity = folder.resolve("capacity.md");
        Files.writeString(
                results,
                "# Others\n\n" + Results.GROWTH + "\nWhy.\n\n<!-- growth given -->\nold\n"
                        + "<!-- end of growth given -->\n\nMore of others\n");
        Files.writeString(capacity, "# Capacity\n");
        Sections sections = new Sections(folder, capacity);

        sections.put(new Given(growth), growth, List.of("measured now"));
        sections.put(new Given(growth), growth, List.of("measured again"));

        assertThat(Files.readString(results))
                .contains("| Flat, ms | 0.00 | 0.00 | 0.00 | flat | – |")
                .startsWith("# Others\n\n" + Results.GROWTH + "\nWhy.\n")
                .endsWith("\nMore of others\n")
                .contains("| Linear, MB | 3.00 | 6.00 | 30.0 | linear | × 1.00 |", "- measured again")
                .doesNotContain("old", "measured now");
        assertThat(Files.readString(capacity))
                .startsWith("# Capacity\n")
                .contains("| things | 10.0 |")
                .containsOnlyOnce("<!-- measured given -->");
        assertThat(svg(folder.resolve("growth-given.svg"))
                        .getElementsByTagName("title")
                        .item(0)
                        .getTextContent())
                .isEqualTo("1, 2 & 10 <things>");
    }

    @Test
    void a_figure_that_was_left_out_at_one_size_is_no_growth() {
        Growth growth = new Growth();
        growth.at(1);
        growth.at(2);

        assertThatThrownBy(() -> growth.found(Figure.flat("Late, ms"), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Late, ms");
    }
}
