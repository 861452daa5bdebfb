package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.Backoff;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.agent.link.LinkException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the spool, in a thread of its own: on schedule, and at once when the bell rings. Ends when stopping
 * is asked for and the bell rings.
 */
public final class ReportLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportLoop.class);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Sending sending;
    private final Supplier<Duration> period;
    private final Bell bell;
    private final Backoff backoff;
    private final Standing standing;
    private final Rhythm rhythm;

    /** @param period from one report to the next, read anew each time */
    public ReportLoop(Sending sending, Supplier<Duration> period, Bell bell, LocalAudit audit, Rhythm rhythm) {
        this.sending = sending;
        this.period = period;
        this.bell = bell;
        this.backoff = new Backoff(rhythm.random());
        this.standing = new Standing("report", audit, rhythm.nanos());
        this.rhythm = rhythm;
    }

    /** How it stands with the enterprise; any thread may ask. */
    public List<StatusLine> status() {
        return standing.lines();
    }

    @Override
    public void run() {
        try {
            while (!rhythm.stop().requested()) {
                rhythm.pulse().run();
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("loop=report state=ENDED");
    }

    /** One report, and a wait when there is no more to send or it failed. */
    private void turn() throws InterruptedException {
        Duration wait;
        try {
            Sending.Sent sent = sending.send();
            if (sent == Sending.Sent.PROGRESS) {
                standing.online();
                backoff.reset();
                return;
            }
            if (sent == Sending.Sent.NOT_YET) {
                rest(LOOK_AGAIN);
                return;
            }
            if (sent == Sending.Sent.NOTHING_TO_SEND) {
                rest(jittered(period.get()));
                return;
            }
            wait = backoff.next(Optional.empty());
        } catch (LinkException e) {
            standing.failed(e);
            wait = Standing.patience(e, backoff);
        } catch (IOException e) {
            LOG.warn("loop=report storage=failed cause=\"{}\"", e.getMessage());
            wait = backoff.next(Optional.empty());
        } catch (RuntimeException | Error e) {
            LOG.error("loop=report bug=\"{}\"", e.toString(), e);
            wait = backoff.next(Optional.empty());
        }
        rhythm.pause().pause(wait);
    }

    /** Until the bell rings or the time is up, with signs of life. */
    private void rest(Duration time) throws InterruptedException {
        boolean rung = false;
        for (long left = time.toMillis(); left > 0 && !rung && !rhythm.stop().requested(); left -= 30_000) {
            rhythm.pulse().run();
            rung = bell.await(Duration.ofMillis(Math.min(left, 30_000)));
        }
    }

    /** Within a tenth of the period, so that a fleet started at once does not report at once for ever. */
    private Duration jittered(Duration every) {
        return Duration.ofMillis(
                (long) (every.toMillis() * (0.9 + 0.2 * rhythm.random().getAsDouble())));
    }
}
