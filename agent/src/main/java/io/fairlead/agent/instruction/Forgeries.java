package io.fairlead.agent.instruction;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Instructions that were not believed: counted, and written to the local audit at most once a minute, so that who sends
 * them cannot push the customer's entries out of the file. Not thread-safe.
 */
final class Forgeries {
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Clock clock;
    private final LocalAudit audit;
    private long count;
    private long untold;
    private Instant quietUntil = Instant.MIN;

    Forgeries(Clock clock, LocalAudit audit) {
        this.clock = clock;
        this.audit = audit;
    }

    void add(long hint, Verdict.Reason reason) {
        count++;
        untold++;
        Instant now = clock.instant();
        // A clock that was set back must not keep us silent for years.
        if (now.isBefore(quietUntil) && now.isAfter(quietUntil.minus(QUIET.multipliedBy(2)))) {
            return;
        }
        audit.record(
                LocalAuditCode.INSTRUCTION_FORGED, "claims", hint, "reason", reason.text(), "since-last-entry", untold);
        untold = 0;
        quietUntil = now.plus(QUIET);
    }

    long count() {
        return count;
    }
}
