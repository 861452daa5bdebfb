package io.fairlead.enterprise.status;

import io.vertx.core.Future;
import java.util.List;

/** Writes a group of slices of different devices, sorted by device. */
interface Writer {
    /**
     * Succeeds once everything is committed, with one outcome for each slice. A failure may stand for a commit whose
     * answer was lost; writing the same again is harmless.
     */
    Future<List<SliceOutcome>> write(List<Slice> slices);
}
