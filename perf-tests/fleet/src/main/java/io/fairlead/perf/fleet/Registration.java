package io.fairlead.perf.fleet;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What an operator says of a device when it is registered.
 *
 * @param device its name in the registry: letters, digits and {@code . _ -}, 64 at most
 * @param region such as {@code eu}
 */
public record Registration(String device, String customer, String site, String region, String model, String serial) {
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException for a name that no device can have, or an empty word */
    public Registration {
        if (!DEVICE.matcher(device).matches()) {
            throw new IllegalArgumentException("no name of a device: " + device);
        }
        for (String word : List.of(customer, site, region, model, serial)) {
            if (word.isBlank()) {
                throw new IllegalArgumentException(
                        "device " + device + " lacks customer, site, region, model or serial");
            }
        }
    }

    /** A device of which nothing matters but its name. */
    public static Registration plain(String device) {
        return new Registration(device, "Fleet hospital", "Laboratory", "eu", "Simulated 1", "SN-" + device);
    }
}
