package io.fairlead.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of more files than are kept in mind: here ten. */
class CrowdedLogTest {
    private static final int LIMIT = 10;

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private Optional<String> bookmark = Optional.empty();
    private LogTail tail;

    @AfterEach
    void close() {
        tail.close();
    }

    private void start() {
        LogSource source = new LogSource(
                "run", folder, "run-*.log", LogEncoding.AUTO, false, List.of(Rig.event("(?<text>.*)", "line")));
        tail = new LogTail(source, new LineFeed(), bookmark, LIMIT);
    }

    private void look(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Batch batch = new Batch();
            tail.look(batch);
            batch.events().forEach(event -> lines.add(event.getText()));
            bookmark = Optional.ofNullable(batch.remembered().get("log/run")).or(() -> bookmark);
        }
    }

    /** Files with times a second apart, in an order that is not that of their names. */
    private void write(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            touch(Files.writeString(file(i), "line " + i + "\n"), i);
        }
    }

    private Path file(int i) {
        return folder.resolve("run-%03d.log".formatted(i * 7 % 1000));
    }

    private static void touch(Path file, int i) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1000L * i));
    }

    @Test
    void the_newest_of_many_files_is_followed_and_the_next_after_it() throws Exception {
        write(0, 70);
        start();
        look(3);
        assertThat(lines).isEmpty();
        Files.writeString(file(69), "more\n", StandardOpenOption.APPEND);
        touch(file(69), 69);
        look(2);
        assertThat(lines).containsExactly("more");
        write(70, 73);
        look(30);

        assertThat(lines).containsExactly("more", "line 70", "line 71", "line 72");
    }

    @Test
    void what_was_written_to_many_files_while_the_agent_was_away_is_read_file_by_file() throws Exception {
        write(0, 5);
        start();
        look(3);
        tail.close();
        Files.writeString(file(4), "last\n", StandardOpenOption.APPEND);
        touch(file(4), 4);
        write(5, 60);
        start();
        look(100);

        List<String> expected = new ArrayList<>(List.of("last"));
        IntStream.range(5, 60).forEach(i -> expected.add("line " + i));
        assertThat(lines).containsExactlyElementsOf(expected);
    }
}
