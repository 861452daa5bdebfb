package io.fairlead.agent.site;

import io.fairlead.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * Who answers at the instrument when the policy says ask.
 *
 * @param group the group of this PC whose members may enter the agent's door; a name or a number
 * @param people the accounts that may answer; empty: every member of the group but root and the agent's own account
 */
public record SiteApprovers(Optional<String> group, List<String> people) {
    /** Nobody: then nobody can be asked, and what has to be asked is refused. */
    public static final SiteApprovers NOBODY = new SiteApprovers(Optional.empty(), List.of());

    public SiteApprovers {
        people = List.copyOf(people);
    }

    static SiteApprovers of(Settings approvers) {
        return new SiteApprovers(
                SiteValues.optional(approvers, "group", SiteApprovers::account),
                SiteValues.each(approvers, "people", SiteApprovers::account));
    }

    private static String account(String text) {
        if (!text.matches("[^\\p{Cntrl}:/\\\\]{1,64}")) {
            throw new IllegalArgumentException(SiteValues.quoted(text) + " is no name of an account or group");
        }
        return text;
    }

    /** Whether anybody can be asked at all. */
    public boolean any() {
        return group.isPresent() || !people.isEmpty();
    }
}
