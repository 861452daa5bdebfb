package io.fairlead.enterprise.roster;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which devices a list is to hold. A null property, an empty set, an empty text is not asked about.
 *
 * @param text words, each of which has to be somewhere in id, customer, site, region, model, serial number or address;
 *     case does not count
 * @param alarm the code of an alarm that is open
 * @param group the name of a group of devices
 * @param states when there are none, all but retired ones
 */
public record RosterFilter(
        String text,
        @Nullable String customer,
        @Nullable String site,
        @Nullable String region,
        @Nullable String model,
        @Nullable String alarm,
        @Nullable String group,
        Set<DeviceState> states,
        Set<Health> healths) {
    public static final RosterFilter ALL = new RosterFilter("", null, null, null, null, null, Set.of(), Set.of());
    static final int LONGEST_TEXT = 200;
    static final int MOST_WORDS = 8;

    /** Throws a Refusal(INVALID) for a text that is too long. */
    public RosterFilter {
        text = text.strip();
        if (text.length() > LONGEST_TEXT) {
            throw new Refusal(Fault.INVALID, "a search has at most 200 characters");
        }
        states = Set.copyOf(states);
        healths = Set.copyOf(healths);
    }

    /** Of any group. */
    public RosterFilter(
            String text,
            @Nullable String customer,
            @Nullable String site,
            @Nullable String region,
            @Nullable String model,
            @Nullable String alarm,
            Set<DeviceState> states,
            Set<Health> healths) {
        this(text, customer, site, region, model, alarm, null, states, healths);
    }

    /** The same for the states alone. */
    public static RosterFilter of(DeviceState state) {
        return new RosterFilter("", null, null, null, null, null, Set.of(state), Set.of());
    }

    /** Patterns for ILIKE, in which nothing that was typed means anything but itself. */
    List<String> patterns() {
        return patterns(text);
    }

    static List<String> patterns(String text) {
        return Arrays.stream(text.split("[\\s\\p{Cntrl}]+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .map(word ->
                        "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                .toList();
    }

    /** The states that are taken. */
    Set<DeviceState> taken() {
        return states.isEmpty() ? EnumSet.complementOf(EnumSet.of(DeviceState.RETIRED)) : states;
    }

    boolean takes(DeviceState state) {
        return taken().contains(state);
    }

    boolean takes(Health health) {
        return healths.isEmpty() || healths.contains(health);
    }
}
