package io.fairlead.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.site.SiteConfig;
import io.fairlead.agent.site.SiteFolders;
import io.fairlead.agent.status.LinePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The site.conf of each station, as the agent reads it, against what its instrument writes. */
class SiteFileTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 21, 12, 0);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void the_agent_takes_the_file(int number) throws IOException {
        SiteConfig config = config(Station.of(number).instrument());

        assertThat(config.servers()).hasToString("[localhost:9444]");
        assertThat(config.diagnostics()).extracting("name").containsExactly("disk", "uptime");
        assertThat(config.sources().logs()).hasSize(1);
        assertThat(config.sources().results()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void every_line_that_matters_is_matched_and_every_pattern_is_used(int number) throws IOException {
        Instrument instrument = Station.of(number).instrument();
        List<LinePattern> patterns = config(instrument).sources().logs().get(0).patterns();
        List<LinePattern> unused = new ArrayList<>(patterns);
        Set<String> codes = new HashSet<>();
        for (int second = 0; second < 300; second++) {
            for (String line : instrument.second(NOON.plusSeconds(second))) {
                List<LinePattern> matching = patterns.stream()
                        .filter(pattern -> pattern.match().matcher(line).find())
                        .toList();
                assertThat(matching).as(line).isNotEmpty();
                unused.removeAll(matching);
                matching.stream()
                        .filter(pattern -> pattern.kind() == LinePattern.Kind.ALARM)
                        .map(pattern -> pattern.match().matcher(line))
                        .filter(Matcher::find)
                        .forEach(matcher -> codes.add(matcher.group(1)));
            }
        }
        assertThat(unused).isEmpty();
        assertThat(codes).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void results_have_the_names_and_columns_that_the_file_says(int number) throws IOException {
        Instrument instrument = Station.of(number).instrument();
        var source = config(instrument).sources().results().get(0);

        assertThat(folder.getFileSystem()
                        .getPathMatcher("glob:" + source.glob())
                        .matches(Path.of(instrument.resultName(NOON, 7))))
                .isTrue();
        String content = instrument.result(NOON, 7);
        assertThat(source.items()).allSatisfy(item -> {
            String column = item.from();
            assertThat(content).contains(column.substring(column.lastIndexOf('/') + 1));
        });
    }

    private SiteConfig config(Instrument instrument) throws IOException {
        Path file = folder.resolve("site.conf");
        Files.writeString(
                file,
                SiteFile.of("localhost:9444", folder.resolve("instrument"), folder.resolve("received"), instrument));
        return SiteConfig.read(file, new SiteFolders(List.of()));
    }
}
