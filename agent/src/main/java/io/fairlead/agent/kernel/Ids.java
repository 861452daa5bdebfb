package io.fairlead.agent.kernel;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids. Handed in everywhere, so that a test can fix them. */
@FunctionalInterface
public interface Ids {
    /** 128 random bits as 32 lower-case hexadecimal digits. */
    String next();

    /** Ids nobody can guess. Thread-safe. */
    static Ids random() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bits = new byte[16];
            random.nextBytes(bits);
            return HexFormat.of().formatHex(bits);
        };
    }
}
