package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.Backoff;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.CurrentIdentity;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.Renewal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews this device's certificate, in a thread of its own, so that no poll waits for it: when it is due by the trusted
 * time, or when the enterprise asks; tried again with back-off while the old one lives. After its end only a person can
 * help, and this loop says so.
 */
public final class RenewalLoop implements Runnable {
    /** The trusted time may leap, and a PC may sleep: whether it is due is asked anew at least this often. */
    static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    /** What was asked for twice in this time was asked for once. */
    static final Duration ASKED_ONCE = Duration.ofSeconds(30);

    /** How often to look whether the newest certificate is in use: polls take it up between two of them. */
    static final Duration UNTIL_USED = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RenewalLoop.class);

    private final Renewal renewal;
    private final CurrentIdentity identity;
    private final Runnable kept;
    private final TrustedTime time;
    private final LocalAudit audit;
    private final Backoff backoff;
    private final Standing standing;
    private final Bell bell;
    private final Rhythm rhythm;
    private volatile boolean asked;
    private volatile long renewedAt;
    private volatile boolean everRenewed;

    /**
     * @param kept called when a new certificate is on disk
     * @param bell wakes the loop, for {@link #renewNow} and at the end
     */
    public RenewalLoop(
            Renewal renewal,
            CurrentIdentity identity,
            Runnable kept,
            TrustedTime time,
            LocalAudit audit,
            Bell bell,
            Rhythm rhythm) {
        this.renewal = renewal;
        this.identity = identity;
        this.kept = kept;
        this.time = time;
        this.audit = audit;
        this.backoff = new Backoff(rhythm.random());
        this.standing = new Standing("renewal", audit, rhythm.nanos());
        this.bell = bell;
        this.rhythm = rhythm;
    }

    /** The enterprise asks for a new key. Without effect while the last new one is not in use yet, or is seconds old. */
    public void renewNow() {
        boolean waiting = !identity.kept().equals(identity.get());
        boolean justDone = everRenewed && rhythm.nanos().getAsLong() - renewedAt < ASKED_ONCE.toNanos();
        if (!asked && !waiting && !justDone) {
            LOG.info("loop=renewal asked=by-enterprise");
            asked = true;
            bell.ring();
        }
    }

    @Override
    public void run() {
        try {
            while (!rhythm.stop().requested()) {
                rhythm.pulse().run();
                rest(turn());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("loop=renewal state=ENDED");
    }

    /** One look, and a try when it is time; returns how long to wait before the next. */
    Duration turn() {
        Identity newest = identity.kept();
        Instant now = time.now();
        if (now.isAfter(newest.expires())) {
            standing.failed(LinkException.expired(newest.expires()));
            return LOOK_EVERY;
        }
        if (!newest.equals(identity.get())) {
            // It would be asked for over a connection of the one before, with another key: that is what a second holder
            // does.
            return UNTIL_USED;
        }
        Duration left = Duration.between(now, newest.renewalDue());
        if (!asked && !left.isNegative() && !left.isZero()) {
            return left.compareTo(LOOK_EVERY) < 0 ? left.plusMillis(1) : LOOK_EVERY;
        }
        return attempt(newest);
    }

    private Duration attempt(Identity before) {
        try {
            Identity next = renewal.renew();
            asked = false;
            everRenewed = true;
            renewedAt = rhythm.nanos().getAsLong();
            standing.online();
            backoff.reset();
            LOG.info(
                    "certificate=renewed serial={} replaces={} until={}",
                    next.serial(),
                    before.serial(),
                    next.expires());
            audit.record(
                    LocalAuditCode.CERTIFICATE_RENEWED,
                    "serial",
                    next.serial(),
                    "replaces",
                    before.serial(),
                    "until",
                    next.expires());
            kept.run();
            // On a clock that is far ahead each new certificate is due at once.
            return time.now().isBefore(next.renewalDue()) ? Duration.ZERO : LOOK_EVERY;
        } catch (LinkException e) {
            standing.failed(e);
            return Standing.patience(e, backoff);
        } catch (IOException e) {
            LOG.warn("loop=renewal storage=failed cause=\"{}\"", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("loop=renewal bug=\"{}\"", e.toString(), e);
        }
        return backoff.next(Optional.empty());
    }

    /** Until the bell rings or the time is up, with signs of life. */
    private void rest(Duration time) throws InterruptedException {
        boolean rung = false;
        for (long left = time.toMillis(); left > 0 && !rung && !rhythm.stop().requested(); left -= 30_000) {
            rhythm.pulse().run();
            rung = bell.await(Duration.ofMillis(Math.min(left, 30_000)));
        }
    }
}
