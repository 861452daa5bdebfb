package io.fairlead.agent.outbox;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message as it lies in a segment.
 *
 * <pre>
 *   kind (1 byte: T telemetry, W word that matters more) · sequence (8, big endian) · the StatusMessage as XML
 * </pre>
 *
 * Never compared, so that the array does no harm.
 */
@SuppressWarnings("ArrayRecordComponent")
record Spooled(boolean telemetry, long sequence, byte[] xml) {
    private static final int HEAD = 9;

    static Spooled of(byte[] payload) {
        if (payload.length < HEAD) {
            return new Spooled(true, 0, new byte[0]);
        }
        ByteBuffer head = ByteBuffer.wrap(payload);
        return new Spooled(head.get() == 'T', head.getLong(), Arrays.copyOfRange(payload, HEAD, payload.length));
    }

    byte[] payload() {
        return ByteBuffer.allocate(HEAD + xml.length)
                .put((byte) (telemetry ? 'T' : 'W'))
                .putLong(sequence)
                .put(xml)
                .array();
    }
}
