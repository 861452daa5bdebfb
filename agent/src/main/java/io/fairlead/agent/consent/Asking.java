package io.fairlead.agent.consent;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.statements.Receipt;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to the person at the instrument. A question is open for 60 s, by whichever of the PC's clock and the monotonic
 * clock says "over" first; silence is a no, and what is answered later does nothing.
 *
 * <pre>
 *   ask ──▶ OPEN ──approve in time──▶ approved
 *            ├────decline in time───▶ declined
 *            ├────60 s─────────────▶ unanswered
 *            └────the agent ends────▶ not asked to the end
 * </pre>
 *
 * Two noes in a row mute the action for half an hour, and "not today" until midnight ({@link Mute}); a question that was taken
 * back, or outlived by the agent's end, was not answered either. One lock decides which comes first. Every step is in the
 * customer's audit. Thread-safe.
 */
public final class Asking implements AutoCloseable {
    /** How long a question waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    static final int MOST_OPEN = 8;
    private static final int MOST_REMEMBERED = 32;
    /** How long after a question nothing from afar may act: whoever was about to answer it is still at the keyboard. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);
    /** How often the clocks are looked at; an answer wakes the caller at once. */
    private static final long LOOK_MILLIS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private final Clock clock;
    private final LongSupplier nanos;
    private final ShortIds ids;
    private final LocalAudit audit;
    private final Sparing lateAnswers;
    private final Mute mute;
    private final Changes changes = new Changes();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Pending> open = new LinkedHashMap<>();
    /** How the last questions ended, by id, so that a late answer hears why it does nothing. */
    private final Map<String, String> ended = new LinkedHashMap<>();

    private @Nullable String unavailable;
    /** When the last question ended; empty before the first. */
    private OptionalLong lastEnd = OptionalLong.empty();

    /** A question and what becomes of it. */
    private static final class Pending {
        final Asked asked;
        final long sinceNanos;

        @Nullable
        Answer answer;

        Pending(Asked asked, long sinceNanos) {
            this.asked = asked;
            this.sinceNanos = sinceNanos;
        }
    }

    /**
     * @param clock the PC's, in its time zone
     * @param muted the file that keeps what is not asked about at present
     */
    public Asking(Clock clock, Path muted, LocalAudit audit) {
        this(clock, System::nanoTime, new SecureRandom()::nextInt, muted, audit);
    }

    Asking(Clock clock, LongSupplier nanos, IntUnaryOperator random, Path muted, LocalAudit audit) {
        this.clock = clock;
        this.nanos = nanos;
        this.ids = new ShortIds(random);
        this.audit = audit;
        this.mute = new Mute(clock, nanos, new MuteFile(muted));
        this.lateAnswers = new Sparing(nanos, audit, LocalAuditCode.CONSENT_LATE);
    }

    /** From now on nobody is asked, and every question is refused for this reason; those that are open end. */
    public void unavailable(String reason) {
        lock.lock();
        try {
            unavailable = reason;
            for (Pending each : open.values()) {
                each.answer = each.answer == null ? new Answer.NotAsked(reason) : each.answer;
            }
            changed();
        } finally {
            lock.unlock();
        }
    }

    private void changed() {
        changed.signalAll();
        changes.happened();
    }

    /** Rings at each question's beginning and end, before anybody sees it, and whenever else somebody says so. */
    public Changes changes() {
        return changes;
    }

    /** Why nobody can be asked; empty while somebody can. */
    public Optional<String> unavailable() {
        lock.lock();
        try {
            return Optional.ofNullable(unavailable);
        } finally {
            lock.unlock();
        }
    }

    /** Asks, and waits for the answer: 60 s at most. */
    public Answer ask(Question question) throws InterruptedException {
        lock.lock();
        try {
            if (unavailable != null) {
                return notAsked(question, unavailable);
            }
            if (open.size() >= MOST_OPEN) {
                return notAsked(question, MOST_OPEN + " questions wait at the instrument already");
            }
            Optional<String> muted = mute.refusal(question.action());
            if (muted.isPresent()) {
                return notAsked(question, muted.get());
            }
            Pending pending = begin(question);
            try {
                await(pending);
                return end(pending);
            } catch (InterruptedException e) {
                audit.record(LocalAuditCode.CONSENT_EXPIRED, "id", pending.asked.id(), "why", "taken back");
                mute.ended(question.action(), new Answer.Unanswered());
                throw e;
            } finally {
                open.remove(pending.asked.id());
                lastEnd = OptionalLong.of(nanos.getAsLong());
                changes.happened();
            }
        } finally {
            lock.unlock();
        }
    }

    private Answer notAsked(Question question, String why) {
        audit.record(
                LocalAuditCode.CONSENT_NOT_ASKED,
                "action",
                question.action(),
                "by",
                question.by(),
                "what",
                question.what(),
                "why",
                why);
        return new Answer.NotAsked(why);
    }

    private Pending begin(Question question) {
        String id = ids.next();
        while (open.containsKey(id) || ended.containsKey(id)) {
            id = ids.next();
        }
        Instant now = clock.instant();
        Pending pending = new Pending(new Asked(id, question, now, now.plus(PATIENCE)), nanos.getAsLong());
        open.put(id, pending);
        // Before anybody sees it.
        mute.begun(question.action());
        changes.happened();
        LOG.info("question={} action={} state=OPEN", id, question.action());
        audit.record(
                LocalAuditCode.CONSENT_ASKED,
                "id",
                id,
                "action",
                question.action(),
                "by",
                question.by(),
                "reason",
                question.reason(),
                "what",
                question.what(),
                "bytes",
                question.bytes().isPresent() ? question.bytes().getAsLong() : "-");
        return pending;
    }

    private void await(Pending pending) throws InterruptedException {
        while (pending.answer == null && !over(pending)) {
            boolean rung = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            LOG.trace("question={} woken={}", pending.asked.id(), rung);
        }
    }

    private Answer end(Pending pending) {
        String id = pending.asked.id();
        Answer answer = pending.answer;
        if (answer == null) {
            answer = new Answer.Unanswered();
            audit.record(LocalAuditCode.CONSENT_EXPIRED, "id", id);
        } else if (answer instanceof Answer.NotAsked) {
            audit.record(LocalAuditCode.CONSENT_EXPIRED, "id", id, "why", answer.outward());
        }
        LOG.info("question={} state=ENDED answer={}", id, answer.getClass().getSimpleName());
        remember(id, answer.outward());
        mute.ended(pending.asked.question().action(), answer);
        return answer;
    }

    /** Whichever clock says so first: one stands still while the PC sleeps, the other can be set. */
    private boolean over(Pending pending) {
        return nanos.getAsLong() - pending.sinceNanos >= PATIENCE.toNanos()
                || !clock.instant().isBefore(pending.asked.until());
    }

    private void remember(String id, String how) {
        ended.put(id, how);
        if (ended.size() > MOST_REMEMBERED) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    /** Whether a question waits, or did a second ago: what comes from afar could answer it. */
    public boolean shown() {
        lock.lock();
        try {
            return !open.isEmpty()
                    || (lastEnd.isPresent() && nanos.getAsLong() - lastEnd.getAsLong() < AFTERWARDS.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** The questions that wait, the oldest first. */
    public List<Asked> open() {
        lock.lock();
        try {
            List<Asked> waiting = new ArrayList<>();
            for (Pending each : open.values()) {
                if (each.answer == null && !over(each)) {
                    waiting.add(each.asked);
                }
            }
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** What is not asked about at present, in words for people; empty when there is no such thing. */
    String muted() {
        lock.lock();
        try {
            return mute.text();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody at the instrument is ready to be asked again. */
    String askAgain(Person by) {
        lock.lock();
        try {
            mute.lift();
            changes.happened();
            audit.record(LocalAuditCode.CONSENT_ASK_AGAIN, "approver", by.name(), "account", by.kind());
            return "You will be asked again.";
        } finally {
            lock.unlock();
        }
    }

    /** Takes a person's answer, whose right to give one was judged before. */
    Taken answer(String typed, Verdict verdict, Person by, Receipt.Means means) {
        String id = ShortIds.typed(typed);
        String word = verdict.word();
        lock.lock();
        try {
            Pending pending = open.get(id);
            if (pending == null) {
                return nothing(id, word, by, ended.get(id));
            }
            Answer before = pending.answer;
            if (before != null) {
                return nothing(id, word, by, before.outward());
            }
            if (over(pending)) {
                return nothing(id, word, by, new Answer.Unanswered().outward());
            }
            Question question = pending.asked.question();
            if (verdict == Verdict.VIEW_ONLY && !question.viewOnly()) {
                return new Taken(
                        false, id + " is not about controlling a desktop: it is approved as a whole, or declined.");
            }
            if (verdict == Verdict.WITH_CLIPBOARD && !question.clipboard()) {
                return new Taken(
                        false,
                        id + " is not about controlling a desktop, or site.conf shares no clipboard: it is approved"
                                + " without, or declined.");
            }
            take(pending, verdict, by, means);
            if (verdict == Verdict.NOT_TODAY) {
                open.values().stream()
                        .filter(other -> other.answer == null
                                && other.asked.question().action().equals(question.action()))
                        .forEach(other -> take(other, verdict, by, means));
            }
            changed();
            return new Taken(true, id + " " + word + ": " + question.action() + " " + question.what());
        } finally {
            lock.unlock();
        }
    }

    private void take(Pending pending, Verdict verdict, Person by, Receipt.Means means) {
        pending.answer = verdict.yes()
                ? new Answer.Approved(by, verdict == Verdict.VIEW_ONLY, verdict == Verdict.WITH_CLIPBOARD, means)
                : new Answer.Declined(by, verdict == Verdict.NOT_TODAY, means);
        // Before anything is done: what was answered is on disk by then.
        audit.record(
                verdict.yes() ? LocalAuditCode.CONSENT_APPROVED : LocalAuditCode.CONSENT_DECLINED,
                "id",
                pending.asked.id(),
                "answer",
                verdict.word(),
                "approver",
                by.name(),
                "account",
                by.kind(),
                "means",
                means.word());
    }

    private Taken nothing(String id, String word, Person by, @Nullable String how) {
        boolean known = how != null;
        lateAnswers.record("id", ShortIds.isOne(id) ? id : "-", "answer", word, "approver", by.name());
        return new Taken(
                false,
                known
                        ? id + " has ended: " + how + ". This changes nothing."
                        : "There is no question " + (ShortIds.isOne(id) ? id : "of that name") + ".");
    }

    /** Ends what is open, as a no. */
    @Override
    public void close() {
        unavailable("the agent stopped before anybody answered");
    }
}
