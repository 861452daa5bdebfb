package io.fairlead.agent.instruction;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.outbox.MessageTooLarge;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.contract.agent.StatusMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes instructions in and runs them: one thread, in the order of their numbers, each at most once in the life of an
 * enrolment, and none before the server's time was heard since the start. The steps are the journal's; each is in the
 * local audit. When the disk takes nothing, it waits and tries again: an order whose intent cannot be written is not
 * begun, and a result that cannot be written holds up what follows.
 */
public final class Instructions implements AutoCloseable {
    private static final Duration DISK_PAUSE = Duration.ofSeconds(5);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Instructions.class);

    private final Journal journal;
    private final OrderVerifier verifier;
    private final TrustedTime time;
    private final Outbox outbox;
    private final Map<Kind, Handler> handlers;
    private final Runnable restart;
    private final Runnable pulse;
    private final Clock clock;
    private final LocalAudit audit;
    private final Consumer<Step> passed;
    private final Forgeries forgeries;
    private final Thread worker;

    private final Semaphore signal = new Semaphore(0);
    private volatile boolean stopping;
    private volatile boolean restarting;
    /** Acted, and not yet written down. Only the worker touches it. */
    private @Nullable Result acted;
    /** The number whose report is to be followed by a restart, or 0. Only the worker touches it. */
    private long restartAfter;

    /**
     * @param handlers who does what; a kind without a handler is refused
     * @param restart called once when an instruction asked for it and its result is safe, on the worker's thread
     * @param pulse the worker's sign of life, given at each step and while nothing is to be done; a handler that takes
     *     longer than a minute gives its own
     */
    public Instructions(
            Journal journal,
            OrderVerifier verifier,
            TrustedTime time,
            Outbox outbox,
            Map<Kind, Handler> handlers,
            Runnable restart,
            Runnable pulse,
            Clock clock,
            LocalAudit audit) {
        this(journal, verifier, time, outbox, handlers, restart, pulse, clock, audit, step -> {});
    }

    Instructions(
            Journal journal,
            OrderVerifier verifier,
            TrustedTime time,
            Outbox outbox,
            Map<Kind, Handler> handlers,
            Runnable restart,
            Runnable pulse,
            Clock clock,
            LocalAudit audit,
            Consumer<Step> passed) {
        this.journal = journal;
        this.verifier = verifier;
        this.time = time;
        this.outbox = outbox;
        this.handlers = Map.copyOf(handlers);
        this.restart = restart;
        this.pulse = pulse;
        this.clock = clock;
        this.audit = audit;
        this.passed = passed;
        this.forgeries = new Forgeries(clock, audit);
        this.worker = new Thread(this::work, "instructions");
    }

    /** Starts the worker, which first takes up what an earlier run left. */
    public void start() {
        time.whenFresh(this::wake);
        worker.start();
    }

    /** The highest number whose receipt is on disk: what a poll tells. */
    public long journaled() {
        return journal.journaled();
    }

    /** How many are received and not yet reported. */
    public int unfinished() {
        return journal.unfinished();
    }

    /** Instructions that were not believed since the start. */
    public synchronized long forged() {
        return forgeries.count();
    }

    /**
     * Verifies and journals what a poll brought, in its order. What is not believed is passed over.
     *
     * @param signers the signers' certificates that came with them, DER
     * @return how many were taken in; who polls again at once after an answer of which none was would poll in a circle
     * @throws IOException when the disk takes nothing; the rest comes again with the next poll
     */
    public synchronized int accept(List<SignedInstruction> instructions, List<byte[]> signers) throws IOException {
        int taken = 0;
        for (SignedInstruction instruction : instructions) {
            Verdict verdict = verifier.verify(instruction, signers, journal.journaled());
            if (verdict instanceof Verdict.Accepted accepted) {
                received(accepted.order(), accepted.bytes());
                taken++;
            } else if (verdict instanceof Verdict.TooLate late) {
                received(late.order(), late.bytes());
                taken++;
            } else if (verdict instanceof Verdict.Refused refused) {
                forgeries.add(instruction.getSequence(), refused.reason());
                LOG.warn("instruction=not-believed claims={} reason={}", instruction.getSequence(), refused.reason());
            }
        }
        if (taken > 0) {
            wake();
        }
        return taken;
    }

    private void received(Order order, byte[] bytes) throws IOException {
        journal.received(order.getSequence(), bytes);
        audit.record(
                LocalAuditCode.INSTRUCTION_RECEIVED,
                "number",
                order.getSequence(),
                "kind",
                kind(order),
                "not-after",
                order.getNotAfter());
        passed.accept(Step.RECEIVED);
    }

    /**
     * Stops after the instruction that is being run, if any, and waits for it 10 seconds at most. Nothing is interrupted:
     * an interrupt would close the journal's file under a write.
     */
    @Override
    public void close() {
        stopping = true;
        wake();
        if (restarting) {
            // The worker is in the callback, perhaps waiting for whoever calls this.
            return;
        }
        try {
            worker.join(STOP_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        signal.release();
    }

    private void work() {
        try {
            while (!stopping) {
                pulse.run();
                if (!stepSafely() && signal.tryAcquire(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.info("instructions=stopped");
        }
    }

    private boolean stepSafely() throws InterruptedException {
        try {
            return step();
        } catch (IOException e) {
            LOG.warn("instructions=waiting cause={}", e.toString());
        } catch (RuntimeException | Error e) {
            LOG.error("instructions=waiting", e);
        }
        if (signal.tryAcquire(DISK_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("instructions=woken");
        }
        return true;
    }

    /** Does what comes next; false when there is nothing to do. */
    private boolean step() throws IOException {
        if (acted != null) {
            ended(acted);
            return true;
        }
        Optional<Result> result = journal.nextToReport();
        if (result.isPresent()) {
            report(result.get());
            return true;
        }
        Optional<Journal.Waiting> next = time.fresh() ? journal.nextToRun() : Optional.empty();
        if (next.isPresent()) {
            run(next.get());
            return true;
        }
        return false;
    }

    private void run(Journal.Waiting waiting) throws IOException {
        Optional<Order> order = verifier.read(waiting.order());
        if (order.isEmpty()) {
            refuse(waiting.number(), "this version cannot read the order");
        } else if (!verifier.inTime(order.get())) {
            refuse(
                    waiting.number(),
                    "out of date: not to be begun after " + order.get().getNotAfter());
        } else {
            Handler handler = Kind.of(order.get()).map(handlers::get).orElse(null);
            if (handler == null) {
                refuse(waiting.number(), "this agent does no such thing");
            } else {
                run(order.get(), handler);
            }
        }
    }

    private void refuse(long number, String why) throws IOException {
        ended(new Result(number, Outcome.REFUSED, clock.instant(), why));
    }

    private void run(Order order, Handler handler) throws IOException {
        long number = order.getSequence();
        journal.intent(number);
        audit.record(LocalAuditCode.INSTRUCTION_BEGUN, "number", number, "kind", kind(order));
        passed.accept(Step.INTENT);
        Handled handled = marked(number) ? handle(order, handler) : Handled.refused("the disk took no note of it");
        passed.accept(Step.HANDLED);
        restartAfter = handled.restart() ? number : restartAfter;
        acted = new Result(number, handled.outcome(), clock.instant(), handled.detail());
        ended(acted);
    }

    private boolean marked(long number) {
        try {
            journal.mark(number);
            return true;
        } catch (IOException e) {
            LOG.warn("instruction={} not-marked cause={}", number, e.toString());
            return false;
        }
    }

    private static Handled handle(Order order, Handler handler) {
        try {
            return Objects.requireNonNull(handler.handle(order), "a handler answers");
        } catch (Exception | Error e) {
            LOG.error("instruction={} handler=failed", order.getSequence(), e);
            return Handled.failed("the agent failed at it; its log says why");
        }
    }

    private void ended(Result result) throws IOException {
        journal.result(result);
        acted = null;
        LocalAuditCode code = result.outcome() == Outcome.REFUSED
                ? LocalAuditCode.INSTRUCTION_REFUSED
                : LocalAuditCode.INSTRUCTION_FINISHED;
        audit.record(code, "number", result.number(), "outcome", result.outcome(), "detail", result.detail());
        passed.accept(Step.RESULT);
    }

    private void report(Result result) throws IOException {
        long sequence = spool(result);
        passed.accept(Step.SPOOLED);
        journal.reported(result.number());
        audit.record(LocalAuditCode.INSTRUCTION_REPORTED, "number", result.number(), "message", sequence);
        passed.accept(Step.REPORTED);
        if (restartAfter == result.number()) {
            stopping = true;
            restarting = true;
            restart.run();
        }
    }

    private long spool(Result result) throws IOException {
        InstructionResult word = new InstructionResult();
        word.setInstruction(result.number());
        word.setOutcome(result.outcome());
        word.setFinishedAt(result.finishedAt());
        word.setDetail(result.detail().isEmpty() ? null : result.detail());
        StatusMessage message = new StatusMessage();
        message.setObservedAt(clock.instant());
        message.getResult().add(word);
        try {
            return outbox.append(message);
        } catch (MessageTooLarge e) {
            throw new IllegalStateException("a detail of 1,024 characters fits any message", e);
        }
    }

    private static String kind(Order order) {
        return Kind.of(order).map(Kind::name).orElse("?");
    }
}
