package io.fairlead.perf.simulations;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How long a simulation has gone on; it begins when the first virtual user looks. */
final class Watch {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long NOT_YET = Long.MIN_VALUE;

    private final Duration span;
    private final LongSupplier nanos;
    private final AtomicLong begun = new AtomicLong(NOT_YET);

    /** @param nanos a clock that only runs forward */
    Watch(Duration span, LongSupplier nanos) {
        this.span = span;
        this.nanos = nanos;
    }

    Duration elapsed() {
        long now = nanos.getAsLong();
        long first = begun.compareAndSet(NOT_YET, now) ? now : begun.get();
        return Duration.ofNanos(Math.max(0, now - first));
    }

    /** Zero when it is over. */
    Duration left() {
        Duration left = span.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isOver() {
        return left().isZero();
    }

    /** Whether it has been over for a minute: then even what was begun is left as it is. */
    boolean isLongOver() {
        return elapsed().compareTo(span.plus(PATIENCE)) > 0;
    }

    Duration span() {
        return span;
    }
}
