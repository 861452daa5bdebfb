package io.fairlead.agent.consent;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Entries that somebody at the PC can cause at will: one a minute at most, with the number of those between, so that they
 * cannot push others out of the customer's audit. Thread-safe.
 */
final class Sparing {
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final LocalAudit audit;
    private final LocalAuditCode code;
    private boolean told;
    private long toldAt;
    private long untold;

    Sparing(LongSupplier nanos, LocalAudit audit, LocalAuditCode code) {
        this.nanos = nanos;
        this.audit = audit;
        this.code = code;
    }

    synchronized void record(Object... keysAndValues) {
        untold++;
        long now = nanos.getAsLong();
        if (told && now - toldAt < QUIET.toNanos()) {
            return;
        }
        Object[] entry = Arrays.copyOf(keysAndValues, keysAndValues.length + 2);
        entry[keysAndValues.length] = "since-last-entry";
        entry[keysAndValues.length + 1] = untold;
        audit.record(code, entry);
        told = true;
        toldAt = now;
        untold = 0;
    }
}
