package io.fairlead.enterprise.audit;

import io.fairlead.statements.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What verification found.
 *
 * @param rows sealed rows that were read
 * @param last the highest number; 0 for none
 * @param proved the newest checkpoint below everything that is wrong: rows up to its number are as they were at its time
 * @param findings what is wrong, in order, at most {@link #MOST_FINDINGS}
 * @param wrong how many findings there were in all
 * @param witnesses checkpoints of witnesses that agree
 * @param unsealed rows that are too young to be sealed
 * @param oldestUnsealed when the oldest of those was written, as PostgreSQL says it
 * @param backdated rows that bear a time minutes before rows that were sealed ahead of them: put in with an old time, or the
 *     clock was set back. The chain is whole with them, so they count as nothing wrong, and somebody should look
 * @param firstBackdated the first few of those, for people
 */
public record Verified(
        long rows,
        long last,
        Optional<Checkpoint> proved,
        List<Finding> findings,
        long wrong,
        long witnesses,
        long unsealed,
        Optional<Instant> oldestUnsealed,
        long backdated,
        List<String> firstBackdated) {
    /** More are counted, not kept. */
    public static final int MOST_FINDINGS = 1_000;

    public Verified {
        findings = List.copyOf(findings);
        firstBackdated = List.copyOf(firstBackdated);
    }

    /** Whether nothing is wrong. */
    public boolean clean() {
        return wrong == 0;
    }

    /** The first number that may be wrong; empty when nothing is. */
    public Optional<Long> wrongFrom() {
        return findings.stream().map(Finding::from).min(Long::compare);
    }
}
