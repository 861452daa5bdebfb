package io.fairlead.agent.outbox;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.RecordLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A file of spooled messages, named by the sequence from which on it holds them. Only the newest segment of a spool is
 * written to; older ones shrink once (telemetry dropped) or vanish.
 */
final class Segment {
    private static final String END = ".spool";

    private final Path file;
    private final long first;
    private final LocalAudit audit;
    private long last;
    private long bytes;
    private boolean telemetry;
    private int count;

    private Segment(Path file, long first, LocalAudit audit) {
        this.file = file;
        this.first = first;
        this.last = first - 1;
        this.audit = audit;
    }

    /** A segment that begins with a sequence; nothing is made on disk yet. */
    static Segment at(Path folder, long first, LocalAudit audit) {
        return new Segment(folder.resolve(String.format("%019d%s", first, END)), first, audit);
    }

    /** Whether a file's name is a segment's. */
    static boolean isOne(Path file) {
        return file.getFileName().toString().matches("\\d{19}\\" + END);
    }

    static Segment of(Path file, LocalAudit audit) {
        String name = file.getFileName().toString();
        return new Segment(file, Long.parseLong(name.substring(0, name.length() - END.length())), audit);
    }

    /** Opens the file for appending, or makes it; cuts what is torn and takes stock. */
    RecordLog open() throws IOException {
        last = first - 1;
        telemetry = false;
        count = 0;
        RecordLog log = RecordLog.open(file, payload -> count(Spooled.of(payload)), audit);
        bytes = log.size();
        return log;
    }

    /** Counts a message that was appended. */
    void appended(Spooled message, long size) {
        count(message);
        bytes = size;
    }

    private void count(Spooled message) {
        last = Math.max(last, message.sequence());
        telemetry |= message.telemetry();
        count++;
    }

    /** The messages that pass, in order. */
    List<Spooled> messages(Predicate<Spooled> wanted) throws IOException {
        List<Spooled> messages = new ArrayList<>();
        RecordLog log = RecordLog.open(
                file,
                payload -> {
                    Spooled message = Spooled.of(payload);
                    if (wanted.test(message)) {
                        messages.add(message);
                    }
                },
                audit);
        log.close();
        return messages;
    }

    /** Keeps only these messages of its own. */
    void keepOnly(List<Spooled> messages) throws IOException {
        List<byte[]> payloads = messages.stream().map(Spooled::payload).toList();
        RecordLog.rewrite(file, payloads);
        bytes = payloads.stream().mapToLong(RecordLog::onDisk).sum();
        telemetry = messages.stream().anyMatch(Spooled::telemetry);
        count = messages.size();
    }

    /** Deletes the file for good: one that came back after a power cut would have been counted as dropped. */
    void delete() throws IOException {
        new Durable(file).delete();
    }

    Path file() {
        return file;
    }

    /** No message in it is older. */
    long first() {
        return first;
    }

    /** No message in it is newer; {@code first - 1} while it is empty. */
    long last() {
        return last;
    }

    long bytes() {
        return bytes;
    }

    /** Messages in it that are above a sequence; at most one too many for each that was dropped out of it. */
    long above(long settled) {
        return Math.max(0, Math.min(count, last - settled));
    }

    boolean telemetry() {
        return telemetry;
    }
}
