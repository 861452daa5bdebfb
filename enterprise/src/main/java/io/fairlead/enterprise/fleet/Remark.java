package io.fairlead.enterprise.fleet;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/**
 * What a person writes down for other people: 1 to 4,000 characters, lines and tabs allowed, blanks around it taken off.
 * Nothing that turns writing round, hides, or is no text.
 */
public record Remark(String value) {
    /** The most characters, as Unicode counts them. */
    public static final int LONGEST = 4_000;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public Remark {
        value = value.replace("\r\n", "\n").replace('\r', '\n').strip();
        if (value.isEmpty()) {
            throw Refusal.saying(Fault.INVALID, "a text is needed");
        }
        if (value.codePointCount(0, value.length()) > LONGEST) {
            throw Refusal.saying(Fault.INVALID, "a text has at most 4,000 characters");
        }
        if (!value.codePoints().allMatch(Remark::written)) {
            throw Refusal.saying(
                    Fault.INVALID, "a text has no control characters and nothing that turns writing round");
        }
    }

    /** Joiners belong to scripts of the world, and to pictures. */
    private static boolean written(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
            case Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
