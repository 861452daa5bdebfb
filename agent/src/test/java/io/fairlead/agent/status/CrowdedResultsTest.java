package io.fairlead.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders with more result files than are known each: here ten. */
class CrowdedResultsTest {
    private static final int LIMIT = 10;
    /** Looks in which a walk through some hundred files ends, and one more. */
    private static final int WALK = 40;

    @TempDir
    private Path folder;

    private final List<String> read = new ArrayList<>();
    private Optional<String> bookmark = Optional.empty();
    private String locked = "";
    private int opened;
    private ResultFiles files;

    @AfterEach
    void close() {
        files.close();
    }

    private void start(boolean fromStart) {
        ResultSource source = new ResultSource(
                "runs",
                folder,
                "*.csv",
                ResultSource.Format.CSV,
                ';',
                LogEncoding.AUTO,
                fromStart,
                List.of(new ResultSource.Item("a", "a", Optional.empty())));
        files = new ResultFiles(source, bookmark, this::reads, LIMIT);
    }

    private void reads(Path file, Findings findings) throws IOException {
        opened++;
        String name = file.getFileName().toString();
        if (!locked.isEmpty() && name.startsWith(locked)) {
            throw new AccessDeniedException(name);
        }
        read.add(name);
    }

    private void restart(boolean fromStart) {
        files.close();
        start(fromStart);
    }

    private void look(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Batch batch = new Batch();
            try {
                files.look(batch);
            } catch (ProbeTrouble e) {
                assertThat(e).hasMessageContaining("cannot read " + locked);
            }
            batch.events()
                    .forEach(event ->
                            assertThat(event.getText()).endsWith("AccessDeniedException, as " + LIMIT + " others"));
            bookmark =
                    Optional.ofNullable(batch.remembered().get("results/runs")).or(() -> bookmark);
        }
    }

    /** Files with times a second apart, in an order that is not that of their names. */
    private void write(String prefix, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            Path file = Files.writeString(folder.resolve("%s%03d.csv".formatted(prefix, i * 7 % 1000)), "x" + i);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1000L * i));
        }
    }

    private List<String> all() throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void a_crowded_folder_is_read_to_its_end_each_file_once_and_the_oldest_first() throws Exception {
        write("a", 0, 123);
        start(true);
        look(5 * WALK);

        assertThat(read).containsExactlyInAnyOrderElementsOf(all());
        assertThat(read.subList(0, LIMIT))
                .containsExactlyElementsOf(IntStream.range(0, LIMIT)
                        .mapToObj(i -> "a%03d.csv".formatted(i * 7))
                        .toList());
        restart(true);
        look(3 * WALK);
        assertThat(read).hasSize(123);
        // Twice the limit of marks, each of 13 characters at most, and the line.
        assertThat(bookmark.orElseThrow()).hasSizeLessThan(2 * LIMIT * 15);
    }

    @Test
    void of_a_folder_that_was_crowded_before_only_what_comes_is_read() throws Exception {
        write("a", 0, 123);
        start(false);
        look(2 * WALK);
        assertThat(read).isEmpty();
        write("b", 200, 205);
        look(2 * WALK);
        restart(false);
        write("c", 300, 305);
        look(2 * WALK);

        assertThat(read).hasSize(10).allMatch(name -> name.startsWith("b") || name.startsWith("c"));
    }

    @Test
    void files_that_come_while_a_folder_grows_crowded_are_read_once_each() throws Exception {
        start(true);
        for (int i = 0; i < 60; i += 3) {
            write("a", i, i + 3);
            look(i % 5);
        }
        look(2 * WALK);

        assertThat(read).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void files_that_cannot_be_read_hold_up_no_other_and_are_owed_over_a_restart() throws Exception {
        write("l", 0, 4);
        write("a", 10, 90);
        locked = "l";
        start(true);
        look(4 * WALK);
        assertThat(read).hasSize(80);
        restart(true);
        write("b", 200, 210);
        look(2 * WALK);
        assertThat(read).hasSize(90);
        // Tried now and then, not each time.
        assertThat(opened - read.size()).isBetween(8, 60);
        locked = "";
        look(2 * WALK);

        assertThat(read).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void more_files_that_cannot_be_read_than_are_known_each_hold_up_no_other() throws Exception {
        write("l", 0, 3 * LIMIT);
        write("a", 100, 103);
        locked = "l";
        start(true);
        look(5 * WALK);

        assertThat(read).hasSize(3);
    }

    @Test
    void a_folder_that_was_tidied_up_has_nothing_read_twice_and_knows_each_file_again() throws Exception {
        write("a", 0, 60);
        start(true);
        look(3 * WALK);
        for (String name : all().subList(0, 55)) {
            Files.delete(folder.resolve(name));
        }
        look(2 * WALK);
        restart(true);
        look(WALK);
        assertThat(read).hasSize(60);
        // A time long ago is no reason any more.
        write("b", -50, -48);
        look(2 * WALK);

        assertThat(read).hasSize(62);
    }

    @Test
    void a_crowded_folder_at_rest_is_left_alone() throws Exception {
        write("a", 0, 60);
        start(false);
        look(10 * WALK);
        Path changed = folder.resolve("a007.csv");
        Files.writeString(changed, "in place");
        // Found by the walk of every minute, after which it is quiet again.
        while (read.isEmpty()) {
            look(1);
        }
        look(WALK);
        Files.writeString(changed, "in place again");
        look(30);
        assertThat(read).hasSize(1);
        look(3 * WALK);

        assertThat(read).containsExactly("a007.csv", "a007.csv");
    }
}
