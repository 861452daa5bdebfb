package io.fairlead.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An instrument that writes as it likes and a log rotation that comes when it likes, with looks, restarts and kills of the
 * agent between, in an order drawn by lot. Every line is told once, in its order.
 */
class LogChaosTest {
    private static final int RUNS = Boolean.getBoolean("fairlead.long") ? 500 : 25;
    private static final int STEPS = 120;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_line_is_told_once_and_in_order(boolean byRename) throws Exception {
        for (int run = 0; run < RUNS; run++) {
            Path here = Files.createDirectory(folder.resolve("run" + run));
            new Chaos(here, byRename, new Random(run)).play("byRename=" + byRename + " seed=" + run);
        }
    }

    private static final class Chaos {
        private final Rig rig;
        private final Path log;
        private final boolean byRename;
        private final Random random;
        private final List<String> written = new ArrayList<>();
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");
        private String half = "";
        private int rotated;

        Chaos(Path folder, boolean byRename, Random random) throws IOException {
            this.rig = new Rig(folder);
            this.log = folder.resolve("run.log");
            this.byRename = byRename;
            this.random = random;
            rig.eventsPerMinute = Integer.MAX_VALUE;
            rig.eventLog("run.log");
            rig.start();
        }

        void play(String name) throws Exception {
            write(1);
            rig.look();
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2 -> write(1 + random.nextInt(5));
                    case 3 -> writeHalf();
                    case 4 -> rotate();
                    case 5 -> rig.restart();
                    case 6 -> rig.kill();
                    default -> rig.look();
                }
            }
            write(1);
            rig.look(20);
            assertThat(rig.events("line")).as(name).containsExactlyElementsOf(written);
            assertThat(rig.events("log.gap")).as(name).isEmpty();
            rig.close();
        }

        private void write(int lines) throws IOException {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < lines; i++) {
                String line = half + "line " + written.size();
                text.append(line, half.length(), line.length()).append('\n');
                written.add(line);
                half = "";
            }
            append(log, text.toString());
        }

        private void writeHalf() throws IOException {
            String part = "part" + random.nextInt(1000) + " ";
            half += part;
            append(log, part);
        }

        /** The newest is .1, as logrotate numbers them. */
        private void rotate() throws IOException {
            if (!Files.exists(log)) {
                return;
            }
            if (!half.isEmpty()) {
                write(1);
            }
            for (int i = rotated; i > 0; i--) {
                Files.move(log.resolveSibling("run.log." + i), log.resolveSibling("run.log." + (i + 1)));
            }
            rotated++;
            Path first = log.resolveSibling("run.log.1");
            if (byRename) {
                Files.move(log, first);
                if (random.nextBoolean()) {
                    written.add("line " + written.size());
                    append(first, written.get(written.size() - 1) + "\n");
                }
            } else {
                Files.copy(log, first);
                tick(first);
                Files.write(log, new byte[0]);
                tick(log);
            }
        }

        private void append(Path file, String text) throws IOException {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            tick(file);
        }

        /** Files get times as if this took minutes. */
        private void tick(Path file) throws IOException {
            now = now.plusSeconds(1);
            Path unused = Files.setLastModifiedTime(file, FileTime.from(now));
        }
    }
}
