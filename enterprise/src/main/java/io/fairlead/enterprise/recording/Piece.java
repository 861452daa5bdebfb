package io.fairlead.enterprise.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One frame of a chunk, of whatever kind.
 *
 * @param body a view of its bytes
 */
record Piece(FrameKind kind, long micros, ByteBuffer body) {
    /** The frames of a chunk's plain bytes; {@code since} is the time of the frame before. */
    static List<Piece> of(byte[] plain, long since) throws RecordingDamaged {
        List<Piece> pieces = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(plain);
        long time = since;
        while (rest.hasRemaining()) {
            if (rest.remaining() < FrameKind.OVERHEAD) {
                throw new RecordingDamaged("a frame is cut");
            }
            FrameKind kind = FrameKind.of(rest.get());
            long micros = rest.getLong();
            int length = rest.getInt();
            if (kind == null || micros < time || length < 0 || length > rest.remaining()) {
                throw new RecordingDamaged("a frame at " + time / 1_000_000 + " s is none");
            }
            pieces.add(new Piece(kind, micros, rest.slice(rest.position(), length)));
            rest.position(rest.position() + length);
            time = micros;
        }
        return pieces;
    }

    byte[] bytes() {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    String text() {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }
}
