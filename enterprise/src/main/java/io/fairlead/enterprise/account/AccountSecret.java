package io.fairlead.enterprise.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An account's password: {@code fla_} and 192 random bits as 32 characters of base64url, made here, shown once.
 *
 * <p>The database knows its SHA-256, with the account's name, and no more is needed: slow and salted hashes are for what
 * people choose. Nobody tries 2<sup>192</sup> passwords, however fast one try is, and no table of any of them can be made
 * beforehand; PBKDF2 would only make each call of an honest client, of which there may be hundreds a second, cost as much as
 * a log-in.
 *
 * @param value as the client sends it
 */
public record AccountSecret(String value) {
    private static final Pattern FORM = Pattern.compile("fla_[A-Za-z0-9_-]{32}");
    private static final int BYTES = 24;

    static AccountSecret fresh(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new AccountSecret(
                "fla_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether it may be one: what people chose is not. */
    static boolean is(String typed) {
        return FORM.matcher(typed).matches();
    }

    /** As the database keeps it: 32 bytes. */
    byte[] sha256(String account) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((account + "\n" + value).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "AccountSecret";
    }
}
