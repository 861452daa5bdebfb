package io.fairlead.soap;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes that JAXB would write. What it would leave out or escape is {@link NotPlain}: a value that is not
 * there, a character beyond printable ASCII, markup, a year of five digits.
 */
final class PlainWriter {
    private static final int USUAL_BYTES = 512;
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
        ensure(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&' || c == '"') {
                throw new NotPlain();
            }
            bytes[length++] = (byte) c;
        }
        put(slot.after);
    }

    void number(Slot slot, long value) {
        string(slot, Long.toString(value));
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
