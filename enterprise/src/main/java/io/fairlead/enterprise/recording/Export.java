package io.fairlead.enterprise.recording;

import java.io.IOException;

/** A recording on its way out, piece by piece, as whoever sends it can take them. Blocks; not for several threads. */
public interface Export {
    /** The next bytes, a few hundred KiB at most; none when all were given. */
    byte[] next() throws IOException;
}
