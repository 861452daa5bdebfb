package io.fairlead.agent.rfb;

import java.nio.charset.StandardCharsets;

/** Text of a VNC server, made fit for a log line or the title of a window: no controls, nothing invisible or turned around. */
final class PlainName {
    private PlainName() {}

    /** At most so many bytes of UTF-8; what is not UTF-8 or not plain is left out. */
    static String of(byte[] text, int most) {
        StringBuilder plain = new StringBuilder();
        int bytes = 0;
        String decoded = new String(text, StandardCharsets.UTF_8);
        for (int at = 0; at < decoded.length(); at += Character.charCount(decoded.codePointAt(at))) {
            int c = decoded.codePointAt(at);
            int length = new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8).length;
            if (isPlain(c)) {
                if (bytes + length > most) {
                    break;
                }
                plain.appendCodePoint(c);
                bytes += length;
            }
        }
        return plain.toString().strip();
    }

    private static boolean isPlain(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.UPPERCASE_LETTER,
                            Character.LOWERCASE_LETTER,
                            Character.OTHER_LETTER,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.CONNECTOR_PUNCTUATION,
                            Character.OTHER_PUNCTUATION,
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL -> true;
                    default -> false;
                };
    }
}
