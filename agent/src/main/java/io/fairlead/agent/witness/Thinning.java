package io.fairlead.agent.witness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept when there is too much: everything of the last day, the last one of each day before, the very first, and
 * all that contradict; never more than {@link #MOST}, the oldest days go first. Any one of them proves everything up to its
 * number, so little is lost.
 */
final class Thinning {
    /** About 400 KB. */
    static final int MOST = 1_500;

    static final int MOST_CONTRADICTING = 20;
    private static final Duration WHOLE = Duration.ofDays(1);

    private Thinning() {}

    /** @param kept in the order in which they came */
    static List<KeptCheckpoint> thinned(List<KeptCheckpoint> kept, Instant newest) {
        List<KeptCheckpoint> left = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            KeptCheckpoint one = kept.get(i);
            boolean young = !one.checkpoint().at().isBefore(newest.minus(WHOLE));
            if (i == 0 || one.contradicting() || young || i == kept.size() - 1 || lastOfDay(kept, i)) {
                left.add(one);
            }
        }
        for (int i = 1; left.size() > MOST && i < left.size(); ) {
            if (left.get(i).contradicting()) {
                i++;
            } else {
                KeptCheckpoint unusedGone = left.remove(i);
            }
        }
        return left;
    }

    private static boolean lastOfDay(List<KeptCheckpoint> kept, int i) {
        return !day(kept.get(i)).equals(day(kept.get(i + 1)));
    }

    private static LocalDate day(KeptCheckpoint kept) {
        return kept.checkpoint().at().atZone(ZoneOffset.UTC).toLocalDate();
    }
}
