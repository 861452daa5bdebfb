package io.fairlead.agent.consent;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Who says no twice, or is not there twice, is not asked about the same action for half an hour: nobody shall agree only
 * to be left alone. A yes, or a word at the instrument, ends it. The {@link Asking}'s lock guards it.
 */
final class Mute {
    static final int NOES = 2;
    static final Duration QUIET = Duration.ofMinutes(30);

    private final LongSupplier nanos;
    /** Actions are words of the policy, so there are few. */
    private final Map<String, Noes> byAction = new HashMap<>();

    private record Noes(int count, long sinceNanos) {}

    Mute(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void ended(String action, Answer answer) {
        if (answer.approved()) {
            byAction.remove(action);
        } else if (answer instanceof Answer.Declined || answer instanceof Answer.Unanswered) {
            Noes before = byAction.getOrDefault(action, new Noes(0, 0));
            byAction.put(action, new Noes(before.count() + 1, nanos.getAsLong()));
        }
    }

    /** Minutes until it may be asked about again; empty when it may now. */
    Optional<Long> minutesLeft(String action) {
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
    }

    /** What is not asked about, for people; empty when there is no such thing. */
    String text() {
        return byAction.keySet().stream().sorted().toList().stream()
                .flatMap(action -> minutesLeft(action)
                        .map(minutes -> "Not asked about " + action + " for " + minutes + " min: two questions were"
                                + " declined or not answered.")
                        .stream())
                .collect(Collectors.joining(" "));
    }
}
