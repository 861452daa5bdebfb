package io.fairlead.agent.outbox;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Disks;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes the spool may have. Up to its own limit while the disk's floor stays free. At the floor it stays as large
 * as it was when it came there, and what is new drives out what is oldest; {@link #RESERVE} it may have in any case, or a
 * PC with a full disk would be a silent one. Not thread-safe.
 *
 * <pre>
 *   free to grow ──no room for the next message──▶ at the floor ──room for two segments──▶ free to grow
 * </pre>
 */
final class Allowance {
    /** What the spool may have on a disk that is at its floor. */
    static final long RESERVE = 1L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Allowance.class);

    private final Path folder;
    private final long maxBytes;
    private final long segmentBytes;
    private DiskFloor floor = new DiskFloor(0, 0, Disks.real());
    private boolean atFloor;
    private long ceiling;

    Allowance(Path folder, long maxBytes, long segmentBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.segmentBytes = segmentBytes;
        this.ceiling = maxBytes;
    }

    void keepFree(DiskFloor keep) {
        floor = keep;
    }

    /**
     * Bytes that the spool may have now.
     *
     * @param has bytes that it has
     * @param more bytes that are to be added
     */
    long most(long has, long more) {
        boolean room = floor.room(folder, atFloor ? more + 2 * segmentBytes : more);
        if (room == atFloor) {
            atFloor = !room;
            ceiling = room ? maxBytes : Math.min(maxBytes, Math.max(RESERVE, has));
            LOG.warn("spool={} bytes={} most={}", room ? "grows" : "at-floor", has, ceiling);
        }
        return ceiling;
    }
}
