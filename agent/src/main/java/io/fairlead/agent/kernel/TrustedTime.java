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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time by which certificates and instructions are judged: the later of the PC's clock and the server's time as last
 * heard, carried on by the machine's monotonic clock. A PC whose battery is empty cannot bring an expired certificate
 * back to life. What was heard outlives a restart (written at most once a minute). Thread-safe.
 */
public final class TrustedTime {
    /** From this difference on the PC's clock is called wrong. */
    public static final Duration WRONG = Duration.ofMinutes(5);

    private static final Duration WRITE_EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(TrustedTime.class);

    private final Durable file;
    private final Clock clock;
    private final LongSupplier nanos;
    private final LocalAudit audit;

    private Instant last = Instant.EPOCH;
    private long lastNanos;
    private Instant written = Instant.EPOCH;
    private boolean fresh;
    private final List<Runnable> whenFresh = new ArrayList<>();
    private @Nullable Duration wrongBy;

    /** Reads what was heard before; a file that cannot be read counts as none. */
    public TrustedTime(Path file, Clock clock, LocalAudit audit) {
        this(file, clock, System::nanoTime, audit);
    }

    TrustedTime(Path file, Clock clock, LongSupplier nanos, LocalAudit audit) {
        this.file = new Durable(file);
        this.clock = clock;
        this.nanos = nanos;
        this.audit = audit;
        this.lastNanos = nanos.getAsLong();
        read();
    }

    private void read() {
        try {
            Optional<byte[]> text = file.read();
            if (text.isPresent()) {
                last = Instant.parse(new String(text.get(), StandardCharsets.US_ASCII).strip());
                written = last;
            }
        } catch (IOException | DateTimeException e) {
            LOG.warn("trusted-time=unreadable file={} cause={}", file.file(), e.toString());
        }
    }

    /** The time to judge by. */
    public synchronized Instant now() {
        Instant pc = clock.instant();
        Instant server = server();
        return pc.isAfter(server) ? pc : server;
    }

    /** Takes in the server's time from an answer that came over an authenticated connection. */
    public void heard(Instant server) {
        take(server).forEach(Runnable::run);
    }

    /** Returns whom to call. */
    private synchronized List<Runnable> take(Instant server) {
        if (server.isAfter(server())) {
            last = server;
            lastNanos = nanos.getAsLong();
        }
        fresh = true;
        compare(server);
        if (server().isAfter(written.plus(WRITE_EVERY))) {
            write(server());
        }
        List<Runnable> calls = List.copyOf(whenFresh);
        whenFresh.clear();
        return calls;
    }

    /** Whether the server's time was heard since this start; before that no instruction is run. */
    public synchronized boolean fresh() {
        return fresh;
    }

    /** Calls once, when the server's time is heard first since this start; at once when it was. */
    public void whenFresh(Runnable call) {
        synchronized (this) {
            if (!fresh) {
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

    private Instant server() {
        return last.plusNanos(Math.max(0, nanos.getAsLong() - lastNanos));
    }

    private void compare(Instant server) {
        Duration ahead = Duration.between(server, clock.instant());
        boolean wrong = ahead.abs().compareTo(WRONG) > 0;
        if (wrong && wrongBy == null) {
            audit.record(LocalAuditCode.CLOCK_WRONG, "pc-ahead-seconds", ahead.toSeconds(), "server", server);
        } else if (!wrong && wrongBy != null) {
            audit.record(LocalAuditCode.CLOCK_RIGHT);
        }
        wrongBy = wrong ? ahead : null;
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
