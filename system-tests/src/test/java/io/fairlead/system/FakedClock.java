package io.fairlead.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** A PC's clock that a file sets, by libfaketime; the monotonic clock goes on as it is. */
final class FakedClock {
    private static final List<Path> LIBRARY = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));
    private static final Path SHARED = Path.of("/dev/shm");

    private FakedClock() {}

    /** What processes with that clock have in their environment; the test is skipped, or fails in CI, where libfaketime is missing. */
    static Map<String, String> environment(Path clock) throws IOException {
        Path library = LIBRARY.stream().filter(Files::exists).findFirst().orElse(null);
        assumeTrue(library != null, "libfaketime is missing (Debian package faketime)");
        sweep();
        return Map.of(
                "LD_PRELOAD", String.valueOf(library),
                "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "DONT_FAKE_MONOTONIC", "1",
                // The work-around for an old C library makes every timed wait of a JVM spin.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Sets the clock, within a second. @param offset from the right time, such as {@code +1d} or {@code -10y} */
    static void set(Path clock, String offset) throws IOException {
        Path draft = Files.writeString(clock.resolveSibling("clock.tmp"), offset + "\n");
        Path set = Files.move(draft, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assert set.equals(clock);
    }

    /**
     * Takes away what killed processes left in shared memory, by their number: who gets the same number again as another user
     * is not let in by libfaketime, and ends.
     */
    private static void sweep() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(SHARED, "{sem.faketime_sem_,faketime_shm_}*")) {
            for (Path each : left) {
                String name = each.toString();
                long process = Long.parseLong(name.substring(name.lastIndexOf('_') + 1));
                if (ProcessHandle.of(process).isEmpty()) {
                    boolean swept = Files.deleteIfExists(each);
                    assert swept || !Files.exists(each);
                }
            }
        }
    }
}
