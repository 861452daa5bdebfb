package io.fairlead.agent.status;

/** Decimal numbers as files write them: {@code -12.5e3}. Not {@code NaN}, hexadecimal, or {@code 1d}, which Java takes. */
final class NumberText {
    private static final int MAX_LENGTH = 40;

    private NumberText() {}

    static boolean isNumber(String text) {
        int i = sign(text, 0);
        int whole = digits(text, i);
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(text, end + 1);
        }
        boolean mantissa = whole > i || end > whole + 1;
        if (mantissa && end < text.length() && (text.charAt(end) | 0x20) == 'e') {
            int from = sign(text, end + 1);
            end = digits(text, from);
            mantissa = end > from;
        }
        return mantissa && end == text.length() && end <= MAX_LENGTH;
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
