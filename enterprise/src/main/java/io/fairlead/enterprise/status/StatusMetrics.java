package io.fairlead.enterprise.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** What the group commit counts. */
final class StatusMetrics {
    private final MeterRegistry registry;
    private final Counter stored;
    private final Counter duplicates;
    private final Counter rejected;
    private final Counter failures;
    private final Timer commits;
    private final AtomicInteger queued = new AtomicInteger();

    StatusMetrics(MeterRegistry registry) {
        this.registry = registry;
        stored = messages("stored");
        duplicates = messages("duplicate");
        rejected = messages("rejected");
        failures = Counter.builder("fairlead.status.commit.failures")
                .description("Transactions that failed, those of a bisection among them not")
                .register(registry);
        commits = Timer.builder("fairlead.status.commit")
                .description("From the begin of a group's transaction to its commit, bisections included")
                .register(registry);
        Gauge.builder("fairlead.status.queue", queued, AtomicInteger::get)
                .description("Messages that wait for a group")
                .register(registry);
    }

    private Counter messages(String outcome) {
        return Counter.builder("fairlead.status.messages")
                .description("Messages settled")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** A transaction under way. */
    interface Commit {
        void done();
    }

    Commit commit() {
        Timer.Sample sample = Timer.start(registry);
        return () -> sample.stop(commits);
    }

    void settled(SliceOutcome outcome) {
        stored.increment(outcome.stored());
        duplicates.increment(outcome.duplicates());
        rejected.increment(outcome.rejected().size());
    }

    void failed() {
        failures.increment();
    }

    void queued(int messages) {
        queued.set(messages);
    }
}
