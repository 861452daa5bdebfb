package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the audit say what accounts asked for that they may not, or that is nowhere where they may: the same once a minute, and of
 * an account {@value #MOST} a minute, so that a system that asks all day fills no disk; the next one says how many more there
 * were. For several threads.
 */
public final class RefusedDeeds {
    /** Entries of one account in a minute. */
    static final int MOST = 60;

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(RefusedDeeds.class);
    private static final Set<Fault> ABOUT_RIGHTS =
            EnumSet.of(Fault.FORBIDDEN, Fault.ADDRESS_LIMIT_NEEDED, Fault.UNKNOWN_DEVICE, Fault.NOT_FOUND);

    private final Audit audit;
    private final Clock clock;
    private final Map<String, Minute> minutes = new HashMap<>();

    /** What was refused to one account since a moment. */
    private static final class Minute {
        final Instant begun;
        final Set<String> said = new HashSet<>();
        long more;

        Minute(Instant begun) {
            this.begun = begun;
        }
    }

    public RefusedDeeds(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Ends when it is written; never fails. What has nothing to do with rights is passed over. */
    Future<Void> note(Caller caller, Throwable failure) {
        Fault fault = FailureMeaning.fault(failure);
        if (!ABOUT_RIGHTS.contains(fault)) {
            return Future.succeededFuture();
        }
        String what =
                "call=" + caller.call() + " code=" + fault.key() + " why=\"" + FailureMeaning.detail(failure) + "\"";
        long more = due(caller.actor().name(), what);
        return more < 0
                ? Future.succeededFuture()
                : audit.record(entry(caller, what, more))
                        .onFailure(lost -> LOG.warn(
                                "refusal=not-audited correlation={} cause={}",
                                caller.correlation(),
                                FailureMeaning.name(lost)))
                        .transform(written -> Future.succeededFuture());
    }

    /** How many were passed over in the minute before; below 0 when this one is to be passed over itself. */
    private synchronized long due(String account, String what) {
        Instant now = clock.instant();
        Minute minute = minutes.get(account);
        long before = 0;
        if (minute == null || !now.isBefore(minute.begun.plus(PAUSE))) {
            before = minute == null ? 0 : minute.more;
            minute = new Minute(now);
            minutes.put(account, minute);
        }
        if (minute.said.size() < MOST && minute.said.add(what)) {
            return before;
        }
        minute.more++;
        return -1;
    }

    private static AuditEntry entry(Caller caller, String what, long more) {
        return new AuditEntry(
                caller.actor().audited(),
                AuditCode.ACCOUNT_FORBIDDEN,
                "",
                what + " address=" + caller.address() + " correlation=" + caller.correlation()
                        + (more == 0 ? "" : " more=" + more));
    }
}
