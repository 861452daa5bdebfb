package io.fairlead.agent.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the agent leaves free on each disk that it writes to, for the instrument: so many bytes or so many per cent of the
 * disk, whichever is more. Whoever wants to grow (the spool, a file that is received) asks first. What is small and bounded
 * (journal, audit, identity) does not ask: the floor is its reserve. Thread-safe.
 */
public final class DiskFloor {
    /** 500 MB, unless the customer says otherwise. */
    public static final long STANDARD_BYTES = 500_000_000;
    /** 5 %, unless the customer says otherwise. */
    public static final int STANDARD_PERCENT = 5;

    private final long bytes;
    private final int percent;
    private final Disks disks;
    private final Map<Path, Boolean> folders = new ConcurrentHashMap<>();

    /**
     * A folder that the agent writes to, and its disk at this moment.
     *
     * @param free bytes
     * @param floor bytes that stay free
     */
    public record Level(Path folder, long free, long floor) {
        /** Whether there is so little left that nothing may grow. */
        public boolean reached() {
            return free < floor;
        }
    }

    /**
     * @param bytes that stay free at least
     * @param percent of the disk that stay free at least, 0 to 100
     */
    public DiskFloor(long bytes, int percent, Disks disks) {
        if (bytes < 0 || percent < 0 || percent > 100) {
            throw new IllegalArgumentException("a floor of " + bytes + " bytes, " + percent + " %");
        }
        this.bytes = bytes;
        this.percent = percent;
        this.disks = disks;
    }

    /**
     * Whether so many bytes more may be written at a path, existing or not, with the floor still free afterwards. A yes
     * reserves nothing: ask again for each piece. Where the system does not tell, yes: the write itself will say.
     */
    public boolean room(Path path, long more) {
        Disks.Space space = disks.of(path);
        return space.total() <= 0 || space.free() - more >= floor(space);
    }

    /** Bytes that may still be written at a path; 0 at the floor and below it. */
    public long spare(Path path) {
        Disks.Space space = disks.of(path);
        return space.total() <= 0 ? Long.MAX_VALUE : Math.max(0, space.free() - floor(space));
    }

    /** From now on {@link #levels} tells of this folder's disk. */
    public void watch(Path folder) {
        folders.put(folder.toAbsolutePath().normalize(), true);
    }

    /** How it stands with the folders that are watched, sorted by path; a disk that does not tell is left out. */
    public List<Level> levels() {
        Collection<Path> watched = folders.keySet();
        List<Level> levels = new ArrayList<>();
        for (Path folder : watched.stream().sorted().toList()) {
            Disks.Space space = disks.of(folder);
            if (space.total() > 0) {
                levels.add(new Level(folder, space.free(), floor(space)));
            }
        }
        return levels;
    }

    private long floor(Disks.Space space) {
        return Math.max(bytes, space.total() / 100 * percent);
    }
}
