package io.fairlead.enterprise.status;

import io.fairlead.enterprise.status.GroupRows.ItemKey;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of alarms within a group. A statement may touch an alarm once, so that they are done in rounds: the first
 * change of every alarm, then the second of those that have one, and so on. Repeated raisings are one change with a
 * count, repeated clearings one change. Nearly always there is one round.
 */
final class AlarmRounds {
    /** One or more changes of an alarm in the same direction. */
    record Step(String device, AlarmChange newest, OffsetDateTime first, OffsetDateTime last, long count) {
        private Step and(AlarmChange change, OffsetDateTime at) {
            String text = change.text() == null ? newest.text() : change.text();
            AlarmChange merged = new AlarmChange(change.code(), change.severity(), text, change.raised());
            return new Step(device, merged, first, at.isAfter(last) ? at : last, count + 1);
        }
    }

    private final List<Map<ItemKey, Step>> rounds = new ArrayList<>();
    private final Map<ItemKey, Integer> newest = new HashMap<>();

    void add(String device, AlarmChange change, OffsetDateTime at) {
        ItemKey key = new ItemKey(device, change.code());
        Integer round = newest.get(key);
        Step before = round == null ? null : rounds.get(round).get(key);
        if (round != null && before != null && before.newest().raised() == change.raised()) {
            rounds.get(round).put(key, before.and(change, at));
            return;
        }
        int next = round == null ? 0 : round + 1;
        if (rounds.size() == next) {
            rounds.add(new HashMap<>());
        }
        rounds.get(next).put(key, new Step(device, change, at, at, 1));
        newest.put(key, next);
    }

    /** The steps of each round in one direction; a round may be empty. */
    List<List<Step>> steps(boolean raised) {
        return rounds.stream()
                .map(round -> round.values().stream()
                        .filter(step -> step.newest().raised() == raised)
                        .toList())
                .toList();
    }
}
