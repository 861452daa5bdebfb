package io.fairlead.enterprise.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Tokens that were presented before the last one, the oldest first, each with when it stopped to be the last. It stays the
 * one text that a device's row has: every poll carries it over, and only one in doubt looks into it. A token is empty or an
 * {@code Id128} of the contract: neither has a colon or a space.
 *
 * @param text {@code time:token}, a space between two; the time in milliseconds since 1970, to the base 36
 */
record Lately(String text) {
    /** Tokens kept: as many as polls of three seconds make in a minute and a half; parked ones make six in five minutes. */
    static final int MOST = 32;

    /** How long a poll may be on its way. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    static final Lately NONE = new Lately("");

    private static final int BASE = 36;

    boolean has(String token, Instant now) {
        for (int start = 0; start < text.length(); start = end(start) + 1) {
            if (isOf(token, start) && isFresh(start, now)) {
                return true;
            }
        }
        return false;
    }

    /** And this token, which stops to be the last; those of too long ago, and the oldest of too many, are forgotten. */
    Lately with(String token, Instant now) {
        String kept = since(now, MOST - 1);
        String added = Long.toString(now.toEpochMilli(), BASE) + ':' + token;
        return new Lately(kept.isEmpty() ? added : kept + ' ' + added);
    }

    Lately without(String token) {
        return new Lately(Arrays.stream(text.split(" "))
                .filter(one -> !one.endsWith(':' + token))
                .collect(Collectors.joining(" ")));
    }

    /** The newest, as many as these at most. */
    private String since(Instant now, int most) {
        int start = 0;
        for (long many = count(); start < text.length() && (many > most || !isFresh(start, now)); many--) {
            start = end(start) + 1;
        }
        return text.substring(Math.min(start, text.length()));
    }

    private long count() {
        return text.isEmpty() ? 0 : 1 + text.chars().filter(c -> c == ' ').count();
    }

    private boolean isFresh(int start, Instant now) {
        long until = Long.parseLong(text, start, text.indexOf(':', start), BASE);
        return now.toEpochMilli() - until < LONGEST.toMillis();
    }

    private boolean isOf(String token, int start) {
        int from = text.indexOf(':', start) + 1;
        return end(start) - from == token.length() && text.startsWith(token, from);
    }

    private int end(int start) {
        int space = text.indexOf(' ', start);
        return space < 0 ? text.length() : space;
    }
}
