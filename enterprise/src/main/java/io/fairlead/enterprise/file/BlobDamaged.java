package io.fairlead.enterprise.file;

import java.io.IOException;

/** A blob is not what was written. */
public final class BlobDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    BlobDamaged(String blob, String what) {
        super("blob=" + blob + " damaged: " + what);
    }

    BlobDamaged(String blob, String what, Throwable cause) {
        super("blob=" + blob + " damaged: " + what, cause);
    }
}
