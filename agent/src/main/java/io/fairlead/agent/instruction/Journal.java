package io.fairlead.agent.instruction;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.RecordLog;
import io.fairlead.contract.agent.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was told, begun, done and reported, so that nothing is ever run twice. Each step is on disk before the next:
 *
 * <pre>
 *   RECEIVED ──▶ INTENT ──▶ (the act) ──▶ RESULT ──▶ REPORTED
 *      └──── refused, out of date ────────▶ ┘
 * </pre>
 *
 * After a crash: RECEIVED is still to run; INTENT without RESULT is INTERRUPTED; RESULT without REPORTED is reported
 * (again, which is harmless). Bound to one enrolment. Thread-safe.
 */
public final class Journal implements AutoCloseable {
    static final long COMPACT_AT = 1L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path file;
    private final BegunMark mark;
    private final LocalAudit audit;
    private final Replay state;
    private final long compactAt;
    private RecordLog log;
    private long nextCompaction;

    /** An instruction that is not yet reported. */
    private static final class Entry {
        final byte[] order;
        boolean intent;

        @Nullable
        Result result;

        Entry(byte[] order) {
            this.order = order;
        }
    }

    /** An order that waits to be run; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Waiting(long number, byte[] order) {}

    private Journal(Path file, BegunMark mark, LocalAudit audit, Replay state, RecordLog log, long compactAt) {
        this.file = file;
        this.mark = mark;
        this.audit = audit;
        this.state = state;
        this.log = log;
        this.compactAt = compactAt;
        this.nextCompaction = compactAt;
    }

    /**
     * Makes an empty journal, at enrolment and never else. One that is there belongs to an earlier enrolment and is
     * replaced; damaged parts of it are renamed.
     *
     * @param enrolment the epoch of enrolment, 32 hexadecimal digits
     */
    public static void create(Path file, String enrolment, LocalAudit audit) throws IOException {
        for (int n = 1; Files.exists(damaged(file, n)); n++) {
            Path old = file.resolveSibling(file.getFileName() + ".before-" + enrolment + "-" + n);
            Files.move(damaged(file, n), old, StandardCopyOption.REPLACE_EXISTING);
        }
        RecordLog.rewrite(file, List.of(JournalRecord.header(enrolment, 0)));
        audit.record(LocalAuditCode.JOURNAL_CREATED, "file", file, "enrolment", enrolment);
    }

    /**
     * Opens the journal; what was begun and not finished becomes INTERRUPTED.
     *
     * @param begun the file that keeps the highest number begun, in another folder than the journal's: who puts back an
     *     older copy of the one seldom puts back the other
     * @throws IOException when the disk does not let us
     */
    public static JournalOpening open(Path file, Path begun, String enrolment, Clock clock, LocalAudit audit)
            throws IOException {
        return open(file, begun, enrolment, clock, audit, COMPACT_AT);
    }

    static JournalOpening open(Path file, Path begun, String enrolment, Clock clock, LocalAudit audit, long compactAt)
            throws IOException {
        if (!Files.exists(file)) {
            return refuse(file, "the journal is missing", audit);
        }
        Replay state = new Replay();
        RecordLog log;
        try {
            log = RecordLog.open(file, payload -> JournalRecord.read(payload, state), audit);
        } catch (IllegalArgumentException e) {
            return refuse(file, "the journal has " + e.getMessage(), audit);
        }
        // The damaged part stays beside it, so that a second start does not take what is left for the whole.
        if (log.found() == RecordLog.Found.DAMAGED || Files.exists(damaged(file, 1))) {
            log.close();
            return refuse(file, "the journal was altered or is damaged", audit);
        }
        if (!enrolment.equals(state.enrolment)) {
            log.close();
            return refuse(file, "the journal belongs to another enrolment", audit);
        }
        BegunMark mark;
        try {
            mark = new BegunMark(begun, enrolment);
        } catch (IllegalArgumentException e) {
            log.close();
            return refuse(file, "there is " + e.getMessage(), audit);
        }
        if (!state.hasBegun(mark.number())) {
            log.close();
            return refuse(file, "the journal is an older copy: " + mark.number() + " was begun since", audit);
        }
        Journal journal = new Journal(file, mark, audit, state, log, compactAt);
        journal.interrupt(clock);
        return new JournalOpening.Opened(journal);
    }

    private static JournalOpening refuse(Path file, String reason, LocalAudit audit) {
        audit.record(LocalAuditCode.JOURNAL_REFUSED, "file", file, "reason", reason);
        return new JournalOpening.ReEnrol(reason + ": " + file + "; enrol this device anew");
    }

    private static Path damaged(Path file, int n) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + n);
    }

    private void interrupt(Clock clock) throws IOException {
        for (Map.Entry<Long, Entry> entry : List.copyOf(state.open.entrySet())) {
            if (entry.getValue().intent && entry.getValue().result == null) {
                result(new Result(entry.getKey(), Outcome.INTERRUPTED, clock.instant(), ""));
                audit.record(LocalAuditCode.INSTRUCTION_INTERRUPTED, "number", entry.getKey());
            }
        }
    }

    /** The highest number whose receipt is on disk. */
    public synchronized long journaled() {
        return state.highest;
    }

    /** Takes a verified order in; its number is above {@link #journaled()}. */
    synchronized void received(long number, byte[] order) throws IOException {
        if (number <= state.highest) {
            throw new IllegalArgumentException("number " + number + " was taken before");
        }
        log.append(JournalRecord.received(number, order));
        state.received(number, order);
    }

    /** About to act. On return nobody will act on this number again. */
    synchronized void intent(long number) throws IOException {
        state.mayBegin(number);
        log.append(JournalRecord.intent(number));
        state.intent(number);
    }

    /**
     * Between the intent and the act: on return an older copy of this journal will not be taken for it.
     *
     * @throws IOException when that is not on disk; the act may not be done
     */
    synchronized void mark(long number) throws IOException {
        mark.reach(number);
    }

    synchronized void result(Result result) throws IOException {
        state.mayEnd(result.number());
        log.append(JournalRecord.result(result));
        state.result(result);
    }

    /** The result is on disk in the outbox. */
    synchronized void reported(long number) throws IOException {
        log.append(JournalRecord.reported(number));
        state.reported(number);
        if (log.size() > nextCompaction) {
            compact();
        }
    }

    /** The lowest number that is neither begun nor ended. */
    synchronized Optional<Waiting> nextToRun() {
        return state.open.entrySet().stream()
                .filter(entry -> !entry.getValue().intent && entry.getValue().result == null)
                .findFirst()
                .map(entry -> new Waiting(entry.getKey(), entry.getValue().order));
    }

    /** The lowest number whose result is not handed over. */
    synchronized Optional<Result> nextToReport() {
        return state.open.values().stream()
                .flatMap(entry -> Optional.ofNullable(entry.result).stream())
                .findFirst();
    }

    /** How many are received and not yet reported. */
    synchronized int unfinished() {
        return state.open.size();
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }

    /** Bytes on disk. */
    synchronized long size() {
        return log.size();
    }

    /** Keeps the header with the highest number, and what is unfinished. A full disk only puts it off. */
    private void compact() throws IOException {
        List<byte[]> records = new ArrayList<>();
        records.add(JournalRecord.header(state.enrolment, state.highest));
        state.open.forEach((number, entry) -> {
            records.add(JournalRecord.received(number, entry.order));
            if (entry.intent) {
                records.add(JournalRecord.intent(number));
            }
            if (entry.result != null) {
                records.add(JournalRecord.result(entry.result));
            }
        });
        log.close();
        try {
            RecordLog.rewrite(file, records);
            nextCompaction = compactAt;
        } catch (IOException e) {
            nextCompaction = nextCompaction + compactAt;
            LOG.warn("journal=not-compacted cause={}", e.toString());
        }
        log = RecordLog.open(file, payload -> {}, audit);
    }

    /** The state that the records add up to. */
    private static final class Replay implements JournalRecord.Reader {
        private String enrolment = "";
        private long highest;
        private final TreeMap<Long, Entry> open = new TreeMap<>();

        @Override
        public void header(String epoch, long number) {
            if (!enrolment.isEmpty()) {
                throw new IllegalArgumentException("two headers");
            }
            enrolment = epoch;
            highest = number;
        }

        @Override
        public void received(long number, byte[] order) {
            if (open.put(number, new Entry(order)) != null) {
                throw new IllegalArgumentException("number " + number + " twice");
            }
            highest = Math.max(highest, number);
        }

        @Override
        public void intent(long number) {
            mayBegin(number).intent = true;
        }

        @Override
        public void result(Result result) {
            mayEnd(result.number()).result = result;
        }

        @Override
        public void reported(long number) {
            if (entry(number).result == null) {
                throw new IllegalArgumentException("number " + number + " reported without a result");
            }
            open.remove(number);
        }

        /** Whether this number, and so all below, cannot be run any more. */
        boolean hasBegun(long number) {
            return number <= highest
                    && open.headMap(number, true).values().stream()
                            .allMatch(entry -> entry.intent || entry.result != null);
        }

        @CanIgnoreReturnValue
        Entry mayBegin(long number) {
            Entry entry = mayEnd(number);
            if (entry.intent) {
                throw new IllegalArgumentException("number " + number + " begun twice");
            }
            return entry;
        }

        @CanIgnoreReturnValue
        Entry mayEnd(long number) {
            Entry entry = entry(number);
            if (entry.result != null) {
                throw new IllegalArgumentException("number " + number + " ended before");
            }
            return entry;
        }

        private Entry entry(long number) {
            Entry entry = open.get(number);
            if (entry == null) {
                throw new IllegalArgumentException("no number " + number);
            }
            return entry;
        }
    }
}
