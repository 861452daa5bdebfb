package io.fairlead.firewall.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for what is long: the same text has the same name, another text another. */
final class Fingerprint {
    private static final int BYTES = 5;

    private Fingerprint() {}

    /** Ten hexadecimal digits of the text's SHA-256. */
    static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** The name itself when it is short enough; otherwise its beginning, and the fingerprint of the whole. */
    static String shortened(String name, String separator, int most) {
        String tail = separator + of(name);
        return name.length() <= most ? name : name.substring(0, most - tail.length()) + tail;
    }
}
