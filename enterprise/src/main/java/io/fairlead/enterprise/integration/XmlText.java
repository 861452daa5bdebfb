package io.fairlead.enterprise.integration;

/**
 * Texts that did not come by XML, for an answer that goes by it: what XML 1.0 cannot carry (section 2.2), such as U+FFFE, would
 * make the whole answer unreadable, for nothing below looks for it.
 */
final class XmlText {
    private static final char REPLACEMENT = '\uFFFD';

    private XmlText() {}

    /** The same with U+FFFD in place of each character that XML cannot carry. */
    static String of(String text) {
        return text.codePoints().allMatch(XmlText::isLegal)
                ? text
                : text.codePoints()
                        .map(c -> isLegal(c) ? c : REPLACEMENT)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** The same of at most so many characters; what is longer is cut. */
    static String of(String text, int most) {
        if (text.length() <= most) {
            return of(text);
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return of(text.substring(0, end));
    }

    private static boolean isLegal(int c) {
        return c >= 0x20
                ? c < Character.MIN_SURROGATE || (c > Character.MAX_SURROGATE && c != 0xFFFE && c != 0xFFFF)
                : c == '\t' || c == '\n' || c == '\r';
    }
}
