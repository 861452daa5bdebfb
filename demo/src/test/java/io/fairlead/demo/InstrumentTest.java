package io.fairlead.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 21, 12, 0);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void an_instrument_has_a_fault_soon_and_it_ends(int number) {
        Instrument instrument = Station.of(number).instrument();
        List<String> log = new ArrayList<>();
        for (int second = 0; second < 200; second++) {
            log.addAll(instrument.second(NOON.plusSeconds(second)));
        }
        assertThat(log).anyMatch(line -> line.matches(".*(ERROR \\[E-203\\]|FAULT A117  Card|\\|ERR\\|F31).*"));
        assertThat(log).anyMatch(line -> line.matches(".*(\\[E-203\\] cleared|FAULT A117  reset|\\|CLR\\|F31).*"));
    }

    @Test
    void the_same_station_is_the_same_device_at_every_start() {
        assertThat(Station.of(2).registration()).isEqualTo(Station.of(2).registration());
    }

    @Test
    void a_log_that_is_long_enough_begins_anew() throws IOException {
        InstrumentFolder files = new InstrumentFolder(folder, "a.log", StandardCharsets.UTF_8, 20);
        files.append(List.of("0123456789", "0123456789"));
        files.append(List.of("next"));

        assertThat(folder.resolve("a.log")).hasContent("next");
        assertThat(folder.resolve("a.log.1")).hasContent("0123456789\n0123456789");
    }

    @Test
    void results_appear_whole_and_only_the_newest_are_kept() throws IOException {
        InstrumentFolder files = new InstrumentFolder(folder, "a.log", StandardCharsets.UTF_8, 20);
        Instrument instrument = new ChemistryAnalyser(new Random(1));
        for (int number = 1; number <= 40; number++) {
            files.result(instrument.resultName(NOON, number), instrument.result(NOON, number));
        }
        try (Stream<Path> kept = Files.list(folder.resolve("results"))) {
            assertThat(kept.map(file -> file.getFileName().toString()).sorted().toList())
                    .hasSize(30)
                    .startsWith("RES-000011.csv")
                    .endsWith("RES-000040.csv");
        }
        assertThat(files.nextResult()).isEqualTo(41);
    }
}
