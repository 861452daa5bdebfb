package io.fairlead.enterprise.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What waits to be sealed and to be sent on, at one moment.
 *
 * @param unsealed rows without a seal, at most {@value #MOST_ROWS}
 * @param oldest how long the oldest of them waits
 * @param unsent what waits for the syslog receiver; empty where there is none
 */
public record Backlog(long unsealed, Duration oldest, Optional<Unsent> unsent) {
    /** More are not counted. */
    static final int MOST_ROWS = 100_000;
    /** Longer than any transaction of the server takes. */
    public static final Duration SEALED_WITHIN = Duration.ofMinutes(1);
    /** A connection is held for half a minute, and a receiver may be started anew. */
    public static final Duration SENT_WITHIN = Duration.ofMinutes(5);

    static final Backlog NONE = new Backlog(0, Duration.ZERO, Optional.empty());

    /**
     * What waits for a syslog receiver.
     *
     * @param target {@code host:port}
     * @param rows sealed, and not confirmed by it
     * @param waiting how long nothing was confirmed although something waits
     * @param confirmed when it last confirmed something; empty for never
     */
    public record Unsent(String target, long rows, Duration waiting, Optional<Instant> confirmed) {
        boolean late() {
            return rows > 0 && waiting.compareTo(SENT_WITHIN) > 0;
        }

        Unsent with(Duration other) {
            return new Unsent(target, rows, other, confirmed);
        }
    }

    /** Whether rows wait for a seal for longer than they should. */
    public boolean sealingLate() {
        return unsealed > 0 && oldest.compareTo(SEALED_WITHIN) > 0;
    }

    /** Whether rows wait for the syslog receiver for longer than they should. */
    public boolean sendingLate() {
        return unsent.filter(Unsent::late).isPresent();
    }

    /** What a person should do something about, in sentences; empty when all is well. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        if (sealingLate()) {
            troubles.add(count(unsealed) + " of the audit " + verb(unsealed) + " for a seal, the oldest for "
                    + minutes(oldest)
                    + ". Until then a change of them would not be found. The servers' logs say why: look for sealer.");
        }
        unsent.filter(Unsent::late)
                .ifPresent(one -> troubles.add("The syslog receiver " + one.target()
                        + one.confirmed()
                                .map(at -> " has confirmed nothing since " + at.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(" has never confirmed anything")
                        + ", and " + count(one.rows()) + " " + verb(one.rows())
                        + " for it. They are kept and sent later. The servers' logs say why: look for"
                        + " syslog."));
        return troubles;
    }

    private static String count(long rows) {
        return rows == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", rows);
    }

    private static String verb(long rows) {
        return rows == 1 ? "waits" : "wait";
    }

    private static String minutes(Duration time) {
        return time.toMinutes() < 120 ? time.toMinutes() + " min" : time.toHours() + " h";
    }
}
