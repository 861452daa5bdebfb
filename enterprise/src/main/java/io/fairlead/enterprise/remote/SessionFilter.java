package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.fleet.DeviceId;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are looked for; what is empty is not asked for.
 *
 * @param standing open or over
 * @param of one device; null for all
 * @param device a part of a device's name or of its site
 * @param customer exactly
 * @param person a part of the name of whoever asked
 * @param end how it ended: the name of a {@link SessionState} or of a cause
 */
public record SessionFilter(
        Standing standing, @Nullable DeviceId of, String device, String customer, String person, String end) {
    /** Whether something may still come. */
    public enum Standing {
        ALL,
        OPEN,
        OVER
    }

    /** All of one device. */
    public static SessionFilter of(DeviceId device) {
        return new SessionFilter(Standing.ALL, device, "", "", "", "");
    }

    /** All that may still come to something. */
    public static SessionFilter open() {
        return new SessionFilter(Standing.OPEN, null, "", "", "", "");
    }
}
