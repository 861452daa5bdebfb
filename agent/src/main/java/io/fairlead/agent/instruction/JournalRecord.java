package io.fairlead.agent.instruction;

import io.fairlead.contract.agent.Outcome;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The journal's records.
 *
 * <pre>
 *   H header    · version 1 (1 byte) · highest number (8) · enrolment epoch (32 ASCII)
 *   R received  · number (8) · the order's signed bytes
 *   I intent    · number (8)
 *   D done      · number (8) · outcome (1: D done, F failed, R refused, I interrupted) · finished (8, ms since 1970) · detail (UTF-8)
 *   P reported  · number (8)
 * </pre>
 */
final class JournalRecord {
    private static final int EPOCH = 32;

    private JournalRecord() {}

    /** Takes the records apart. */
    interface Reader {
        void header(String enrolment, long highest);

        void received(long number, byte[] order);

        void intent(long number);

        void result(Result result);

        void reported(long number);
    }

    static byte[] header(String enrolment, long highest) {
        byte[] epoch = enrolment.getBytes(StandardCharsets.US_ASCII);
        if (epoch.length != EPOCH) {
            throw new IllegalArgumentException("an enrolment epoch of " + epoch.length + " characters");
        }
        return ByteBuffer.allocate(10 + EPOCH)
                .put((byte) 'H')
                .put((byte) 1)
                .putLong(highest)
                .put(epoch)
                .array();
    }

    static byte[] received(long number, byte[] order) {
        return ByteBuffer.allocate(9 + order.length)
                .put((byte) 'R')
                .putLong(number)
                .put(order)
                .array();
    }

    static byte[] intent(long number) {
        return ByteBuffer.allocate(9).put((byte) 'I').putLong(number).array();
    }

    static byte[] result(Result result) {
        byte[] detail = result.detail().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(18 + detail.length)
                .put((byte) 'D')
                .putLong(result.number())
                .put((byte) result.outcome().name().charAt(0))
                .putLong(result.finishedAt().toEpochMilli())
                .put(detail)
                .array();
    }

    static byte[] reported(long number) {
        return ByteBuffer.allocate(9).put((byte) 'P').putLong(number).array();
    }

    /**
     * Hands one record to the reader.
     *
     * @throws IllegalArgumentException for what is no record of a journal
     */
    static void read(byte[] payload, Reader reader) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        try {
            byte type = in.get();
            switch (type) {
                case 'H' -> header(in, reader);
                case 'R' -> reader.received(in.getLong(), rest(in));
                case 'I' -> reader.intent(in.getLong());
                case 'D' ->
                    reader.result(new Result(
                            in.getLong(),
                            outcome(in.get()),
                            Instant.ofEpochMilli(in.getLong()),
                            new String(rest(in), StandardCharsets.UTF_8)));
                case 'P' -> reader.reported(in.getLong());
                default -> throw new IllegalArgumentException("a record of type " + type);
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a record too short", e);
        }
    }

    private static void header(ByteBuffer in, Reader reader) {
        byte version = in.get();
        if (version != 1) {
            throw new IllegalArgumentException("a journal of version " + version);
        }
        long highest = in.getLong();
        reader.header(new String(rest(in), StandardCharsets.US_ASCII), highest);
    }

    private static Outcome outcome(byte letter) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().charAt(0) == letter) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("an outcome " + letter);
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }
}
