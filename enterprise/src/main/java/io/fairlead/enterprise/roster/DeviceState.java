package io.fairlead.enterprise.roster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a device stands, in one word: of several that fit, the first here. The order is that of how much it concerns people. */
public enum DeviceState {
    /** Reported stolen, and not found since. */
    STOLEN("stolen"),
    /** Two holders of its identity are known, and nobody has decided. */
    HELD("held"),
    /** Registered, and no agent has enrolled for it. */
    NOT_ENROLLED("not-enrolled"),
    /** Takes no instruction until a person says so; it may be there or not. */
    MUTED("muted"),
    /** Enrolled, and never heard since. */
    NEVER("never"),
    /** Not heard for longer than {@link #LATE_FOR}. */
    MISSING("missing"),
    /** Has missed a poll. */
    LATE("late"),
    /** Heard within {@link #ONLINE_FOR}. */
    ONLINE("online");

    /** Two polls: an agent holds one for at most 55 s. */
    public static final Duration ONLINE_FOR = Duration.ofSeconds(110);
    /** Beyond a restart of the PC, or of a proxy on the way. */
    public static final Duration LATE_FOR = Duration.ofMinutes(10);

    private static final List<DeviceState> BY_RANK = List.of(values());

    private final String key;

    DeviceState(String key) {
        this.key = key;
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

    public static Optional<DeviceState> ofKey(String key) {
        for (DeviceState state : values()) {
            if (state.key.equals(key)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
