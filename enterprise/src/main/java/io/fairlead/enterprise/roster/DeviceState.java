package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a device stands, in one word: of several that fit, the first here. The order is that of how much it concerns people. */
public enum DeviceState {
    /** Reported stolen, and not found since. */
    STOLEN("stolen", "Stolen", "bad"),
    /** Taken out of service; lists leave it out unless they are asked for it. */
    RETIRED("retired", "Retired", "off"),
    /** Two holders of its identity are known, and nobody has decided. */
    HELD("held", "Held", "bad"),
    /** Registered, and no agent has enrolled for it. */
    NOT_ENROLLED("not-enrolled", "Not enrolled", "off"),
    /** Takes no instruction until a person says so; it may be there or not. */
    MUTED("muted", "Muted", "off"),
    /** Enrolled, and never heard since. */
    NEVER("never", "Never heard", "off"),
    /** Not heard for longer than {@link #LATE_FOR}. */
    MISSING("missing", "Missing", "bad"),
    /** Has missed a poll. */
    LATE("late", "Late", "warn"),
    /** Heard within {@link #ONLINE_FOR}. */
    ONLINE("online", "Online", "good");

    /** Two polls: an agent holds one for at most 55 s. */
    public static final Duration ONLINE_FOR = Duration.ofSeconds(110);
    /** Beyond a restart of the PC, or of a proxy on the way. */
    public static final Duration LATE_FOR = Duration.ofMinutes(10);

    private static final List<DeviceState> BY_RANK = List.of(values());

    private final String key;
    private final String label;
    private final String tone;

    DeviceState(String key, String label, String tone) {
        this.key = key;
        this.label = label;
        this.tone = tone;
    }

    /** Where a device stands, from its own record. */
    public static DeviceState of(Device device, Instant now) {
        Instant last = device.contact().last();
        if (device.stolenSince() != null) {
            return STOLEN;
        }
        if (device.retiredAt() != null) {
            return RETIRED;
        }
        if (device.contact().heldSince() != null) {
            return HELD;
        }
        if (device.enrolment() == null) {
            return NOT_ENROLLED;
        }
        if (device.muted()) {
            return MUTED;
        }
        if (last == null) {
            return NEVER;
        }
        return last.isBefore(now.minus(LATE_FOR)) ? MISSING : last.isBefore(now.minus(ONLINE_FOR)) ? LATE : ONLINE;
    }

    /** As it stands in links and in SQL. */
    public String key() {
        return key;
    }

    /** As SQL counts them, from 0. */
    int rank() {
        return BY_RANK.indexOf(this);
    }

    static DeviceState ofRank(int rank) {
        return BY_RANK.get(rank);
    }

    /** In a word, for people. */
    public String label() {
        return label;
    }

    /** How it is shown: good, warn, bad or off. */
    public String tone() {
        return tone;
    }

    public static Optional<DeviceState> ofKey(String key) {
        for (DeviceState state : values()) {
            if (state.key.equals(key)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
