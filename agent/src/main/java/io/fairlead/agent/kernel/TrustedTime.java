package io.fairlead.agent.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time it is, for two purposes. Certificates are judged by {@link #now}: the later of the PC's clock and the latest
 * server time ever heard, carried on by the machine's monotonic clock, so that a PC whose battery is empty cannot bring an
 * expired certificate back to life. Orders are judged by {@link #byServer}: the server's time as last heard, so that a PC
 * whose clock is wrong still obeys in time.
 *
 * <p>A server that is wrong cannot lead the agent astray for good: a time that is more than a day ahead of what is known
 * counts when a second answer agrees, and one beyond the end of this device's certificate never, because a server of that
 * time would not have taken the certificate. What was heard outlives a restart (written at most once a minute), and not a
 * new enrolment. Thread-safe.
 */
public final class TrustedTime {
    /** From this difference on the PC's clock is called wrong. */
    public static final Duration WRONG = Duration.ofMinutes(5);
    /** So far ahead one answer alone is not believed. */
    static final Duration JUMP = Duration.ofDays(1);

    private static final Duration WRITE_EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(TrustedTime.class);

    private final Durable file;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Supplier<Lifetime> certificate;
    private final LocalAudit audit;

    /** The latest server time of all, and when it was heard. */
    private Heard farthest;
    /** The server time of the last answer that was believed; null before the first since the start. */
    private @Nullable Heard last;
    /** A jump that waits for a second answer. */
    private @Nullable Heard jump;

    private Instant written = Instant.EPOCH;
    private final List<Runnable> whenFresh = new ArrayList<>();
    private @Nullable Duration wrongBy;
    private boolean doubted;

    /** A server time, and by how much the PC was ahead of it then. */
    private record Heard(Instant time, long atNanos, Duration pcAhead) {}

    /**
     * Between these times this device's certificate is valid. It is never before its making, and a server of a time beyond
     * its end would not have taken it.
     */
    public record Lifetime(Instant from, Instant until) {
        /** That of no certificate. */
        static final Lifetime UNKNOWN = new Lifetime(Instant.EPOCH, Instant.MAX);
    }

    /** For who has no certificate yet; a file that cannot be read counts as none. */
    public TrustedTime(Path file, Clock clock, LocalAudit audit) {
        this(file, clock, () -> Lifetime.UNKNOWN, audit);
    }

    /**
     * Reads what was heard before; a file that cannot be read counts as none.
     *
     * @param certificate of this device, the newest
     */
    public TrustedTime(Path file, Clock clock, Supplier<Lifetime> certificate, LocalAudit audit) {
        this(file, clock, System::nanoTime, certificate, audit);
    }

    TrustedTime(Path file, Clock clock, LongSupplier nanos, Supplier<Lifetime> certificate, LocalAudit audit) {
        this.file = new Durable(file);
        this.clock = clock;
        this.nanos = nanos;
        this.certificate = certificate;
        this.audit = audit;
        this.farthest = new Heard(later(read(), certificate.get().from()), nanos.getAsLong(), Duration.ZERO);
        judgeAtStart();
    }

    private Instant read() {
        try {
            Optional<byte[]> text = file.read();
            if (text.isPresent()) {
                Instant heard = Instant.parse(new String(text.get(), StandardCharsets.US_ASCII).strip());
                if (!heard.isAfter(certificate.get().until())) {
                    written = heard;
                    return heard;
                }
                doubt(heard, "it was kept from before");
            }
        } catch (IOException | DateTimeException e) {
            LOG.warn("trusted-time=unreadable file={} cause={}", file.file(), e.toString());
        }
        return Instant.EPOCH;
    }

    /** Time does not run backwards: a PC behind what was heard before is wrong, whoever is asked. */
    private void judgeAtStart() {
        Instant pc = clock.instant();
        Duration ahead = Duration.between(farthest.time(), pc);
        if (ahead.compareTo(WRONG.negated()) < 0) {
            tellWrong(ahead, farthest.time());
        } else if (pc.isAfter(certificate.get().until())) {
            audit.record(
                    LocalAuditCode.CLOCK_DOUBTFUL,
                    "pc",
                    pc,
                    "certificate-ends",
                    certificate.get().until(),
                    "server",
                    farthest.time());
        }
    }

    /** The time to judge certificates by. */
    public synchronized Instant now() {
        return later(clock.instant(), carriedOn(farthest));
    }

    /**
     * The time to judge by what the contract measures in server time. Before the server was heard since this start it is
     * {@link #now}.
     */
    public synchronized Instant byServer() {
        // The monotonic clock stands still while the PC sleeps; the PC's clock, corrected, does not.
        Heard heard = last;
        return heard == null ? now() : later(carriedOn(heard), clock.instant().minus(heard.pcAhead()));
    }

    /** Takes in the server's time from an answer that came over an authenticated connection. */
    public void heard(Instant server) {
        take(server).forEach(Runnable::run);
    }

    /** Returns whom to call. */
    private synchronized List<Runnable> take(Instant server) {
        Heard heard = new Heard(server, nanos.getAsLong(), Duration.between(server, clock.instant()));
        if (!believed(heard)) {
            return List.of();
        }
        last = heard;
        if (server.isAfter(carriedOn(farthest))) {
            farthest = heard;
        }
        compare(heard);
        if (carriedOn(farthest).isAfter(written.plus(WRITE_EVERY))) {
            write(carriedOn(farthest));
        }
        List<Runnable> calls = List.copyOf(whenFresh);
        whenFresh.clear();
        return calls;
    }

    private boolean believed(Heard heard) {
        Instant server = heard.time();
        if (server.isAfter(certificate.get().until())) {
            doubt(server, "this device's certificate ends before");
            return false;
        }
        Heard before = jump;
        jump = null;
        if (server.isAfter(now().plus(JUMP)) && !agree(before, server)) {
            LOG.warn("server-time={} state=JUMP known={}", server, now());
            jump = heard;
            return false;
        }
        if (server.isBefore(carriedOn(farthest).minus(JUMP))) {
            doubt(server, "it was later before: certificates are judged by the later time until a new enrolment");
        } else {
            doubted = false;
        }
        return true;
    }

    private boolean agree(@Nullable Heard before, Instant server) {
        return before != null
                && Duration.between(carriedOn(before), server).abs().compareTo(WRONG) <= 0;
    }

    private void doubt(Instant server, String why) {
        if (!doubted) {
            LOG.warn("server-time={} state=DOUBTFUL why=\"{}\"", server, why);
            audit.record(LocalAuditCode.CLOCK_SERVER_DOUBTFUL, "server", server, "pc", clock.instant(), "why", why);
        }
        doubted = true;
    }

    /** Whether the server's time was heard since this start; before that no instruction is run. */
    public synchronized boolean fresh() {
        return last != null;
    }

    /** Calls once, when the server's time is heard first since this start; at once when it was. */
    public void whenFresh(Runnable call) {
        synchronized (this) {
            if (last == null) {
                whenFresh.add(call);
                return;
            }
        }
        call.run();
    }

    /** By how much the PC's clock is ahead of the server's (negative: behind); empty within {@link #WRONG}. */
    public synchronized Optional<Duration> wrongBy() {
        return Optional.ofNullable(wrongBy);
    }

    private Instant carriedOn(Heard heard) {
        return heard.time().plusNanos(Math.max(0, nanos.getAsLong() - heard.atNanos()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void compare(Heard heard) {
        boolean wrong = heard.pcAhead().abs().compareTo(WRONG) > 0;
        if (wrong && wrongBy == null) {
            tellWrong(heard.pcAhead(), heard.time());
        } else if (!wrong && wrongBy != null) {
            audit.record(LocalAuditCode.CLOCK_RIGHT);
        }
        wrongBy = wrong ? heard.pcAhead() : null;
    }

    private void tellWrong(Duration ahead, Instant server) {
        LOG.warn("clock=WRONG pc-ahead-seconds={} server={}", ahead.toSeconds(), server);
        audit.record(LocalAuditCode.CLOCK_WRONG, "pc-ahead-seconds", ahead.toSeconds(), "server", server);
        wrongBy = ahead;
    }

    private void write(Instant time) {
        try {
            file.replace(time.toString().getBytes(StandardCharsets.US_ASCII));
            written = time;
        } catch (IOException e) {
            LOG.warn("trusted-time=unwritten cause={}", e.toString());
        }
    }
}
