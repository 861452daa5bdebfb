package io.fairlead.agent.outbox;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.RecordLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The spool's files.
 *
 * <pre>
 *   epoch                       made once
 *   ledger                      {@link Ledger}
 *   0000000000000000001.spool   segments of about 256 KiB, oldest first; settling deletes them
 *   0000000000000001042.spool   the newest is appended to
 * </pre>
 *
 * Not thread-safe: {@link Outbox} holds the lock.
 */
final class Spool implements AutoCloseable {
    private static final long MIN_BYTES = 256 * 1024;
    private static final int SEGMENT_BYTES = 256 * 1024;
    /** Where to go on when nobody can tell what was given out: beyond anything a device can have reached. */
    private static final long LEAP = 1L << 32;

    private final Path folder;
    private final Allowance allowance;
    private final int segmentBytes;
    private final LocalAudit audit;
    private final List<Segment> segments;
    private Ledger ledger;
    private Segment active;
    private RecordLog log;
    private long highest;
    private long settled;

    private Spool(Path folder, long maxBytes, LocalAudit audit, List<Segment> segments, Ledger ledger, RecordLog log) {
        this.folder = folder;
        this.segmentBytes = segmentBytes(maxBytes);
        this.allowance = new Allowance(folder, maxBytes, segmentBytes);
        this.audit = audit;
        this.segments = segments;
        this.ledger = ledger;
        this.active = segments.get(segments.size() - 1);
        this.log = log;
        this.highest = active.last();
        this.settled = ledger.settled();
    }

    private static int segmentBytes(long maxBytes) {
        return (int) Math.min(SEGMENT_BYTES, maxBytes / 8);
    }

    static Spool open(Path folder, long maxBytes, Ids ids, LocalAudit audit) throws IOException {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException("a spool of " + maxBytes + " bytes; " + MIN_BYTES + " is the least");
        }
        List<Segment> segments = segments(folder, audit);
        Ledger ledger = ledger(folder, segments, ids, audit);
        Segment newest = null;
        RecordLog log = null;
        boolean intact = false;
        for (Segment segment : segments) {
            if (log != null) {
                log.close();
            }
            newest = segment;
            log = segment.open();
            intact = segment.first() >= ledger.active() && !Files.exists(firstAside(segment));
        }
        if (newest == null || log == null || !intact) {
            // The newest messages' segment is gone or damaged: go on above all that can have been in it.
            long seen = newest == null ? 0 : newest.last();
            newest = Segment.at(folder, Math.max(seen, ledger.reserved()) + 1, audit);
            if (log != null) {
                log.close();
            }
            log = newest.open();
            segments.add(newest);
            ledger = ledger.withActive(newest.first(), newest.first() + segmentBytes(maxBytes));
            ledger.write(ledgerFile(folder));
        }
        Spool spool = new Spool(folder, maxBytes, audit, segments, ledger, log);
        spool.finishDropping();
        spool.forget();
        return spool;
    }

    private static List<Segment> segments(Path folder, LocalAudit audit) throws IOException {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                List<Segment> segments = new ArrayList<>();
                files.filter(Segment::isOne).sorted().forEach(file -> segments.add(Segment.of(file, audit)));
                return segments;
            }
        } catch (IOException e) {
            throw new IOException("the spool's folder " + folder + " cannot be read: " + e, e);
        }
    }

    private static Path firstAside(Segment segment) {
        return segment.file().resolveSibling(segment.file().getFileName() + ".damaged-1");
    }

    private static Path ledgerFile(Path folder) {
        return folder.resolve("ledger");
    }

    /** The ledger is written before the epoch's file, and both before the first message. */
    private static Ledger ledger(Path folder, List<Segment> segments, Ids ids, LocalAudit audit) throws IOException {
        Durable epochFile = new Durable(folder.resolve("epoch"));
        Optional<String> epoch = epochFile
                .read()
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .filter(Spool::isEpoch);
        Optional<Ledger> found = Ledger.read(ledgerFile(folder)).filter(ledger -> isEpoch(ledger.epoch()));
        if (found.isPresent() && epoch.equals(found.map(Ledger::epoch))) {
            return found.get();
        }
        Ledger ledger;
        if (epoch.isEmpty() && found.isPresent()) {
            ledger = found.get();
        } else if (epoch.isPresent()) {
            // The ledger is lost: the epoch stays, its numbers go on far above.
            long seen =
                    segments.isEmpty() ? 0 : segments.get(segments.size() - 1).first();
            ledger = new Ledger(epoch.get(), 0, seen + LEAP, seen + LEAP, 0, 0, false);
        } else {
            ledger = new Ledger(ids.next(), 0, 0, 0, 0, 0, false);
        }
        ledger.write(ledgerFile(folder));
        epochFile.replace(ledger.epoch().getBytes(StandardCharsets.US_ASCII));
        audit.record(LocalAuditCode.OUTBOX_CREATED, "epoch", ledger.epoch(), "after", ledger.reserved());
        return ledger;
    }

    private static boolean isEpoch(String text) {
        return text.matches("[0-9a-f]{32}");
    }

    /** From now on the spool leaves the disk's floor free. */
    void keepFree(DiskFloor keep) {
        allowance.keepFree(keep);
    }

    String epoch() {
        return ledger.epoch();
    }

    long highest() {
        return highest;
    }

    long settled() {
        return settled;
    }

    long dropped() {
        return ledger.dropped();
    }

    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    /** Messages that wait. */
    long waiting() {
        return segments.stream().mapToLong(segment -> segment.above(settled)).sum();
    }

    void append(Spooled message) throws IOException {
        byte[] payload = message.payload();
        // A file that became shorter was found damaged while it was read: nothing is appended to it any more.
        if (active.bytes() >= segmentBytes || Files.size(active.file()) < log.size()) {
            roll();
        }
        if (makeRoom(RecordLog.onDisk(payload), message.telemetry())) {
            log.append(payload);
            active.appended(message, log.size());
        }
        highest = message.sequence();
    }

    /** The oldest that are not settled: more than asked for by bytes, never fewer. */
    List<Spooled> oldest(int maxMessages, long maxBytes) throws IOException {
        List<Spooled> oldest = new ArrayList<>();
        long bytes = 0;
        for (Segment segment : segments) {
            if (segment.last() <= settled) {
                continue;
            }
            for (Spooled message : segment.messages(m -> m.sequence() > settled)) {
                oldest.add(message);
                bytes += message.xml().length;
            }
            if (oldest.size() >= maxMessages || bytes > maxBytes) {
                break;
            }
        }
        return oldest;
    }

    /** Messages above one sequence and up to another. */
    List<Spooled> between(long above, long upTo) throws IOException {
        List<Spooled> between = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.last() > above && segment.first() <= upTo) {
                between.addAll(segment.messages(m -> m.sequence() > above && m.sequence() <= upTo));
            }
        }
        return between;
    }

    /** Gives out no sequence up to this one any more. */
    void continueAbove(long sequence) throws IOException {
        long before = highest;
        highest = Math.max(highest, sequence);
        try {
            roll();
        } catch (IOException e) {
            highest = before;
            throw e;
        }
    }

    void settled(long upTo) throws IOException {
        if (upTo > settled) {
            settled = upTo;
            forget();
        }
    }

    /** A message that cannot be read, as a file of its own. */
    Path keepAside(Spooled message) throws IOException {
        Durable file = new Durable(folder.resolve("unreadable-" + message.sequence() + ".xml"));
        file.replace(message.xml());
        return file.file();
    }

    @Override
    public void close() throws IOException {
        log.close();
        if (settled != ledger.settled()) {
            write(ledger.withSettled(settled));
        }
    }

    /** Begins a new segment. The file comes first: whoever finds it newer than the ledger knows that it is empty. */
    private void roll() throws IOException {
        Segment next = Segment.at(folder, highest + 1, audit);
        if (next.first() == active.first()) {
            return;
        }
        RecordLog opened = next.open();
        try {
            write(ledger.withSettled(settled).withActive(next.first(), next.first() + segmentBytes));
        } catch (IOException e) {
            opened.close();
            next.delete();
            throw e;
        }
        log.close();
        log = opened;
        active = next;
        segments.add(next);
        forget();
    }

    /** Deletes segments of which nothing is left to send. */
    private void forget() throws IOException {
        boolean some = segments.stream().anyMatch(segment -> segment != active && segment.last() <= settled);
        if (!some) {
            return;
        }
        write(ledger.withSettled(settled));
        for (Segment segment : List.copyOf(segments)) {
            if (segment != active && segment.last() <= settled) {
                segment.delete();
                segments.remove(segment);
            }
        }
    }

    /** Drops until there is room; false when what is to come in is what has to go. */
    private boolean makeRoom(long bytes, boolean telemetry) throws IOException {
        long most = allowance.most(bytes(), bytes);
        while (bytes() + bytes > most) {
            Optional<Segment> victim =
                    segments.stream().filter(Segment::telemetry).findFirst();
            if (victim.isEmpty() && telemetry) {
                write(ledger.withDropping(0, false, 1));
                return false;
            }
            drop(victim.orElse(segments.get(0)), victim.isEmpty());
        }
        return true;
    }

    /** Drops a segment's telemetry, or all of it. The count is written first, and the act repeated after a crash. */
    private void drop(Segment segment, boolean whole) throws IOException {
        if (segment == active) {
            roll();
        }
        List<Spooled> messages = segment.messages(m -> m.sequence() > settled);
        List<Spooled> kept = whole
                ? List.of()
                : messages.stream().filter(m -> !m.telemetry()).toList();
        int gone = messages.size() - kept.size();
        write(ledger.withDropping(segment.first(), kept.isEmpty(), gone));
        finishDropping();
        audit.record(LocalAuditCode.OUTBOX_DROPPED, "messages", gone, "telemetry", !whole, "total", ledger.dropped());
    }

    private void finishDropping() throws IOException {
        for (Segment segment : List.copyOf(segments)) {
            if (segment.first() == ledger.dropping() && segment != active) {
                if (ledger.removing()) {
                    segment.delete();
                    segments.remove(segment);
                } else if (segment.telemetry()) {
                    segment.keepOnly(segment.messages(m -> m.sequence() > settled && !m.telemetry()));
                }
            }
        }
    }

    private void write(Ledger next) throws IOException {
        next.write(ledgerFile(folder));
        ledger = next;
    }
}
