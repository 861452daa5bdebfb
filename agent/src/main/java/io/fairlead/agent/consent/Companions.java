package io.fairlead.agent.consent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Companion windows that wait at the door for something to change. The first that came may accept, the others decline only:
 * two windows shall not show one person what another agrees to. While somebody far away may act on this PC like a person here,
 * none becomes the first: it could be his. The door's thread's own.
 */
final class Companions {
    static final int MOST = 8;
    static final int MOST_OF_ONE = 3;
    /** A window that was told something comes again at once. */
    static final Duration LONGEST_AWAY = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private final BooleanSupplier handsOn;
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable String first;
    private long firstLeftNanos;

    /** One that waits, and what it has seen. */
    record Waiting(Visitor visitor, String key, long seen) {}

    Companions(LongSupplier nanos, BooleanSupplier handsOn) {
        this.nanos = nanos;
        this.handsOn = handsOn;
    }

    /** One is here; true when it has become the first by that. */
    boolean came(String key) {
        boolean vacant = first == null || (!isWaiting(first) && away() >= LONGEST_AWAY.toNanos());
        boolean taken = vacant && !handsOn.getAsBoolean();
        if (vacant) {
            first = taken ? key : null;
        }
        if (key.equals(first)) {
            firstLeftNanos = nanos.getAsLong();
        }
        return taken;
    }

    private long away() {
        return nanos.getAsLong() - firstLeftNanos;
    }

    private boolean isWaiting(String key) {
        return waiting.stream().anyMatch(each -> each.key().equals(key));
    }

    /** Whether one that was here may accept. */
    boolean accepts(String key) {
        return key.equals(first);
    }

    boolean hasRoom(Person person) {
        long ofHis = waiting.stream()
                .filter(each -> each.visitor().person().equals(person))
                .count();
        return waiting.size() < MOST && ofHis < MOST_OF_ONE;
    }

    void await(Visitor visitor, String key, long seen) {
        waiting.add(new Waiting(visitor, key, seen));
    }

    /** Those who have not seen this, who wait no longer. */
    List<Waiting> behind(long version) {
        List<Waiting> behind =
                waiting.stream().filter(each -> each.seen() != version).toList();
        waiting.removeAll(behind);
        if (behind.stream().anyMatch(each -> each.key().equals(first))) {
            firstLeftNanos = nanos.getAsLong();
        }
        return behind;
    }

    /** One that waited hung up; true when another is the first by that. */
    boolean left(Visitor visitor) {
        Optional<Waiting> gone =
                waiting.stream().filter(each -> each.visitor() == visitor).findFirst();
        gone.ifPresent(waiting::remove);
        if (gone.isEmpty()
                || !gone.get().key().equals(first)
                || isWaiting(gone.get().key())) {
            return false;
        }
        first = waiting.isEmpty() || handsOn.getAsBoolean()
                ? null
                : waiting.get(0).key();
        return true;
    }

    boolean waits(Visitor visitor) {
        return waiting.stream().anyMatch(each -> each.visitor() == visitor);
    }

    List<Visitor> all() {
        return waiting.stream().map(Waiting::visitor).toList();
    }
}
