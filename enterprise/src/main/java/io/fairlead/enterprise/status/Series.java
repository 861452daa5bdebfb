package io.fairlead.enterprise.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an item was over some time, in an amount that can be drawn: 2,000 points at most. Times are those of observation, in
 * rising order.
 */
public sealed interface Series {
    Span span();

    /** Every number as it was reported. */
    record Raw(Span span, List<Sample> samples) implements Series {}

    /** Numbers taken together, since there are too many; a bucket in which nothing was reported is absent. */
    record Buckets(Span span, Duration width, List<Bucket> buckets) implements Series {}

    /**
     * Texts: only the changes, the first of them the one that held when the time began.
     *
     * @param cut whether there are more
     */
    record States(Span span, List<State> states, boolean cut) implements Series {}

    record Sample(Instant at, double value) {}

    /**
     * What numbers were in a stretch of time.
     *
     * @param from when it begins
     */
    record Bucket(Instant from, double least, double average, double most, long count) {}

    record State(Instant since, String text) {}
}
