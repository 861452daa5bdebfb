package io.fairlead.agent.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TuningTest {
    private static final Path MAIN = Path.of(System.getProperty("fairlead.root"), "agent/src/main/java");

    @TempDir
    private Path folder;

    @Test
    void a_value_counts_at_once_and_after_a_restart() {
        Tuning tuning = new Tuning(folder.resolve("tuning"));

        assertThat(tuning.set("sample.period", "30"))
                .isEqualTo(new Tuning.Set("sample.period = 30 seconds (before: 60)"));

        assertThat(tuning.samplePeriodSeconds()).isEqualTo(30);
        assertThat(new Tuning(folder.resolve("tuning")).samplePeriodSeconds()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample.period | 9 | sample.period takes a whole number, 10 to 3600 seconds",
                "sample.period | 3601 | sample.period takes a whole number, 10 to 3600 seconds",
                "sample.period | 1e3 | sample.period takes a whole number, 10 to 3600 seconds",
                "sample.period | -60 | sample.period takes a whole number, 10 to 3600 seconds",
                "sample.period | 99999999999 | sample.period takes a whole number, 10 to 3600 seconds",
                "policy.collect | allow | policy.collect is no tuning key; what site.conf says only the customer changes",
                "sample.periods | 60 | sample.periods is no tuning key",
            })
    void what_is_not_a_key_in_its_range_is_refused_and_changes_nothing(String key, String value, String told) {
        Tuning tuning = new Tuning(folder.resolve("tuning"));

        assertThat(tuning.set(key, value)).isInstanceOf(Tuning.Refused.class);
        assertThat(tuning.set(key, value).text()).startsWith(told);
        assertThat(tuning.samplePeriodSeconds()).isEqualTo(60);
        assertThat(folder.resolve("tuning")).doesNotExist();
    }

    @Test
    void a_file_with_values_out_of_range_gives_way_to_the_defaults_value_by_value() throws IOException {
        Files.writeString(
                folder.resolve("tuning"), "sample.period=1\npc.disk.warn=20\nunknown=1\nevents.per-minute=many\n");

        Tuning tuning = new Tuning(folder.resolve("tuning"));

        assertThat(List.of(tuning.samplePeriodSeconds(), tuning.diskWarnPercent(), tuning.eventsPerMinute()))
                .containsExactly(60, 20, 60);
    }

    @Test
    void a_value_that_cannot_be_written_is_refused_and_does_not_count() throws IOException {
        Tuning tuning = new Tuning(folder.resolve("no-such-folder/tuning"));

        assertThat(tuning.set("sample.period", "30").text()).isEqualTo("sample.period could not be written to disk");
        assertThat(tuning.samplePeriodSeconds()).isEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource
    void every_key_has_a_default_in_its_range_and_a_reader(TuningKey key) throws IOException {
        assertThat(key.standard()).isBetween(key.least(), key.most());
        assertThat(readersOf(key)).as("readers of " + key).isNotEmpty();
    }

    /** Code that gets the key, or calls the method of Tuning that does. */
    private static List<Path> readersOf(TuningKey key) throws IOException {
        String tuning = Files.readString(MAIN.resolve("io/fairlead/agent/site/Tuning.java"));
        int get = tuning.indexOf("get(TuningKey." + key.name() + ")");
        assertThat(get).as("Tuning gets " + key).isPositive();
        String before = tuning.substring(0, get);
        String method = before.substring(before.lastIndexOf("int ") + 4, before.lastIndexOf("() {"));
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("Tuning.java") && !file.endsWith("StatusSettings.java"))
                    .filter(file -> read(file).matches("(?s).*[.:]" + method + "\\b.*"))
                    .toList();
        }
    }

    @Test
    void every_key_belongs_to_the_customer_or_to_instructions_and_none_to_both() throws IOException {
        Set<String> site = siteKeys();
        Set<String> tuning =
                Stream.of(TuningKey.values()).map(TuningKey::key).collect(Collectors.toCollection(TreeSet::new));

        assertThat(tuning).hasSize(TuningKey.values().length).doesNotContainAnyElementsOf(site);
        // What each part of site.conf says stands here, so that a new part must be given a place.
        assertThat(site.stream().map(key -> key.replaceFirst("[.\\[].*", "")).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "servers",
                        "trust",
                        "proxy",
                        "upload",
                        "receive",
                        "transfer",
                        "package",
                        "limits",
                        "approvers",
                        "pc",
                        "logs",
                        "results",
                        "commands",
                        "diagnostics",
                        "services",
                        "sessions",
                        "policy");
        Tuning all = new Tuning(folder.resolve("tuning"));
        for (String key : site) {
            assertThat(all.set(key, "1")).as(key).isInstanceOf(Tuning.Refused.class);
        }
    }

    @Test
    void nothing_but_site_conf_is_read_as_settings() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> read(file).matches("(?s).*(Settings\\.(read|of)\\(|ConfigFactory).*"))
                            .map(file -> file.getFileName().toString()))
                    .containsExactly("SiteConfig.java");
        }
    }

    private static Set<String> siteKeys() throws IOException {
        try (InputStream in = SiteConfig.class.getResourceAsStream("site.conf.reference")) {
            Settings root = Settings.of("reference", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(SiteConfig.of(root, new SiteFolders(List.of()))).isNotNull();
            return root.known();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
