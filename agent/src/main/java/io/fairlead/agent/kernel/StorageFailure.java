package io.fairlead.agent.kernel;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A write that did not happen: a full disk, a lost drive, missing rights. What was on disk before is still there and is
 * all that is there. Trying again later makes sense.
 */
public final class StorageFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageFailure(String what, Path file, IOException cause) {
        super(what + " " + file + ": " + cause.getMessage() + "; nothing was written", cause);
    }
}
