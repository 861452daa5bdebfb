package io.fairlead.enterprise.login;

import java.text.Normalizer;

/**
 * A password at a client, in its normal form NFKC (as {@code scram.js} has it): whoever types the same characters on
 * another keyboard is the same person. Never at the server.
 */
public final class Password {
    /** The fewest code points; there are no rules of composition. */
    public static final int SHORTEST = 15;

    /** The most code points, so that nobody hashes a book. */
    public static final int LONGEST = 1_024;

    private final char[] normalised;

    private Password(char[] normalised) {
        this.normalised = normalised;
    }

    /** As typed at a log-in: of any length up to {@link #LONGEST}. */
    public static Password typed(char[] typed) {
        if (typed.length > 2 * LONGEST) {
            throw new IllegalArgumentException("a password has at most " + LONGEST + " characters");
        }
        return new Password(
                Normalizer.normalize(new String(typed), Normalizer.Form.NFKC).toCharArray());
    }

    /** A new one. Throws IllegalArgumentException, with a text for people, when it is too short or too long. */
    public static Password chosen(char[] typed) {
        Password password = typed(typed);
        int length = Character.codePointCount(password.normalised, 0, password.normalised.length);
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "a password has " + SHORTEST + " to " + LONGEST + " characters; this one has " + length);
        }
        return password;
    }

    byte[] salted(byte[] salt, int iterations) {
        return PasswordKeys.salted(normalised, salt, iterations);
    }

    @Override
    public String toString() {
        return "Password";
    }
}
