package io.fairlead.enterprise.fleet;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which devices a list is to hold, in order of id. A null property is not asked about.
 *
 * @param group in which they are
 * @param after only ids after this one, for the next page
 * @param limit at most so many, 1 to 1,000
 */
public record DeviceFilter(
        @Nullable String customer,
        @Nullable String site,
        @Nullable String region,
        @Nullable String model,
        @Nullable String group,
        @Nullable DeviceId after,
        int limit) {
    public static final int MOST = 1_000;

    public DeviceFilter {
        if (group != null && !DeviceGroup.isName(group)) {
            throw new Refusal(Fault.INVALID, "a group's name has 1 to 64 letters, digits and . _ -");
        }
        if (limit < 1 || limit > MOST) {
            throw new Refusal(Fault.INVALID, "a list has 1 to 1,000 devices");
        }
    }

    /**
     * The first thousand of a group.
     *
     * @param group null for all devices
     */
    public static DeviceFilter ofGroup(@Nullable String group) {
        return new DeviceFilter(null, null, null, null, group, null, MOST);
    }

    /** The first thousand. */
    public static DeviceFilter all() {
        return ofGroup(null);
    }
}
