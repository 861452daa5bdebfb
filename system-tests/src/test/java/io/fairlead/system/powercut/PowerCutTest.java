package io.fairlead.system.powercut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.StatusMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent's disk loses its power in mid-write: what was forced is there, nothing acts twice, every start succeeds. */
@Timeout(900)
class PowerCutTest {
    private static final int CUTS = Boolean.getBoolean("fairlead.long") ? 200 : 20;

    @TempDir
    Path folder;

    @BeforeEach
    void a_disk_can_be_mounted() throws IOException {
        LoopDisk.needed(folder);
    }

    @Test
    void after_each_cut_everything_forced_is_there_and_the_agent_starts() throws Exception {
        Random random = new Random(CUTS);
        Path outside = folder.resolve("outside");
        try (LoopDisk disk = LoopDisk.make(folder, 32)) {
            Site.enrol(disk.root());
            Process writer = start(disk.root(), outside);
            try {
                awaitSome(outside, writer);
                for (int cut = 0; cut < CUTS; cut++) {
                    Thread.sleep(random.nextInt(300));
                    assertThat(writer.isAlive())
                            .as(() -> read(folder.resolve("writer.out")))
                            .isTrue();
                    stop(writer);
                    try (LoopDisk after = disk.afterPowerCut(folder)) {
                        Map<String, List<Long>> said = said(outside);
                        signal(writer, "CONT");
                        judge(after.root(), said);
                    }
                }
            } finally {
                writer.destroyForcibly();
                assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(said(outside).get("spooled")).hasSizeGreaterThan(CUTS * 10);
            assertThat(said(outside).get("acting")).hasSizeGreaterThan(CUTS);
        }
    }

    @Test
    void a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room() throws Exception {
        try (LoopDisk disk = LoopDisk.make(folder, 8)) {
            Site.enrol(disk.root());
            Path filler = disk.root().resolve("filler");
            List<Long> acknowledged = new ArrayList<>();
            try (Site site = new Site(disk.root(), new Signing(), order -> {})) {
                acknowledged.add(site.outbox().append(message()));
                fill(filler);
                assertThatThrownBy(() -> {
                            while (true) {
                                acknowledged.add(site.outbox().append(message()));
                            }
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("nothing was written");
                assertThat(sequences(site)).isEqualTo(acknowledged);
                assertThatThrownBy(() -> site.outbox().append(message())).isInstanceOf(IOException.class);
            }
            try (Site site = new Site(disk.root(), new Signing(), order -> {})) {
                assertThat(sequences(site)).isEqualTo(acknowledged);
                Files.delete(filler);
                acknowledged.add(site.outbox().append(message()));
                assertThat(sequences(site)).isEqualTo(acknowledged).doesNotHaveDuplicates();
            }
        }
    }

    private static void judge(Path disk, Map<String, List<Long>> said) throws Exception {
        ConcurrentSkipListSet<Long> actedAgain = new ConcurrentSkipListSet<>();
        try (Site site = new Site(disk, new Signing(), order -> actedAgain.add(number(order)))) {
            long settled = highest(said, "settling");
            List<Long> expected = said.get("spooled").stream()
                    .filter(sequence -> sequence > settled)
                    .toList();
            assertThat(sequences(site)).containsAll(expected).isSorted().doesNotHaveDuplicates();
            assertThat(site.instructions().journaled()).isGreaterThanOrEqualTo(highest(said, "journaled"));
            assertThat(site.outbox().append(message())).isGreaterThan(highest(said, "spooled"));
            site.start();
            while (site.instructions().unfinished() > 0) {
                Thread.sleep(5);
            }
        }
        assertThat(actedAgain).doesNotContainAnyElementsOf(said.getOrDefault("acting", List.of()));
    }

    private static long number(Order order) {
        return order.getSequence();
    }

    private static long highest(Map<String, List<Long>> said, String what) {
        return said.getOrDefault(what, List.of()).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static List<Long> sequences(Site site) throws IOException {
        return site.outbox().oldest(100_000, 1 << 30).stream()
                .map(StatusMessage::getSequence)
                .toList();
    }

    private static StatusMessage message() {
        StatusMessage message = new StatusMessage();
        message.setObservedAt(Instant.now());
        DataItem item = new DataItem();
        item.setName("text");
        item.setText("y".repeat(700));
        message.getItem().add(item);
        return message;
    }

    private static void fill(Path filler) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            while (true) {
                file.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private Process start(Path disk, Path outside) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        disk.toString(),
                        outside.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("writer.out").toFile())
                .start();
    }

    private void awaitSome(Path outside, Process writer) throws Exception {
        while (!Files.exists(outside)
                || said(outside).getOrDefault("acting", List.of()).isEmpty()) {
            assertThat(writer.isAlive())
                    .as(() -> read(folder.resolve("writer.out")))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    /** On return none of its threads runs any more. */
    private static void stop(Process writer) throws Exception {
        signal(writer, "STOP");
        Path tasks = Path.of("/proc", Long.toString(writer.pid()), "task");
        boolean running = true;
        while (running) {
            try (Stream<Path> all = Files.list(tasks)) {
                running = all.anyMatch(task -> !read(task.resolve("stat")).matches("(?s).*\\) T .*"));
            }
        }
    }

    private static void signal(Process writer, String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(writer.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static Map<String, List<Long>> said(Path outside) throws IOException {
        String text = Files.readString(outside, StandardCharsets.US_ASCII);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.groupingBy(
                        line -> line[0], Collectors.mapping(line -> Long.valueOf(line[1]), Collectors.toList())));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
