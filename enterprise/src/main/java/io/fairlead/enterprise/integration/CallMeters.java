package io.fairlead.enterprise.integration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Calls by service, operation and outcome, with their duration: from the first look at the head to the answer's end. */
final class CallMeters {
    private final MeterRegistry metrics;

    CallMeters(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    Timer.Sample start() {
        return Timer.start(metrics);
    }

    /**
     * @param operation a dash where it never came so far
     * @param outcome ok, gone, or a fault's key
     */
    void end(Timer.Sample sample, String service, String operation, String outcome) {
        sample.stop(Timer.builder("fairlead.integration.calls")
                .description("Calls of integration services.")
                .tag("service", service)
                .tag("operation", operation)
                .tag("outcome", outcome)
                .register(metrics));
    }
}
