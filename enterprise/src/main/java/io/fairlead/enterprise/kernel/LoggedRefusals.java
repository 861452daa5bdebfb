package io.fairlead.enterprise.kernel;

import io.fairlead.soap.Fault;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * So many lines a minute for each fault, so that strangers cannot fill the log. How many more there were is said when
 * the first refusal of a later minute comes.
 */
public final class LoggedRefusals {
    /** Lines for one fault. */
    public static final int PER_MINUTE = 60;

    private static final Logger LOG = LoggerFactory.getLogger(LoggedRefusals.class);

    private final Clock clock;
    private final Map<Fault, Integer> refused = new EnumMap<>(Fault.class);
    private Instant minute = Instant.EPOCH;

    public LoggedRefusals(Clock clock) {
        this.clock = clock;
    }

    /** Counts a refusal; whether it may have a line of its own. */
    public synchronized boolean take(Fault fault) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!now.equals(minute)) {
            refused.forEach(this::sum);
            refused.clear();
            minute = now;
        }
        return refused.merge(fault, 1, Integer::sum) <= PER_MINUTE;
    }

    private void sum(Fault fault, int count) {
        if (count > PER_MINUTE) {
            LOG.warn("refused fault={} and={} more minute={}", fault.key(), count - PER_MINUTE, minute);
        }
    }
}
