package io.fairlead.enterprise.kernel;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes names that nobody can guess. Handed in, so that a test can fix them. */
@FunctionalInterface
public interface Ids {
    /** 128 random bits as 32 lower-case hex digits. */
    String next();

    /** Ids from the system's source of randomness. */
    static Ids random() {
        SecureRandom source = new SecureRandom();
        return () -> {
            byte[] bits = new byte[16];
            source.nextBytes(bits);
            return HexFormat.of().formatHex(bits);
        };
    }
}
