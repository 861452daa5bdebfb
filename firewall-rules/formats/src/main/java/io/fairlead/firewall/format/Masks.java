package io.fairlead.firewall.format;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prefixes of IPv4 for those who still want a mask. */
final class Masks {
    private Masks() {}

    /**
     * Such as {@code 255.255.255.0}.
     *
     * @param prefix 0 to 32
     */
    static String of(int prefix) {
        return IntStream.rangeClosed(1, 4)
                .map(part -> Math.max(0, Math.min(Byte.SIZE, prefix - Byte.SIZE * (part - 1))))
                .map(bits -> (0xff << (Byte.SIZE - bits)) & 0xff)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("."));
    }
}
