package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bounds of the contract's words. Every check throws a Refusal(INVALID) that names the element, never its value. */
final class Words {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TEXT = 1_024;
    private static final int LONGEST_UNIT = 16;

    private Words() {}

    /** By hand, for a message has dozens of them. */
    static void name(String element, String value) {
        int length = value.length();
        if (length == 0 || length > LONGEST_NAME || !letterOrDigit(value.charAt(0))) {
            throw noName(element);
        }
        for (int i = 1; i < length; i++) {
            char c = value.charAt(i);
            if (!letterOrDigit(c) && c != '.' && c != '_' && c != '/' && c != ':' && c != '-') {
                throw noName(element);
            }
        }
    }

    private static Refusal noName(String element) {
        return new Refusal(
                Fault.INVALID,
                element + " has 1 to 64 letters, digits and . _ / : - and begins with a letter or digit");
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Plain text: tabs and line breaks, but no other control characters and no half characters. */
    static void text(String element, @Nullable String value) {
        if (value != null) {
            plain(element, value, LONGEST_TEXT);
        }
    }

    static void unit(@Nullable String value) {
        if (value != null) {
            plain("a unit", value, LONGEST_UNIT);
        }
    }

    private static void plain(String element, String value, int longest) {
        int length = value.length();
        if (length > longest && value.codePointCount(0, length) > longest) {
            throw new Refusal(Fault.INVALID, element + " has at most " + longest + " characters");
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : Character.isSurrogate(c) && !paired(value, i)) {
                throw new Refusal(Fault.INVALID, element + " has a character that is no text");
            }
        }
    }

    private static boolean paired(String value, int i) {
        char c = value.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }

    static void atMost(String elements, List<?> list, int most) {
        if (list.size() > most) {
            throw new Refusal(Fault.INVALID, "a message has at most " + most + " " + elements);
        }
    }
}
