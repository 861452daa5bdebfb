package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fleet at one look, as far as one viewer sees it. */
public record Overview(RosterCounts counts, Today today, Needs needs) {
    /**
     * What has changed since the day began.
     *
     * @param enrolled devices, for the first time or anew
     * @param missing devices that were heard today or went missing after midnight, and are missing
     * @param alarms raised, as the server's clock has it, whether they are open still or not
     * @param criticalAlarms of these
     * @param done instructions that ended well
     * @param notDone that failed, were refused or interrupted
     * @param decisions of people about devices: clones, mute, stolen, revoked
     */
    public record Today(
            int registered,
            int enrolled,
            int missing,
            int alarms,
            int criticalAlarms,
            int done,
            int notDone,
            int decisions) {}

    /** What waits for somebody, each with the first few; the worst or oldest first. */
    public record Needs(List<Need> needs) {
        public Needs {
            needs = List.copyOf(needs);
        }

        public boolean isEmpty() {
            return needs.isEmpty();
        }
    }

    /** What somebody is needed for. */
    public enum Kind {
        CLONES,
        /** That nobody has acknowledged. */
        CRITICAL_ALARMS,
        MISSING,
        CERTIFICATES
    }

    /**
     * Something that waits for a person.
     *
     * @param devices how many there are of this kind
     */
    public record Need(Kind kind, int devices, List<Example> first) {
        public Need {
            first = List.copyOf(first);
        }
    }

    /**
     * One of them.
     *
     * @param what more there is to say of it
     * @param since when it began
     */
    public record Example(
            DeviceId device,
            String customer,
            @Nullable String what,
            @Nullable Instant since) {}
}
