package io.fairlead.enterprise.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * All that a recording has, decrypted: "FLRAW001", then all frames as {@link FrameKind} draws them, head, statements and
 * end included.
 */
public final class RawExport implements Export {
    private static final byte[] MAGIC = "FLRAW001".getBytes(StandardCharsets.US_ASCII);

    private final ChunkReader chunks;
    private boolean begun;

    /** @param playback read by nobody else meanwhile; the caller closes it */
    public RawExport(Playback playback) {
        playback.rewind();
        this.chunks = playback.chunks();
    }

    @Override
    public byte[] next() throws IOException {
        if (!begun) {
            begun = true;
            return MAGIC.clone();
        }
        byte[] plain = chunks.next();
        return plain == null ? new byte[0] : plain;
    }
}
