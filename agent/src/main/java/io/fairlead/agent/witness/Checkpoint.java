package io.fairlead.agent.witness;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checkpoint of the enterprise's audit, as its statement reads (contract, SignedCheckpoint).
 *
 * @param number of the last row that it covers
 * @param hash of the chain after that row, 64 hexadecimal digits
 * @param at when these rows were sealed, by the enterprise's clock
 * @param key the signer, 32 hexadecimal digits
 */
public record Checkpoint(long number, String hash, Instant at, String key) {
    private static final int MOST_BYTES = 256;
    private static final Pattern FORM = Pattern.compile("""
            fairlead audit checkpoint 1
            number ([1-9][0-9]{0,18})
            hash ([0-9a-f]{64})
            time ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z)
            key ([0-9a-f]{32})
            """);

    /** Reads a statement; empty when it is none to the last byte. */
    static Optional<Checkpoint> of(byte[] statement) {
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
        } catch (NumberFormatException | DateTimeException outOfRange) {
            return Optional.empty();
        }
    }

    /**
     * Whether both can be true of one history that only grows: one number has one hash, and a higher number a later time.
     */
    boolean agrees(Checkpoint other) {
        if (number == other.number) {
            return hash.equals(other.hash);
        }
        return number < other.number ? !at.isAfter(other.at) : !at.isBefore(other.at);
    }

    /** The same statement and its proof. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Kept(Checkpoint checkpoint, byte[] statement, byte[] signature, boolean contradicting) {
        boolean same(byte[] otherStatement) {
            return Arrays.equals(statement, otherStatement);
        }
    }
}
