package io.fairlead.enterprise.integration;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a page of a long list ended, as callers give it back: microseconds since 1970, a dot, how many of that moment. */
final class Cursors {
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,17})\\.([0-9]{1,6})");

    private Cursors() {}

    static String of(Instant moment, int skip) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment) + "." + skip;
    }

    /**
     * The place that a cursor names; null without one. Throws a Refusal(INVALID) for what no page has answered.
     *
     * @param place of the feature, from a moment and a number
     */
    static <P> @Nullable P place(@Nullable String cursor, BiFunction<Instant, Integer, P> place) {
        if (cursor == null) {
            return null;
        }
        Matcher parts = CURSOR.matcher(cursor);
        if (!parts.matches()) {
            throw new Refusal(Fault.INVALID, "a cursor that no page has answered");
        }
        Instant moment = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
        return place.apply(moment, Integer.parseInt(parts.group(2)));
    }
}
