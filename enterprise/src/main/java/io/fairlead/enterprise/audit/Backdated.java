package io.fairlead.enterprise.audit;

import io.fairlead.statements.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that bear a time long before what was sealed and signed ahead of them. The chain is whole with them: somebody who can
 * write to the database put them in with an old time, or the clock was set back. Rows that had to wait for a sealer are none
 * of these, for they wait together with those before them.
 */
final class Backdated {
    /** Longer than any transaction of the server takes. */
    static final Duration LATE = Duration.ofMinutes(5);

    private static final int SHOWN = 20;

    private final List<String> first = new ArrayList<>();
    private long count;
    private Instant newest = Instant.EPOCH;
    private Instant signed = Instant.EPOCH;

    /** The next row in order of numbers; null for one that is gone. */
    void row(@Nullable ChainRow row) {
        Instant at = row == null ? null : VerifyStore.moment(row.at()).orElse(null);
        if (row == null || at == null) {
            return;
        }
        // A row from the future makes no other late.
        Instant before = newest.isBefore(signed) ? newest : signed;
        if (at.isBefore(before.minus(LATE))) {
            count++;
            if (first.size() < SHOWN) {
                first.add("row " + row.number() + " (id " + row.id() + ", " + row.at() + ", " + row.actor() + ", "
                        + row.code() + ") was sealed after rows of " + Checkpoint.micros(before));
            }
        }
        newest = at.isAfter(newest) ? at : newest;
    }

    /** A checkpoint for the row that was read last. */
    void signed(Instant at) {
        signed = at;
    }

    long count() {
        return count;
    }

    /** The first few, for people. */
    List<String> first() {
        return List.copyOf(first);
    }
}
