package io.fairlead.enterprise.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a desktop's replay needs, in the form of {@link RawExport}: its head, what was shown, its end. What was typed is not
 * in it; only the beginning of the other direction, up to the first message, which says in which form pixels came.
 */
public final class PlayExport implements Export {
    private static final byte[] MAGIC = "FLRAW001".getBytes(StandardCharsets.US_ASCII);
    /** RFB: ProtocolVersion 12, the choice of security 1, ClientInit 1, SetPixelFormat 20 (RFC 6143). */
    private static final int OPENING = 34;

    private static final int PIECE = 64 * 1024;

    private final Playback playback;
    private boolean begun;
    private int opening = OPENING;

    /** @param playback read by nobody else meanwhile; the caller closes it */
    public PlayExport(Playback playback) {
        playback.rewind();
        this.playback = playback;
    }

    @Override
    public byte[] next() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!begun) {
            begun = true;
            out.writeBytes(MAGIC);
        }
        while (out.size() < PIECE) {
            Piece piece = playback.piece();
            if (piece == null) {
                break;
            }
            switch (piece.kind()) {
                case HEAD, TO_VIEWER, END -> add(out, piece, piece.body().remaining());
                case TO_AGENT -> {
                    int now = Math.min(opening, piece.body().remaining());
                    opening -= now;
                    if (now > 0) {
                        add(out, piece, now);
                    }
                }
                case TRANSCRIPT -> add(out, piece, 0);
            }
        }
        return out.toByteArray();
    }

    private static void add(ByteArrayOutputStream out, Piece piece, int length) {
        byte[] bytes = new byte[FrameKind.OVERHEAD + length];
        ByteBuffer frame = ByteBuffer.wrap(bytes)
                .put(piece.kind().code())
                .putLong(piece.micros())
                .putInt(length)
                .put(piece.body().slice(piece.body().position(), length));
        assert !frame.hasRemaining();
        out.writeBytes(bytes);
    }
}
