package io.fairlead.enterprise.identity;

import java.security.SecureRandom;
import java.util.Locale;

/** Crockford's base32: what people read aloud and type, without I, L, O and U. */
final class Base32 {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Base32() {}

    /** As many random digits, 5 bits each. */
    static String random(SecureRandom random, int length) {
        StringBuilder digits = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            digits.append(DIGITS.charAt(random.nextInt(32)));
        }
        return digits.toString();
    }

    /** Upper case, and the digits that were meant by look-alikes. */
    static String canonical(String typed) {
        return typed.toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    /** Whether it is canonical and of that length. */
    static boolean is(String text, int length) {
        return text.length() == length && text.chars().allMatch(digit -> DIGITS.indexOf(digit) >= 0);
    }
}
