package io.fairlead.agent.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who says no twice, or is not there twice, is not asked about the same action for half an hour, and who says "not today" not
 * until midnight: nobody shall agree only to be left alone. A yes, or a word at the instrument, ends it. The {@link Asking}'s
 * lock guards it.
 */
final class Mute {
    static final int NOES = 2;
    static final Duration QUIET = Duration.ofMinutes(30);

    /** The longest day there is, should the PC's clock be set back. */
    static final Duration LONGEST_DAY = Duration.ofHours(25);

    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Day> notToday = new HashMap<>();
    /** Actions are words of the policy, so there are few. */
    private final Map<String, Noes> byAction = new HashMap<>();

    private record Noes(int count, long sinceNanos) {}

    private record Day(Instant end, long sinceNanos) {}

    /** @param clock in the PC's time zone, for midnight is the one on the wall */
    Mute(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    void ended(String action, Answer answer) {
        if (answer.approved()) {
            byAction.remove(action);
        } else if (answer instanceof Answer.Declined no && no.notToday()) {
            Instant midnight = LocalDate.now(clock)
                    .plusDays(1)
                    .atStartOfDay(clock.getZone())
                    .toInstant();
            notToday.put(action, new Day(midnight, nanos.getAsLong()));
            byAction.remove(action);
        } else if (answer instanceof Answer.Declined || answer instanceof Answer.Unanswered) {
            Noes before = byAction.getOrDefault(action, new Noes(0, 0));
            byAction.put(action, new Noes(before.count() + 1, nanos.getAsLong()));
        }
    }

    /** Why nobody is asked about it now, for the enterprise; empty when somebody is. */
    Optional<String> refusal(String action) {
        if (restOfDay(action)) {
            return Optional.of(
                    "not today: nobody at the instrument is asked about " + action + " until midnight there");
        }
        return minutesLeft(action)
                .map(minutes -> "two questions about " + action + " were declined or not answered at the instrument;"
                        + " nobody there is asked again for " + minutes + " min");
    }

    private boolean restOfDay(String action) {
        Day day = notToday.get(action);
        if (day == null) {
            return false;
        }
        boolean lasts =
                clock.instant().isBefore(day.end()) && nanos.getAsLong() - day.sinceNanos() < LONGEST_DAY.toNanos();
        if (!lasts) {
            notToday.remove(action);
        }
        return lasts;
    }

    /** Minutes until it may be asked about again; empty when it may now. */
    private Optional<Long> minutesLeft(String action) {
        Noes noes = byAction.get(action);
        if (noes == null || noes.count() < NOES) {
            return Optional.empty();
        }
        long left = QUIET.toNanos() - (nanos.getAsLong() - noes.sinceNanos());
        if (left <= 0) {
            byAction.remove(action);
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(left - 1).toMinutes() + 1);
    }

    /** From now on everything may be asked about. */
    void lift() {
        byAction.clear();
        notToday.clear();
    }

    /** What is not asked about, for people; empty when there is no such thing. */
    String text() {
        Stream<String> days = notToday.keySet().stream().sorted().toList().stream()
                .filter(this::restOfDay)
                .map(action -> "Not asked about " + action + " until midnight: \"not today\" was answered.");
        Stream<String> minutes = byAction.keySet().stream().sorted().toList().stream()
                .flatMap(action -> minutesLeft(action)
                        .map(left -> "Not asked about " + action + " for " + left + " min: two questions were"
                                + " declined or not answered.")
                        .stream());
        return Stream.concat(days, minutes).collect(Collectors.joining(" "));
    }
}
