package io.fairlead.enterprise.status;

import io.fairlead.soap.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a committed transaction made of a slice.
 *
 * @param committed the stream's last sequence
 * @param refusal not null when the whole slice is refused; nothing of it was written then
 */
record SliceOutcome(
        long committed,
        List<ReportAnswer.Rejection> rejected,
        int stored,
        int duplicates,
        @Nullable Refusal refusal) {
    static SliceOutcome none() {
        return new SliceOutcome(0, List.of(), 0, 0, null);
    }

    static SliceOutcome refused(Refusal refusal) {
        return new SliceOutcome(0, List.of(), 0, 0, refusal);
    }

    /** With what became of the messages behind it. */
    SliceOutcome then(SliceOutcome later) {
        List<ReportAnswer.Rejection> all = new ArrayList<>(rejected);
        all.addAll(later.rejected);
        return new SliceOutcome(
                Math.max(committed, later.committed),
                all,
                stored + later.stored,
                duplicates + later.duplicates,
                refusal == null ? later.refusal : refusal);
    }
}
