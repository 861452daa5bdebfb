package io.fairlead.enterprise.notification;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What this node delivered, and what not. */
final class DeliveryMeters {
    private final MeterRegistry metrics;
    private final Timer taken;
    private final Counter notifications;

    DeliveryMeters(MeterRegistry metrics) {
        this.metrics = metrics;
        this.taken = deliveries("taken");
        this.notifications = Counter.builder("fairlead.notification.taken")
                .description("Notifications that receivers took")
                .register(metrics);
    }

    private Timer deliveries(String outcome) {
        return Timer.builder("fairlead.notification.deliveries")
                .description("Tries to deliver, by how they ended")
                .tag("outcome", outcome)
                .register(metrics);
    }

    void count(Attempt attempt) {
        Undelivered why = attempt.undelivered();
        timer(why).record(attempt.took());
        if (why == null) {
            notifications.increment(attempt.count());
        }
    }

    private Timer timer(@Nullable Undelivered why) {
        return why == null
                ? taken
                : deliveries(why.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
