package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's own log takes only so much of the disk, however much it has to say. */
class LoggingTest {
    private static final Logger ROOT = Logger.getLogger("");
    private static final int MOST_BYTES = (1 << 20) + 30_000;

    @TempDir
    Path folder;

    private final List<Handler> before = List.of(ROOT.getHandlers());

    @AfterEach
    void giveBack() {
        end();
        before.forEach(ROOT::addHandler);
    }

    @Test
    void files_stay_bounded_in_size_and_number_over_restarts_and_the_newest_entry_is_there() throws IOException {
        for (int start = 1; start <= 3; start++) {
            new Logging().toFiles(folder.resolve("log"), false);
            Logger log = Logger.getLogger("a");
            for (int i = 0; i < 700; i++) {
                log.info("x".repeat(3_900));
            }
            log.info("line=last\nforged=1 start=" + start);
            end();
        }

        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("log"))) {
            files = all.sorted().toList();
        }
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("agent.0.log", "agent.1.log", "agent.2.log", "agent.3.log", "agent.4.log");
        assertThat(files).allSatisfy(file -> assertThat(Files.size(file)).isBetween(1L, (long) MOST_BYTES));
        String newest = Files.readString(folder.resolve("log/agent.0.log"), StandardCharsets.UTF_8);
        assertThat(newest)
                .endsWith(
                        "level=INFO thread=" + Thread.currentThread().getName() + " at=a line=last forged=1 start=3\n");
    }

    @Test
    void one_entry_without_end_is_cut() throws IOException {
        new Logging().toFiles(folder.resolve("log"), false);
        Logger.getLogger("a").log(Level.WARNING, "y".repeat(3 << 20), new IOException("z".repeat(3 << 20)));
        end();

        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            assertThat(files.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.size(file)).isBetween(20_000L, 30_000L));
        }
    }

    private void end() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
            if (!before.contains(handler)) {
                handler.close();
            }
        }
    }
}
