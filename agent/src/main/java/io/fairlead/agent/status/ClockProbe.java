package io.fairlead.agent.status;

import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.contract.agent.Severity;
import java.time.Duration;
import java.util.Optional;

/** Tells the enterprise while this PC's clock differs from its own: alarm {@code agent.clock-wrong}. */
final class ClockProbe implements Probe {
    private final TrustedTime time;

    ClockProbe(TrustedTime time) {
        this.time = time;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public void look(Findings findings) {
        Optional<Duration> wrongBy = time.wrongBy();
        if (wrongBy.isPresent()) {
            findings.raise("agent.clock-wrong", Severity.WARNING, text(wrongBy.get()));
        } else if (time.fresh()) {
            findings.clear("agent.clock-wrong");
        }
    }

    private static String text(Duration ahead) {
        Duration by = ahead.abs();
        String size = by.toDays() > 0
                ? by.toDays() + " d " + by.toHoursPart() + " h"
                : by.toHours() + " h " + by.toMinutesPart() + " min";
        return "the clock of this PC is " + size + (ahead.isNegative() ? " behind" : " ahead");
    }
}
