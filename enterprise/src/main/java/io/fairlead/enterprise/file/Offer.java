package io.fairlead.enterprise.file;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.regex.Pattern;

/**
 * A file as a device will send it.
 *
 * @param name what the device calls it: not to be trusted, neither as a path nor on a terminal
 * @param size bytes
 * @param sha256 over the bytes that are sent, 64 hexadecimal digits
 */
public record Offer(String name, long size, String sha256, Protection protection) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_NAME = 512;

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public Offer {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0 || size < 0) {
            throw new Refusal(Fault.INVALID, "name or size of an offer");
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new Refusal(Fault.INVALID, "sha256 of an offer");
        }
    }
}
