package io.fairlead.enterprise.login;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One secret of 256 bits in {@code DATA/secrets/login.key}, which nodes that share a database share, and what is derived
 * from it: the key that seals what is known of passwords, so that the database alone allows no guessing; the key of
 * exchanges under way; the salts of names that nobody has; the marks of known browsers. Losing it means that everybody
 * needs a new link ({@link LostPasswords}).
 */
public final class LoginKeys {
    static final String FILE = "login.key";

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey password;
    private final SecretKey exchange;
    private final SecretKey mock;
    private final SecretKey browser;
    private final String id;
    private final SecureRandom random;

    LoginKeys(byte[] secret, SecureRandom random) {
        SecretKey root = new SecretKeySpec(secret, "HmacSHA256");
        this.password = new SecretKeySpec(hmac(root, "password"), "AES");
        this.exchange = new SecretKeySpec(hmac(root, "exchange"), "AES");
        this.mock = new SecretKeySpec(hmac(root, "mock"), "HmacSHA256");
        this.browser = new SecretKeySpec(hmac(root, "browser"), "HmacSHA256");
        this.id = HexFormat.of().formatHex(hmac(root, "id"), 0, 8);
        this.random = random;
    }

    /** The ids of the secrets that the passwords in a database are sealed by: one, or none where nobody has a password. */
    public static Future<Set<String>> needed(Database database) {
        return new PasswordStore().secrets(database.pool());
    }

    /**
     * Reads the secret, or makes it where no password needs another. Blocks.
     *
     * @param needed as {@link #needed} says
     * @throws CannotStart when it is none, is missing although there are passwords, or is not the one of all of them
     */
    public static LoginKeys open(DataFolder folder, Set<String> needed, SecureRandom random) {
        Optional<LoginKeys> there = read(folder, random);
        if (needed.isEmpty() || needed.equals(there.map(keys -> Set.of(keys.id)).orElse(Set.of()))) {
            return there.orElseGet(() -> make(folder, random));
        }
        throw new CannotStart("The passwords in the database cannot be used: the secret that seals them, "
                + folder.secretPath(FILE)
                + (there.isPresent() ? ", is another one than they were sealed by" : ", is missing")
                + ". Restore it from a backup, or take it from another node of this database. If it is lost for good:"
                + " fairlead enterprise forget-passwords, and then a new link for each person.");
    }

    /** Empty when there is none. */
    static Optional<LoginKeys> read(DataFolder folder, SecureRandom random) {
        return folder.readText(FILE).map(text -> new LoginKeys(parse(folder, text), random));
    }

    private static LoginKeys make(DataFolder folder, SecureRandom random) {
        byte[] made = new byte[32];
        random.nextBytes(made);
        folder.writeSecret(FILE, (HexFormat.of().formatHex(made) + "\n").getBytes(StandardCharsets.US_ASCII));
        return new LoginKeys(made, random);
    }

    private static byte[] parse(DataFolder folder, String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new CannotStart("The secret " + folder.secretPath(FILE) + " is not 64 hexadecimal digits.");
        }
        return HexFormat.of().parseHex(text);
    }

    /** Names the secret, without giving anything away. */
    String id() {
        return id;
    }

    byte[] sealPassword(PasswordKeys keys, String person) {
        return seal(password, keys.toBytes(), person);
    }

    /** Empty when it was sealed by another secret or for somebody else. */
    Optional<PasswordKeys> openPassword(byte[] sealed, String person) {
        return open(password, sealed, person).map(PasswordKeys::ofBytes);
    }

    byte[] sealExchange(byte[] plain) {
        return seal(exchange, plain, "exchange");
    }

    Optional<byte[]> openExchange(byte[] sealed) {
        return open(exchange, sealed, "exchange");
    }

    /** What stands for the keys of a name that has none: the same each time, and for each name another. */
    PasswordKeys mock(String name) {
        return new PasswordKeys(
                Arrays.copyOf(hmac(mock, "salt:" + name), PasswordKeys.SALT_BYTES),
                PasswordKeys.ITERATIONS,
                hmac(mock, "stored:" + name),
                hmac(mock, "server:" + name));
    }

    /** The mark of a browser that somebody has logged in from. */
    byte[] browserMark(String browserId, String person) {
        return hmac(browser, browserId + ":" + person);
    }

    /** Names a person to authenticators, which show and keep it: so it is not his name. */
    byte[] userHandle(String person) {
        return hmac(browser, "handle:" + person);
    }

    private byte[] seal(SecretKey key, byte[] plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    private static Optional<byte[]> open(SecretKey key, byte[] sealed, String context) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException forged) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] hmac(SecretKey key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
        }
    }
}
