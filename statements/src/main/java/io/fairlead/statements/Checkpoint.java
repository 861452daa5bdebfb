package io.fairlead.statements;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server states of its audit: up to this number the rows are those that lead to this hash. Exactly these bytes
 * are signed, ASCII, every line ended by one line feed (0A):
 *
 * <pre>
 *   fairlead audit checkpoint 1
 *   number 1207
 *   hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 *   time 2026-11-21T12:00:00.123456Z
 *   key 00112233445566778899aabbccddeeff
 * </pre>
 *
 * Of two checkpoints of one server the one with the higher number has the later time; with the same number they are the
 * same. Whoever holds two that say otherwise holds the proof that the history was changed.
 *
 * @param number of the last row that it covers, 1 or more
 * @param hash of the chain after that row, 64 hexadecimal digits
 * @param at the database's clock when these rows were sealed, in microseconds
 * @param keyId the signer: the first 16 bytes of SHA-256 over its SubjectPublicKeyInfo, 32 hexadecimal digits
 */
public record Checkpoint(long number, String hash, Instant at, String keyId) {
    /** Bytes of a statement, at most. */
    public static final int MOST_BYTES = 256;

    private static final Pattern FORM = Pattern.compile("""
            fairlead audit checkpoint 1
            number ([1-9][0-9]{0,18})
            hash ([0-9a-f]{64})
            time ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z)
            key ([0-9a-f]{32})
            """);

    public Checkpoint {
        at = Form.micros(at);
        if (number < 1 || !hash.matches("[0-9a-f]{64}") || !keyId.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("no checkpoint: number=" + number);
        }
    }

    /** The bytes that are signed. */
    public byte[] statement() {
        return ("fairlead audit checkpoint 1\nnumber " + number + "\nhash " + hash + "\ntime " + Form.time(at)
                        + "\nkey " + keyId + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads the bytes back; empty when they are not of that form to the last byte. */
    public static Optional<Checkpoint> of(byte[] statement) {
        if (statement.length > MOST_BYTES) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(new String(statement, StandardCharsets.ISO_8859_1));
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Checkpoint(
                    Long.parseLong(form.group(1)), form.group(2), Instant.parse(form.group(3)), form.group(4)));
        } catch (NumberFormatException | DateTimeParseException outOfRange) {
            return Optional.empty();
        }
    }

    /**
     * Whether both can be true of one history that only grows: one number has one hash, and a higher number a later time.
     */
    public boolean agrees(Checkpoint other) {
        if (number == other.number) {
            return hash.equals(other.hash);
        }
        return number < other.number ? !at.isAfter(other.at) : !at.isBefore(other.at);
    }

    /** A time in UTC with exactly six digits behind the point, as the chain has it. */
    public static String micros(Instant at) {
        return Form.time(at);
    }
}
