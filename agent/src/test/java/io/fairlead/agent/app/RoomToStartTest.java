package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.host.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomToStartTest {
    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void a_full_disk_is_told_once_and_again_after_minutes_and_waited_for() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), 8)) {
            disk.fillTo(0);
            int[] pauses = {0};
            new RoomToStart(
                            folder.resolve("disk"),
                            millis -> {
                                pauses[0]++;
                                if (pauses[0] == RoomToStart.LOOKS_A_WORD + 1) {
                                    clear(disk);
                                }
                            },
                            said::add)
                    .await();
            assertThat(pauses[0]).isEqualTo(RoomToStart.LOOKS_A_WORD + 1);
            assertThat(said).hasSize(3);
            assertThat(said.get(0)).contains("is full (No space left").contains("nothing is lost");
            assertThat(said.get(2)).contains("room again");
            assertThat(folder.resolve("disk").toFile().list()).isEmpty();
        }
    }

    private static void clear(SmallDisk disk) {
        try {
            disk.clear();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void where_there_is_room_nothing_is_said_and_what_is_no_full_disk_is_not_waited_for() throws Exception {
        new RoomToStart(folder, millis -> said.add("paused"), said::add).await();
        assertThat(folder.toFile().list()).isEmpty();
        assertThatThrownBy(() -> new RoomToStart(folder.resolve("no"), millis -> said.add("paused"), said::add).await())
                .isInstanceOf(IOException.class);
        assertThat(said).isEmpty();
    }
}
