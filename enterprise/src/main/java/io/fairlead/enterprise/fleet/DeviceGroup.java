package io.fairlead.enterprise.fleet;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A named set of devices. It gives nobody a right.
 *
 * @param devices how many of them the asker may see
 * @param createdBy as the audit names whoever made it
 */
public record DeviceGroup(String id, String description, int devices, Instant createdAt, String createdBy) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Whether a group may be called so. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
