package io.fairlead.enterprise.login;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is known of a password here (RFC 5802, section 3): enough to check it, not enough to log in with it.
 *
 * @param salt 16 bytes
 * @param iterations of PBKDF2, {@link #ITERATIONS}
 * @param storedKey SHA-256 of the key that proves the password; 32 bytes
 * @param serverKey proves to the client that the server knows it; 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equals looks into them
public record PasswordKeys(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    /**
     * What OWASP's Password Storage Cheat Sheet asks of PBKDF2-HMAC-SHA256. One number for everybody: were it different
     * for those who set theirs later, an unknown name would show.
     */
    public static final int ITERATIONS = 600_000;

    static final int SALT_BYTES = 16;
    static final int KEY_BYTES = 32;
    private static final int BYTES = SALT_BYTES + Integer.BYTES + 2 * KEY_BYTES;

    /** Throws Refusal(INVALID) for keys of another size or cost. */
    public PasswordKeys {
        if (salt.length != SALT_BYTES
                || iterations != ITERATIONS
                || storedKey.length != KEY_BYTES
                || serverKey.length != KEY_BYTES) {
            throw new Refusal(
                    Fault.INVALID,
                    "a password is set by 16 bytes of salt, " + ITERATIONS + " iterations and two keys of 32 bytes");
        }
        salt = salt.clone();
        storedKey = storedKey.clone();
        serverKey = serverKey.clone();
    }

    /** The keys of a new password, as a client computes them. Takes a good part of a second. */
    public static PasswordKeys of(Password password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return of(password, salt);
    }

    static PasswordKeys of(Password password, byte[] salt) {
        byte[] salted = password.salted(salt, ITERATIONS);
        return new PasswordKeys(
                salt,
                ITERATIONS,
                ScramFunctions.storedKey(
                        ScramMechanism.SCRAM_SHA_256, ScramFunctions.clientKey(ScramMechanism.SCRAM_SHA_256, salted)),
                ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, salted));
    }

    /** PBKDF2-HMAC-SHA256 of text that is normalised already, as UTF-8. */
    static byte[] salted(char[] normalised, byte[] salt, int iterations) {
        PBEKeySpec password = new PBEKeySpec(normalised, salt, iterations, KEY_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(password)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", impossible);
        } finally {
            password.clearPassword();
        }
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(salt)
                .putInt(iterations)
                .put(storedKey)
                .put(serverKey)
                .array();
    }

    static PasswordKeys ofBytes(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        byte[] salt = next(rest, SALT_BYTES);
        int iterations = rest.getInt();
        return new PasswordKeys(salt, iterations, next(rest, KEY_BYTES), next(rest, KEY_BYTES));
    }

    private static byte[] next(ByteBuffer rest, int length) {
        byte[] bytes = new byte[length];
        rest.get(bytes);
        return bytes;
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public byte[] storedKey() {
        return storedKey.clone();
    }

    @Override
    public byte[] serverKey() {
        return serverKey.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordKeys keys && Arrays.equals(toBytes(), keys.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(storedKey);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "PasswordKeys[iterations=" + iterations + "]";
    }
}
