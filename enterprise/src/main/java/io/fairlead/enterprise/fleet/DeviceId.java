package io.fairlead.enterprise.fleet;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/**
 * A device's name in the registry and in its certificate: a letter or digit, then up to 63 letters, digits, dots,
 * underscores or hyphens. Ordered as PostgreSQL's collation "C" orders it, so that all who lock several devices do so in
 * one order.
 */
public record DeviceId(String value) implements Comparable<DeviceId> {
    private static final int LONGEST = 64;

    /** Throws a Refusal(INVALID) for anything else; the message does not repeat the value. */
    public DeviceId {
        if (!fits(value)) {
            throw Refusal.saying(
                    Fault.INVALID,
                    "a device's id has 1 to 64 letters, digits, dots, underscores or hyphens and begins with a letter or digit");
        }
    }

    /** By hand, for every request and wake-up makes one. */
    private static boolean fits(String value) {
        int length = value.length();
        if (length == 0 || length > LONGEST || !letterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = value.charAt(i);
            if (!letterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
