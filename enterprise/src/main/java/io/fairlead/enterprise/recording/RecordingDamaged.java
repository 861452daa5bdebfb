package io.fairlead.enterprise.recording;

import java.io.IOException;

/** A recording is not what was written. The message says what is wrong, in words that follow "the recording:". */
public final class RecordingDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    RecordingDamaged(String what) {
        super(what);
    }

    RecordingDamaged(String what, Throwable cause) {
        super(what, cause);
    }
}
