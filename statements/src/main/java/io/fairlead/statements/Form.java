package io.fairlead.statements;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** How single values are written in statements. */
final class Form {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:\\-]{0,63}");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Form() {}

    /** 128 bits, 32 hexadecimal digits. */
    static String id(String text) {
        return matching(ID, text, "an id of 32 hexadecimal digits");
    }

    /** 64 hexadecimal digits. */
    static String sha256(String text) {
        return matching(SHA256, text, "SHA-256 as 64 hexadecimal digits");
    }

    /** A name as the contract has them. */
    static String name(String text) {
        return matching(NAME, text, "a name");
    }

    /** Text for people, of this many characters at most. */
    static String text(String text, int most) {
        if (text.length() > most || !StatementText.isPlain(text)) {
            throw new IllegalArgumentException(
                    "a text of more than " + most + " characters, or with control characters");
        }
        return text;
    }

    /** A time in UTC with exactly six digits behind the point. */
    static String time(Instant at) {
        return MICROS.format(at);
    }

    static Instant time(String text) {
        return Instant.parse(matching(TIME, text, "a time in UTC with six digits"));
    }

    static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    static long number(String text, long least) {
        long number = Long.parseLong(text);
        if (number < least) {
            throw new IllegalArgumentException("less than " + least);
        }
        return number;
    }

    private static String matching(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("not " + what);
        }
        return text;
    }
}
