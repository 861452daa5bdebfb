package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Moments;
import io.fairlead.enterprise.fleet.DeviceId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A string that enrols a device, shown once.
 *
 * @param string a secret: it makes its bearer the device
 * @param before the enrolment that counts until then; empty for none
 * @param copy whether the PC may be a copy of another's
 * @param arrival null for who may enrol the device and not see it
 */
public record EnrolView(
        DeviceId device,
        String string,
        Instant made,
        Instant until,
        String before,
        boolean copy,
        @Nullable ArrivalView arrival) {
    /** Where the page looks whether the agent has come. */
    static String path(DeviceId device, Instant made, Instant until, String before) {
        return "/enrol/" + device + "/arrival?made=" + encoded(made) + "&until=" + encoded(until) + "&before=" + before;
    }

    private static String encoded(Instant at) {
        return URLEncoder.encode(Moments.iso(at), StandardCharsets.UTF_8);
    }
}
