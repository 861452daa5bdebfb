package io.fairlead.agent.outbox;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool: what was appended is on disk until it is settled, and comes out in the order in which it went in. Bounded:
 * when full it drops the oldest telemetry (messages with items only), then the oldest of any kind, and counts what it
 * dropped. Sequence numbers rise and are never used twice for what was handed out, whatever becomes of the files. One
 * lock, so that it is thread-safe; one process per folder is the caller's duty.
 */
public final class Outbox implements AutoCloseable {
    /** Bytes of a message's XML, at most: with its envelope it fits into a body of 65,536. */
    public static final int MAX_MESSAGE_BYTES = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long FARTHEST = 1_000_000_000_000L;

    private final Documents documents;
    private final LocalAudit audit;
    private final Spool spool;
    private final Set<Long> unreadable = new HashSet<>();
    /** Messages above this and up to {@link #foreignUpTo} still bear numbers that the enterprise has seen otherwise. */
    private long renumberedUpTo;

    private long foreignUpTo;
    /** The highest that the enterprise can confirm: what was there at the start, and what was handed out since. */
    private long sendable;

    private long oldestAfter = -1;
    private Optional<Instant> oldestMade = Optional.empty();

    private volatile Runnable resultListener = () -> {};

    /**
     * Opens the spool in a folder, or makes it.
     *
     * @param maxBytes of all segments, 262,144 or more
     * @throws IOException when the folder cannot be read or written; damaged segments are kept aside instead
     */
    public Outbox(Path folder, long maxBytes, Ids ids, Documents documents, LocalAudit audit) throws IOException {
        this.documents = documents;
        this.audit = audit;
        this.spool = Spool.open(folder, maxBytes, ids, audit);
        this.renumberedUpTo = spool.highest();
        this.sendable = spool.highest();
    }

    /** The spool's epoch, made when the spool was: 32 hexadecimal digits. */
    public String epoch() {
        return spool.epoch();
    }

    /**
     * Gives the message the next sequence and writes it down; on return it is on disk.
     *
     * @return the sequence; when the spool is full of what matters more, a telemetry message is dropped at once
     * @throws MessageTooLarge when its XML has more than {@link #MAX_MESSAGE_BYTES}
     * @throws IOException when the disk takes nothing; the spool is as before
     * @throws IllegalArgumentException for text that XML cannot carry
     */
    public synchronized long append(StatusMessage message) throws IOException, MessageTooLarge {
        long sequence = spool.highest() + 1;
        message.setSequence(sequence);
        byte[] xml = documents.write(message);
        if (xml.length > MAX_MESSAGE_BYTES) {
            throw new MessageTooLarge(xml.length);
        }
        spool.append(new Spooled(telemetry(message), sequence, xml));
        if (!message.getResult().isEmpty()) {
            resultListener.run();
        }
        return sequence;
    }

    /** From now on the spool grows only while the disk's floor stays free; at the floor it drops instead. */
    public synchronized void keepFree(DiskFloor floor) {
        spool.keepFree(floor);
    }

    /** For {@code agent status}. */
    public synchronized List<StatusLine> status(Instant now) {
        List<StatusLine> lines = new ArrayList<>();
        long waiting = spool.waiting();
        lines.add(StatusLine.of("waiting", waiting, waiting == 1 ? "1 message" : waiting + " messages"));
        if (waiting > 0) {
            oldestAt().ifPresent(time -> lines.add(StatusLine.of("oldest", time, now)));
        }
        lines.add(StatusLine.of("bytes", spool.bytes(), StatusLine.bytes(spool.bytes())));
        long dropped = spool.dropped();
        lines.add(StatusLine.of(
                "dropped",
                dropped,
                dropped == 0 ? "none" : dropped + " messages, the oldest values first; the enterprise is told"));
        return lines;
    }

    /** When the oldest message that waits was made; read once for each. */
    private Optional<Instant> oldestAt() {
        if (spool.settled() != oldestAfter) {
            oldestMade = Optional.empty();
            try {
                for (Spooled oldest : spool.oldest(1, 1).subList(0, 1)) {
                    oldestMade = Optional.of(
                            documents.read(oldest.xml(), StatusMessage.class).getObservedAt());
                }
                oldestAfter = spool.settled();
            } catch (IOException | Refusal | IndexOutOfBoundsException e) {
                LOG.debug("spool=oldest-unreadable cause={}", e.toString());
            }
        }
        return oldestMade;
    }

    /** Who is told when an instruction's result was appended: somebody waits for it. Must not block. */
    public void onResult(Runnable listener) {
        resultListener = listener;
    }

    /**
     * The oldest messages that are not settled, in order, as many as fit.
     *
     * @param maxBytes of their XML; the first is returned whatever its size
     */
    public synchronized List<StatusMessage> oldest(int maxMessages, int maxBytes) throws IOException {
        while (true) {
            List<StatusMessage> messages = new ArrayList<>();
            long unreadableUpTo = 0;
            int room = maxBytes;
            for (Spooled spooled : spool.oldest(maxMessages + unreadable.size(), maxBytes)) {
                room -= spooled.xml().length;
                if (messages.size() == maxMessages || (room < 0 && !messages.isEmpty())) {
                    break;
                }
                read(spooled, messages);
                if (messages.isEmpty()) {
                    unreadableUpTo = spooled.sequence();
                }
            }
            if (unreadableUpTo > 0) {
                // They are kept aside: a file full of them must not hide what is in the next.
                spool.settled(unreadableUpTo);
                long gone = unreadableUpTo;
                boolean some = unreadable.removeIf(sequence -> sequence <= gone);
                assert some;
            }
            if (!messages.isEmpty() || unreadableUpTo == 0) {
                messages.forEach(message -> sendable = Math.max(sendable, message.getSequence()));
                return messages;
            }
        }
    }

    /**
     * Forgets all messages up to a sequence; of no effect when they are forgotten already. A sequence that neither was
     * there at the start nor was handed out by {@link #oldest} since means that the folder was restored from an older
     * copy: the messages appended since the start bear numbers that the enterprise takes for duplicates, so they are
     * numbered anew above it.
     *
     * @throws IllegalArgumentException for a sequence that is not {@link #believable}
     */
    public synchronized void settled(long upTo) throws IOException {
        if (!believable(upTo)) {
            throw new IllegalArgumentException("settled up to " + upTo + "; the highest is " + spool.highest());
        }
        if (upTo > sendable) {
            audit.record(LocalAuditCode.OUTBOX_RENUMBERED, "highest", spool.highest(), "settled", upTo);
            foreignUpTo = upTo;
            spool.continueAbove(upTo);
            sendable = upTo;
        }
        renumber();
        spool.settled(upTo);
    }

    /** Whether any copy of this spool can have given out this sequence: not a million million above the highest. */
    public synchronized boolean believable(long sequence) {
        return sequence - spool.highest() <= FARTHEST;
    }

    /** Messages of this epoch that were dropped so far. */
    public synchronized long dropped() {
        return spool.dropped();
    }

    /** The highest sequence given out. */
    public synchronized long highest() {
        return spool.highest();
    }

    /** The highest sequence settled. */
    public synchronized long settled() {
        return spool.settled();
    }

    /** Bytes on disk. */
    public synchronized long bytes() {
        return spool.bytes();
    }

    /** Writes down what is settled and lets go of the files. */
    @Override
    public synchronized void close() throws IOException {
        spool.close();
    }

    private static boolean telemetry(StatusMessage message) {
        return message.getAlarm().isEmpty()
                && message.getEvent().isEmpty()
                && message.getResult().isEmpty();
    }

    /** A message that an older version wrote and this one cannot read must not block those behind it. */
    private void read(Spooled spooled, List<StatusMessage> into) throws IOException {
        try {
            into.add(documents.read(spooled.xml(), StatusMessage.class));
        } catch (Refusal e) {
            if (unreadable.add(spooled.sequence())) {
                Path kept = spool.keepAside(spooled);
                audit.record(LocalAuditCode.OUTBOX_UNREADABLE, "sequence", spooled.sequence(), "kept", kept);
            }
        }
    }

    private void renumber() throws IOException {
        if (renumberedUpTo >= foreignUpTo) {
            return;
        }
        for (Spooled old : spool.between(Math.max(renumberedUpTo, spool.settled()), foreignUpTo)) {
            List<StatusMessage> messages = new ArrayList<>();
            read(old, messages);
            for (StatusMessage message : messages) {
                long sequence = spool.highest() + 1;
                message.setSequence(sequence);
                spool.append(new Spooled(old.telemetry(), sequence, documents.write(message)));
            }
            renumberedUpTo = old.sequence();
        }
        renumberedUpTo = foreignUpTo;
    }
}
