package io.fairlead.soap;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes that JAXB would write. What it would leave out or escape is {@link NotPlain}: a value that is not
 * there, a control character, half of a surrogate pair and what comes behind those, markup, a number that is none, a year
 * of five digits.
 */
final class PlainWriter {
    private static final int USUAL_BYTES = 512;
    /** In UTF-8, of those that are plain. */
    private static final int MOST_BYTES_OF_CHAR = 3;
    /** Seconds since 1970 at which these years begin. */
    private static final long YEAR_0 = -62_167_219_200L;

    private static final long YEAR_10000 = 253_402_300_800L;
    private static final int LONGEST_INSTANT = "9999-12-31T23:59:59.999999999Z".length();
    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;

    void put(byte[] token) {
        ensure(token.length);
        System.arraycopy(token, 0, bytes, length, token.length);
        length += token.length;
    }

    void string(Slot slot, @Nullable String value) {
        if (value == null) {
            throw new NotPlain();
        }
        put(slot.before);
        ensure(MOST_BYTES_OF_CHAR * value.length());
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            if (c == '\n' && slot.isElement()) {
                bytes[length++] = '\n';
            } else {
                character(c);
            }
            i += Character.charCount(c);
        }
        put(slot.after);
    }

    /** In UTF-8 (RFC 3629), as JAXB has it where it escapes nothing. */
    private void character(int c) {
        if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '"') {
            throw new NotPlain();
        }
        if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | c >> 6);
            continued(c);
        } else if (c < Character.MIN_SURROGATE) {
            bytes[length++] = (byte) (0xE0 | c >> 12);
            continued(c >> 6);
            continued(c);
        } else if (Character.isSupplementaryCodePoint(c)) {
            bytes[length++] = (byte) (0xF0 | c >> 18);
            continued(c >> 12);
            continued(c >> 6);
            continued(c);
        } else {
            throw new NotPlain();
        }
    }

    private void continued(int sixBits) {
        bytes[length++] = (byte) (0x80 | (sixBits & 0x3F));
    }

    void number(Slot slot, long value) {
        string(slot, Long.toString(value));
    }

    void decimal(Slot slot, double value) {
        if (!Double.isFinite(value)) {
            throw new NotPlain();
        }
        string(slot, Double.toString(value));
    }

    void flag(Slot slot, boolean value) {
        string(slot, Boolean.toString(value));
    }

    void binary(Slot slot, byte @Nullable [] value) {
        if (value == null) {
            throw new NotPlain();
        }
        put(slot.before);
        put(Base64.getEncoder().encode(value));
        put(slot.after);
    }

    /** As {@link Instant#toString()} has it: a fraction of 3, 6 or 9 digits where there is one. */
    void instant(Slot slot, @Nullable Instant value) {
        if (value == null || value.getEpochSecond() < YEAR_0 || value.getEpochSecond() >= YEAR_10000) {
            throw new NotPlain();
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
        put(slot.before);
        ensure(LONGEST_INSTANT);
        digits(time.getYear(), 4);
        part('-', time.getMonthValue());
        part('-', time.getDayOfMonth());
        part('T', time.getHour());
        part(':', time.getMinute());
        part(':', time.getSecond());
        fraction(time.getNano());
        bytes[length++] = 'Z';
        put(slot.after);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void part(char sign, int value) {
        bytes[length++] = (byte) sign;
        digits(value, 2);
    }

    private void fraction(int nano) {
        if (nano == 0) {
            return;
        }
        bytes[length++] = '.';
        if (nano % NANOS_OF_MILLI == 0) {
            digits(nano / NANOS_OF_MILLI, 3);
        } else if (nano % NANOS_OF_MICRO == 0) {
            digits(nano / NANOS_OF_MICRO, 6);
        } else {
            digits(nano, 9);
        }
    }

    private void digits(int value, int count) {
        int rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
