package io.fairlead.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFloorTest {
    private static final long MB = 1 << 20;

    @TempDir
    Path folder;

    private Disks.Space space = new Disks.Space(0, 0);

    @Test
    void on_a_small_disk_the_bytes_count_and_on_a_large_one_the_per_cent() {
        DiskFloor floor = new DiskFloor(500 * MB, 5, path -> space);

        space = new Disks.Space(4_000 * MB, 600 * MB);
        assertThat(floor.spare(folder)).isEqualTo(100 * MB);
        assertThat(floor.room(folder, 100 * MB)).isTrue();
        assertThat(floor.room(folder, 100 * MB + 1)).isFalse();

        space = new Disks.Space(100_000 * MB, 5_010 * MB);
        assertThat(floor.spare(folder)).isEqualTo(10 * MB);
    }

    @Test
    void below_the_floor_not_a_byte_may_be_added_and_the_watched_folder_says_so() {
        DiskFloor floor = new DiskFloor(500 * MB, 5, path -> space);
        floor.watch(folder);

        space = new Disks.Space(4_000 * MB, 499 * MB);

        assertThat(floor.room(folder, 1)).isFalse();
        assertThat(floor.spare(folder)).isZero();
        assertThat(floor.levels()).containsExactly(new DiskFloor.Level(folder, 499 * MB, 500 * MB));
        assertThat(floor.levels().get(0).reached()).isTrue();
    }

    @Test
    void a_disk_that_does_not_tell_leaves_it_to_the_write() {
        DiskFloor floor = new DiskFloor(500 * MB, 5, path -> space);
        floor.watch(folder);

        assertThat(floor.room(folder, 1 << 30)).isTrue();
        assertThat(floor.levels()).isEmpty();
    }

    @Test
    void a_path_that_is_yet_to_be_made_lies_on_the_disk_of_its_nearest_folder() {
        Disks.Space real = Disks.real().of(folder.resolve("not/yet/there"));

        assertThat(real.total()).isEqualTo(folder.toFile().getTotalSpace()).isPositive();
        assertThat(real.free()).isPositive().isLessThanOrEqualTo(real.total());
    }
}
