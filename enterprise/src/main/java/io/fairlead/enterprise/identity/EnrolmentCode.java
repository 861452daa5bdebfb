package io.fairlead.enterprise.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A one-time code as it is stored.
 *
 * <pre>
 * OPEN ──right secret──▶ REDEEMED   from then on only the same key gets its certificate again
 *   │ ten minutes                     │ ten minutes after it was made
 *   ├──────────▶ EXPIRED ◀────────────┘
 *   └─5 wrong secrets, or a newer code──▶ KILLED   (a redeemed one as well)
 * </pre>
 *
 * @param salt random, 16 bytes
 * @param secretSha256 SHA-256 over salt and secret
 * @param wrong wrong secrets so far
 * @param keySha256 of the key that it was redeemed with; null while it is not
 * @param serial of the certificate made for that key; null while there is none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record EnrolmentCode(
        String code,
        String device,
        byte[] salt,
        byte[] secretSha256,
        Instant expiresAt,
        int wrong,
        boolean killed,
        @Nullable String keySha256,
        @Nullable String serial) {
    static final Duration LIFE = Duration.ofMinutes(10);
    static final int WRONG_ALLOWED = 5;

    static EnrolmentCode fresh(String code, String device, String secret, Instant now, SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return new EnrolmentCode(code, device, salt, hash(salt, secret), now.plus(LIFE), 0, false, null, null);
    }

    /** Takes the same time for every wrong secret. */
    boolean hasSecret(String secret) {
        return MessageDigest.isEqual(hash(salt, secret), secretSha256);
    }

    boolean expired(Instant now) {
        return now.isAfter(expiresAt);
    }

    /** Whether one more wrong secret is one too many. */
    boolean diesOfOneMore() {
        return !killed && wrong + 1 >= WRONG_ALLOWED;
    }

    private static byte[] hash(byte[] salt, String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
