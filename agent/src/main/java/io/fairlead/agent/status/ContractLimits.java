package io.fairlead.agent.status;

import java.util.Optional;

/** What the contract allows in names and texts ({@code agent-channel.xsd}), and how foreign text is made to fit. */
public final class ContractLimits {
    /** Characters of a text. */
    public static final int MAX_TEXT = 1024;

    static final int MAX_NAME = 64;
    static final int MAX_UNIT = 16;

    private ContractLimits() {}

    /** Whether it is a Name of the contract: letters, digits and {@code . _ / : -}, 64 at most. */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || !alphanumeric(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            if (!inName(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static void requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name
                    + "' is no name: letters, digits and . _ / : - ; 64 at most, the first a letter or digit");
        }
    }

    /** Whether it is a unit of the contract: 1 to 16 characters that XML can hold. */
    public static boolean isUnit(String unit) {
        return !unit.isEmpty() && unit.length() <= MAX_UNIT && unit.equals(text(unit));
    }

    static void requireUnit(String unit) {
        if (!isUnit(unit)) {
            throw new IllegalArgumentException("'" + unit + "' is no unit: 1 to 16 characters");
        }
    }

    /** Foreign text as a name: what is not allowed becomes {@code _}; empty when nothing of it can stand. */
    static Optional<String> name(String foreign) {
        String stripped = foreign.strip();
        StringBuilder name = new StringBuilder(Math.min(stripped.length(), MAX_NAME));
        for (int i = 0; i < stripped.length() && name.length() < MAX_NAME; i++) {
            char c = stripped.charAt(i);
            if (name.length() > 0 || alphanumeric(c)) {
                name.append(inName(c) ? c : '_');
            }
        }
        return name.length() == 0 ? Optional.empty() : Optional.of(name.toString());
    }

    /** Text of at most 1,024 characters that XML 1.0 (section 2.2) can hold; what it cannot becomes U+FFFD. */
    public static String text(String foreign) {
        int length = Math.min(foreign.length(), MAX_TEXT);
        if (length < foreign.length() && Character.isHighSurrogate(foreign.charAt(length - 1))) {
            length--;
        }
        StringBuilder text = null;
        for (int i = 0; i < length; i++) {
            char c = foreign.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(foreign.charAt(i + 1));
            if (pair) {
                i++;
            } else if (!inXml(c)) {
                if (text == null) {
                    text = new StringBuilder(foreign.substring(0, length));
                }
                text.setCharAt(i, '\uFFFD');
            }
        }
        return text == null ? foreign.substring(0, length) : text.toString();
    }

    private static boolean inXml(char c) {
        return c >= 0x20 ? !Character.isSurrogate(c) && c < 0xFFFE : c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean alphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean inName(char c) {
        return alphanumeric(c) || "._/:-".indexOf(c) >= 0;
    }
}
