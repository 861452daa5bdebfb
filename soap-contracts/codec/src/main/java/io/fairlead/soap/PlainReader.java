package io.fairlead.soap;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;

/**
 * A cursor over bytes in plain form. Tags are not parsed, they are expected, byte for byte; a value is taken when there
 * is one way only to understand it: no entity, no control character, no space around a number. Anything else is
 * {@link NotPlain}, which does not mean that it is wrong.
 */
final class PlainReader {
    private static final int MOST_DIGITS = 18;
    private static final int MOST_DIGITS_OF_SECOND = 9;
    /** Characters that encode three bytes. */
    private static final int BASE64_GROUP = 4;

    private final byte[] bytes;
    private int at;

    PlainReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAt(Slot slot) {
        return isAt(slot.before);
    }

    /** Passes over the token if it is what comes. */
    boolean takes(byte[] token) {
        boolean there = isAt(token);
        if (there) {
            at += token.length;
        }
        return there;
    }

    void take(byte[] token) {
        if (!takes(token)) {
            throw new NotPlain();
        }
    }

    void takeEnd() {
        if (at != bytes.length) {
            throw new NotPlain();
        }
    }

    /**
     * Characters that need no escape, the end of a line in an element among them. Those that XML 1.0 (section 2.2) does not
     * know are not plain, nor is U+FFFD, which is what a broken sequence is decoded to.
     */
    String string(Slot slot) {
        take(slot.before);
        int start = at;
        boolean ascii = true;
        for (byte b = next(); b != slot.after[0]; b = next()) {
            if (b < 0) {
                ascii = false;
            } else if ((b < ' ' && !(b == '\n' && slot.isElement())) || b == '<' || b == '>' || b == '&') {
                throw new NotPlain();
            }
            at++;
        }
        String value = ascii ? ascii(start) : wide(start);
        take(slot.after);
        return value;
    }

    /** A number from 0, of 18 digits at most. */
    long number(Slot slot) {
        take(slot.before);
        long number = digits(1, MOST_DIGITS);
        take(slot.after);
        return number;
    }

    /** A decimal fraction as {@link Double#toString(double)} writes it; no NaN, no infinity, no sign but minus. */
    double decimal(Slot slot) {
        take(slot.before);
        int start = at;
        while (isDigit(next()) || next() == '.' || next() == '-' || next() == 'E') {
            at++;
        }
        if (at == start || bytes[start] == '.' || bytes[start] == 'E' || !isDigit(bytes[at - 1])) {
            throw new NotPlain();
        }
        try {
            double value = Double.parseDouble(ascii(start));
            take(slot.after);
            return value;
        } catch (NumberFormatException e) {
            throw new NotPlain();
        }
    }

    boolean flag(Slot slot) {
        String word = string(slot);
        if (word.equals("true")) {
            return true;
        }
        if (word.equals("false")) {
            return false;
        }
        throw new NotPlain();
    }

    /** Base64 (RFC 4648 section 4) with its padding, in one piece. */
    byte[] binary(Slot slot) {
        take(slot.before);
        int start = at;
        while (next() != slot.after[0]) {
            at++;
        }
        if ((at - start) % BASE64_GROUP != 0) {
            throw new NotPlain();
        }
        try {
            byte[] value = Base64.getDecoder().decode(Arrays.copyOfRange(bytes, start, at));
            take(slot.after);
            return value;
        } catch (IllegalArgumentException e) {
            throw new NotPlain();
        }
    }

    /** As {@link Instant#toString()} writes it, from year 0 to 9999; of a second's fraction any number of digits. */
    Instant instant(Slot slot) {
        take(slot.before);
        int year = part(4);
        int month = part('-');
        int day = part('-');
        int hour = part('T');
        int minute = part(':');
        int second = part(':');
        int nano = next() == '.' ? nano() : 0;
        take((byte) 'Z');
        take(slot.after);
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second, nano)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new NotPlain();
        }
    }

    private int part(char sign) {
        take((byte) sign);
        return part(2);
    }

    private int part(int length) {
        return (int) digits(length, length);
    }

    private int nano() {
        take((byte) '.');
        int start = at;
        long fraction = digits(1, MOST_DIGITS_OF_SECOND);
        for (int digits = at - start; digits < MOST_DIGITS_OF_SECOND; digits++) {
            fraction *= 10;
        }
        return (int) fraction;
    }

    private long digits(int least, int most) {
        int start = at;
        long number = 0;
        for (byte b = next(); isDigit(b) && at - start <= most; b = next()) {
            number = number * 10 + (b - '0');
            at++;
        }
        if (at - start < least || at - start > most) {
            throw new NotPlain();
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private String ascii(int start) {
        return new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    }

    private String wide(int start) {
        String value = new String(bytes, start, at - start, StandardCharsets.UTF_8);
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= '\uFFFD') {
                throw new NotPlain();
            }
        }
        return value;
    }

    boolean isAt(byte[] token) {
        int end = at + token.length;
        return end <= bytes.length && Arrays.equals(bytes, at, end, token, 0, token.length);
    }

    private void take(byte expected) {
        if (next() != expected) {
            throw new NotPlain();
        }
        at++;
    }

    private byte next() {
        if (at == bytes.length) {
            throw new NotPlain();
        }
        return bytes[at];
    }
}
