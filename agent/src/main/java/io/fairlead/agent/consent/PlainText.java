package io.fairlead.agent.consent;

/**
 * Text of strangers, made fit to be shown to a person who decides by it: no control characters (so no line breaks and no
 * escape sequences of terminals), none that are invisible or turn the direction of writing, at most two marks on a letter,
 * one blank at a time.
 */
final class PlainText {
    /** Characters that are shown at most; of what is longer the beginning and the end are. */
    static final int MOST = 300;

    private static final int MOST_MARKS = 2;

    private PlainText() {}

    static String of(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), MOST));
        int marks = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            boolean mark = isMark(c);
            marks = mark ? marks + 1 : 0;
            if (isBlank(c)) {
                if (plain.length() > 0 && plain.charAt(plain.length() - 1) != ' ') {
                    plain.append(' ');
                }
            } else if (isShown(c) && (!mark || (marks <= MOST_MARKS && plain.length() > 0))) {
                plain.appendCodePoint(c);
            }
        }
        return cut(plain.toString().strip());
    }

    /** The same, beginning with a warning when characters are left out: what is decided about is not quite what is read. */
    static String warned(String text) {
        boolean hidden = text.codePoints()
                .anyMatch(c -> !isShown(c) || (isBlank(c) && Character.getType(c) == Character.CONTROL && c != '\t'));
        return hidden ? of("(with characters that cannot be shown) " + text) : of(text);
    }

    private static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int head = MOST / 2 - 1;
        int tail = text.length() - MOST / 2;
        // Half a character of two chars is none.
        head -= Character.isHighSurrogate(text.charAt(head - 1)) ? 1 : 0;
        tail += Character.isLowSurrogate(text.charAt(tail)) ? 1 : 0;
        return text.substring(0, head) + "…" + text.substring(tail);
    }

    private static boolean isBlank(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.SPACE_SEPARATOR
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isShown(int c) {
        int type = Character.getType(c);
        return type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED
                && !isInvisibleLetter(c);
    }

    /** Letters by Unicode's tables that show nothing: fillers of Hangul, the empty pattern of Braille. */
    private static boolean isInvisibleLetter(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
    }
}
