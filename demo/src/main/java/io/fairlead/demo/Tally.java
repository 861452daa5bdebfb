package io.fairlead.demo;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been seen since the start: who reported, who obeyed, which alarms there were. */
final class Tally {
    private final Instant begun;
    private final Set<String> reported = new HashSet<>();
    private final Set<String> alarms = new HashSet<>();
    private final Map<String, Long> given = new HashMap<>();
    private final Map<String, String> results = new HashMap<>();

    Tally(Instant begun) {
        this.begun = begun;
    }

    /** An instruction that was given to a device, by its number. */
    void gave(String device, long number) {
        given.put(device, number);
    }

    boolean hasGiven(String device) {
        return given.containsKey(device);
    }

    /** Whether a device has done what it was given. */
    boolean obeyed(String device) {
        return "DONE".equals(results.get(device));
    }

    /** Whether a device was heard since the start. */
    boolean heard(Seen seen) {
        return seen.heardSince(begun);
    }

    boolean anyReported() {
        return !reported.isEmpty();
    }

    void saw(Seen seen) {
        if (seen.reportedSince(begun)) {
            reported.add(seen.id());
        }
        for (JsonObject alarm : seen.all("alarms")) {
            alarms.add(seen.id() + " " + alarm.getString("code") + " " + alarm.getString("since"));
        }
        for (JsonObject instruction : seen.all("instructions")) {
            Long number = given.get(seen.id());
            if (number != null && number.equals(instruction.getLong("number"))) {
                results.put(seen.id(), instruction.getString("state"));
            }
        }
    }

    /** What is missing, for people: nothing when every device reported and obeyed. */
    List<String> missing(List<String> devices) {
        List<String> missing = new ArrayList<>();
        for (String device : devices) {
            if (!reported.contains(device)) {
                missing.add(device + " has not reported");
            } else if (!given.containsKey(device)) {
                missing.add(device + " was given no instruction");
            } else if (!obeyed(device)) {
                missing.add(device + "'s instruction " + given.get(device) + " is "
                        + results.getOrDefault(device, "not seen"));
            }
        }
        return missing;
    }

    /** Such as {@code 3 agents, 37 messages, 3 instructions obeyed, 1 alarm}. */
    String summary(int agents, long messages) {
        long obeyed = results.values().stream().filter("DONE"::equals).count();
        return count(agents, "agent") + ", " + count(messages, "message") + ", " + count(obeyed, "instruction")
                + " obeyed, " + count(alarms.size(), "alarm");
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
