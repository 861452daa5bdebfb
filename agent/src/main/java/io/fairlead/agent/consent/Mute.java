package io.fairlead.agent.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who says no twice, or is not there twice, is not asked about the same action for half an hour, and who says "not today" not
 * until midnight: nobody shall agree only to be left alone. A question counts as a no from its beginning, should the agent end
 * before its answer. A yes, or a word at the instrument, ends it; a start of the agent does not ({@link MuteFile}). The
 * {@link Asking}'s lock guards it.
 */
final class Mute {
    static final int NOES = 2;
    static final Duration QUIET = Duration.ofMinutes(30);

    /** The longest day there is, should the PC's clock be set back. */
    static final Duration LONGEST_DAY = Duration.ofHours(25);

    private final Clock clock;
    private final LongSupplier nanos;
    private final MuteFile file;
    private final Map<String, Day> notToday = new HashMap<>();
    /** Actions are words of the policy, so there are few. */
    private final Map<String, Noes> byAction = new HashMap<>();

    /** @param open questions that have no answer yet */
    private record Noes(int count, int open, Instant since, long sinceNanos) {
        boolean none() {
            return count + open == 0;
        }
    }

    private record Day(Instant since, Instant end, long sinceNanos) {}

    /** @param clock in the PC's time zone, for midnight is the one on the wall */
    Mute(Clock clock, LongSupplier nanos, MuteFile file) {
        this.clock = clock;
        this.nanos = nanos;
        this.file = file;
        MuteFile.Content kept = file.read();
        kept.noes().forEach(one -> byAction.put(one.action(), new Noes(one.count(), 0, one.since(), ago(one.since()))));
        kept.days().forEach(one -> notToday.put(one.action(), new Day(one.since(), one.end(), ago(one.since()))));
    }

    /** What the monotonic clock would have said then; of a time to come: now. */
    private long ago(Instant then) {
        Duration passed = Duration.between(then, clock.instant());
        boolean bygone = passed.compareTo(LONGEST_DAY) < 0;
        return nanos.getAsLong() - Math.max(0, (bygone ? passed : LONGEST_DAY).toNanos());
    }

    private void keep() {
        file.write(new MuteFile.Content(
                byAction.entrySet().stream()
                        .map(one -> new MuteFile.Noes(
                                one.getKey(),
                                one.getValue().count() + one.getValue().open(),
                                one.getValue().since()))
                        .toList(),
                notToday.entrySet().stream()
                        .map(one -> new MuteFile.Day(
                                one.getKey(),
                                one.getValue().since(),
                                one.getValue().end()))
                        .toList()));
    }

    /** Somebody is asked. */
    void begun(String action) {
        Noes before = noes(action);
        put(action, before.count(), before.open() + 1);
        keep();
    }

    /** The answer to a question that has begun. */
    void ended(String action, Answer answer) {
        Noes before = noes(action);
        boolean day = answer instanceof Answer.Declined no && no.notToday();
        put(action, answer.approved() || day ? 0 : before.count() + 1, before.open() - 1);
        if (day) {
            Instant midnight = LocalDate.now(clock)
                    .plusDays(1)
                    .atStartOfDay(clock.getZone())
                    .toInstant();
            notToday.put(action, new Day(clock.instant(), midnight, nanos.getAsLong()));
        }
        keep();
    }

    private Noes noes(String action) {
        return byAction.getOrDefault(action, new Noes(0, 0, Instant.EPOCH, 0));
    }

    private void put(String action, int count, int open) {
        Noes now = new Noes(count, Math.max(0, open), clock.instant(), nanos.getAsLong());
        if (now.none()) {
            byAction.remove(action);
        } else {
            byAction.put(action, now);
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
            put(action, 0, noes.open());
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(left - 1).toMinutes() + 1);
    }

    /** From now on everything may be asked about. */
    void lift() {
        List.copyOf(byAction.keySet())
                .forEach(action -> put(action, 0, noes(action).open()));
        notToday.clear();
        keep();
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
