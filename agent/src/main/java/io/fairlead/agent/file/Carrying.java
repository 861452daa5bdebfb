package io.fairlead.agent.file;

import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.StorageFailure;
import io.fairlead.agent.link.FileLink;
import io.fairlead.agent.link.LinkException;
import io.fairlead.contract.agent.TransferOutcome;
import io.fairlead.soap.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transfer on its way, a step at a time; which thread takes a step does not matter, only one does at a time. What a
 * step cannot do now it tries again later, for as long as the enterprise wants it; what can never be done ends it.
 */
abstract sealed class Carrying permits Sending, Fetching {
    private static final Duration OUT_OF_HOURS = Duration.ofSeconds(20);
    private static final int MOST_DISK_TROUBLES = 8;
    private static final Logger LOG = LoggerFactory.getLogger(Carrying.class);

    protected final Desk desk;
    private final Meter meter = new Meter();
    private final Pauses pauses = new Pauses(() -> ThreadLocalRandom.current().nextDouble());

    private volatile Transfer transfer;
    private volatile @Nullable String cancelledBy;
    private volatile String waiting = "";
    private volatile boolean over;
    private int diskTroubles;

    Carrying(Desk desk, Transfer transfer) {
        this.desk = desk;
        this.transfer = transfer;
    }

    final Transfer transfer() {
        return transfer;
    }

    /** Nothing more is to be done; the transfer is forgotten. */
    final boolean over() {
        return over;
    }

    /** Ends it with the next step. Says whether there was something to end. */
    final boolean cancel(String who) {
        if (transfer.phase() == Transfer.Phase.ENDED || over) {
            return false;
        }
        cancelledBy = who;
        return true;
    }

    final boolean wanted() {
        return cancelledBy == null && !desk.stopping().getAsBoolean();
    }

    /** Takes the next step, and says how long to wait before the one after it. */
    final Duration step() {
        Transfer before = transfer;
        try {
            Duration wait = next();
            diskTroubles = 0;
            if (wait.isZero()) {
                pauses.reset();
                waiting = "";
            }
            return wait;
        } catch (NotPossible e) {
            return ending(e.outcome(), e.why());
        } catch (LinkException e) {
            return failed(e);
        } catch (IOException e) {
            return failed(e);
        } catch (RuntimeException e) {
            LOG.error("transfer=bug id={}", before.id(), e);
            return pause("a fault of the agent's", pauses.next(Optional.empty(), Optional.of(Duration.ofMinutes(1))));
        }
    }

    private Duration next() throws IOException, LinkException, NotPossible {
        String who = cancelledBy;
        if (who != null && transfer.phase() != Transfer.Phase.ENDED) {
            return end(TransferOutcome.CANCELLED, "cancelled by " + who);
        }
        if (transfer.phase() == Transfer.Phase.ASKING) {
            return ask();
        }
        if (transfer.phase() == Transfer.Phase.ENDED) {
            return tellEnd();
        }
        if (meter.fresh()) {
            requireAllowed();
        }
        return desk.rules().hours().getAsBoolean() ? carry() : pause("the hours of site.conf", OUT_OF_HOURS);
    }

    /** The next piece of work of a transfer that may go on. */
    abstract Duration carry() throws IOException, LinkException, NotPossible;

    /** Lets go of what is open, and of what was prepared for nothing. */
    abstract void letGo() throws IOException;

    /** Whether the file is marked as possibly holding patient data. */
    abstract boolean patient() throws IOException, NotPossible;

    // Steps
    // ------------------------------------------------------------------------------------------------------------

    private Duration ask() throws IOException, NotPossible {
        requireAllowed();
        waiting = "asking at the instrument";
        Optional<String> refusal = desk.word().ask(transfer, patient());
        if (desk.stopping().getAsBoolean()) {
            // Perhaps nobody was asked to the end: the next start asks again.
            return Duration.ZERO;
        }
        if (refusal.isPresent()) {
            throw NotPossible.refused(refusal.get());
        }
        write(transfer.in(Transfer.Phase.BEGUN));
        return Duration.ZERO;
    }

    /** A customer who denies something while it is on its way is obeyed with its next start or after the next trouble. */
    private void requireAllowed() throws NotPossible {
        if (desk.word().word(transfer.way(), transfer.root()) instanceof SiteWord.Refused refused) {
            throw NotPossible.refused(refused.why());
        }
    }

    /** The enterprise may not know it, or no longer: then there is nobody to tell. */
    private Duration tellEnd() throws IOException, LinkException {
        Transfer.End end = transfer.end().orElseThrow();
        try {
            LOG.debug(
                    "transfer=told id={} state={}",
                    transfer.id(),
                    desk.line().end(transfer, end).getState());
        } catch (LinkException e) {
            if (!forgotten(e.faultKey().flatMap(Fault::ofKey))) {
                throw e;
            }
        }
        return forget();
    }

    // Ends
    // ------------------------------------------------------------------------------------------------------------

    /** The enterprise has ended it: nobody is to be told. */
    final Duration dropped() throws IOException {
        audited(TransferOutcome.CANCELLED, "ended by the enterprise");
        return forget();
    }

    /** The enterprise has it all: nobody is to be told. */
    final Duration sent() throws IOException {
        audited(TransferOutcome.DONE, "the enterprise has it");
        return forget();
    }

    final Duration end(TransferOutcome outcome, String detail) throws IOException {
        letGo();
        desk.folder().deleteContent(transfer.id());
        String plain = detail.length() <= 1000 ? detail : detail.substring(0, 1000);
        write(transfer.ended(outcome, plain));
        audited(outcome, plain);
        return Duration.ZERO;
    }

    private Duration ending(TransferOutcome outcome, String detail) {
        try {
            return end(outcome, detail);
        } catch (IOException e) {
            LOG.warn("transfer=waiting id={} cause=\"{}\"", transfer.id(), e.toString());
            return pause("the disk: " + e.getClass().getSimpleName(), pauses.next(Optional.empty(), Optional.empty()));
        }
    }

    private Duration forget() throws IOException {
        letGo();
        desk.folder().delete(transfer.id());
        over = true;
        return Duration.ZERO;
    }

    private void audited(TransferOutcome outcome, String detail) {
        LOG.info(
                "transfer=ended id={} way={} outcome={} detail=\"{}\"",
                transfer.id(),
                transfer.way().word(),
                outcome,
                detail);
        desk.audit()
                .record(
                        LocalAuditCode.TRANSFER_ENDED,
                        "id",
                        transfer.id(),
                        "way",
                        transfer.way().word(),
                        "file",
                        transfer.path(),
                        "size",
                        transfer.size(),
                        "sha256",
                        transfer.sha256(),
                        "outcome",
                        outcome,
                        "detail",
                        detail);
    }

    // Troubles
    // ------------------------------------------------------------------------------------------------------------

    private Duration failed(LinkException e) {
        Optional<Fault> fault = e.faultKey().flatMap(Fault::ofKey);
        if (!wanted()) {
            return Duration.ZERO;
        }
        if (forgotten(fault)) {
            try {
                return dropped();
            } catch (IOException disk) {
                return failed(disk);
            }
        }
        LOG.info("transfer=waiting id={} cause=\"{}\"", transfer.id(), e.getMessage());
        String why = fault.map(said -> said.key() + " at the enterprise").orElse("the line to the enterprise");
        return pause(why, pauses.next(fault, e.retryAfter()));
    }

    /** What the enterprise said of a chunk, when it is no success and no other offset. */
    final Duration refused(FileLink.Answer answer) throws IOException {
        if (forgotten(answer.fault())) {
            return dropped();
        }
        LOG.info("transfer=waiting id={} status={} fault={}", transfer.id(), answer.status(), answer.fault());
        return pause(
                answer.fault().map(Fault::key).orElse("HTTP " + answer.status()) + " at the enterprise",
                pauses.next(answer.fault(), answer.retryAfter()));
    }

    /** The enterprise knows nothing of the transfer any more. */
    private static boolean forgotten(Optional<Fault> fault) {
        return fault.isPresent() && (fault.get() == Fault.TRANSFER_ENDED || fault.get() == Fault.NOT_FOUND);
    }

    /** A disk may be full, a drive unplugged: for a while that is waited out. */
    private Duration failed(IOException e) {
        if (!wanted()) {
            return Duration.ZERO;
        }
        LOG.warn("transfer=waiting id={} cause=\"{}\"", transfer.id(), e.toString());
        if (!(e instanceof StorageFailure) && ++diskTroubles > MOST_DISK_TROUBLES && readsOnly()) {
            return ending(
                    TransferOutcome.FAILED,
                    "the file cannot be read: " + e.getClass().getSimpleName());
        }
        return pause("the disk: " + e.getClass().getSimpleName(), pauses.next(Optional.empty(), Optional.empty()));
    }

    /** Whether the trouble can be the file's own and not that of this agent's disk, on which nothing could end either. */
    abstract boolean readsOnly();

    final Duration pause(String why, Duration time) {
        waiting = why;
        meter.rest();
        return time;
    }

    // What others see
    // ------------------------------------------------------------------------------------------------------------

    final void write(Transfer next) throws IOException {
        desk.folder().write(next);
        transfer = next;
    }

    final void moved(long done) {
        meter.at(done, desk.clock().millis());
    }

    /** For people; safe to call at any time. */
    final Progress progress() {
        Transfer now = transfer;
        String why = waiting;
        String state = now.phase() == Transfer.Phase.ENDED
                ? now.end().map(end -> end.outcome().toString()).orElse("") + ", to be told"
                : !why.isEmpty() ? "waiting: " + why : now.way() == Transfer.Way.RECEIVE ? "receiving" : "sending";
        return meter.progress(now, state);
    }
}
