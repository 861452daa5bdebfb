package io.fairlead.enterprise.browser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells that a change came from a page that we gave to this browser: a value made from the secret in its cookie. Any node
 * can make it, nothing is stored, and the secret cannot be had from it.
 */
final class Csrf {
    /** The form's field. */
    static final String FIELD = "csrf";
    /** The header that htmx and modules send. */
    static final String HEADER = "X-Csrf";

    private Csrf() {}

    static String of(String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha.digest(("fairlead-csrf\0" + secret).getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean matches(String secret, String said) {
        return !secret.isEmpty()
                && MessageDigest.isEqual(
                        of(secret).getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
    }
}
