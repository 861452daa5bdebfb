package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a poll's answer says of authorities: the newest statement to an agent that pins an older one, and the wish for a
 * renewal to one whose certificate is by an issuer that is to be given up. Takes note of what agents pin. Used by all event
 * loops.
 */
public final class Announcements {
    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final int REMEMBERED = 50_000;
    /** Renewals that this node asks for in a minute, so that a fleet does not renew at once. */
    private static final int RENEWALS = 600;

    private final Database database;
    private final Authority authority;
    private final Clock clock;
    private final RollOverStore store = new RollOverStore();
    private final Allowance renewals;
    /** What each enrolment said last; what is forgotten is written once more. */
    private final Map<String, Long> noted = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * For one poll.
     *
     * @param news the statement to take in
     * @param renew whether to renew now
     */
    public record Word(Optional<Announcement> news, boolean renew) {}

    public Announcements(Database database, Authority authority, Clock clock) {
        this.database = database;
        this.authority = authority;
        this.clock = clock;
        this.renewals = new Allowance(clock, RENEWALS);
    }

    /** What to answer to a poll that said this number. */
    public Future<Word> word(DeviceIdentity device, long number) {
        Optional<Announcement> news = authority.announcement().filter(newest -> newest.number() > number);
        return outdated(device)
                .map(outdated -> new Word(news, news.isEmpty() && outdated && renewals.take()))
                .otherwise(failure -> {
                    log.warn("anchors=not-asked device={} cause={}", device.device(), failure.toString());
                    return new Word(news, false);
                });
    }

    /**
     * Takes note of what an agent pins, when its poll arrives. A database that is away only makes the note come later.
     *
     * @param number of the authorities that the agent says it pins
     */
    public Future<Void> note(DeviceIdentity device, long number) {
        return noted(device, number).otherwise(failure -> {
            log.warn("anchors=not-noted device={} cause={}", device.device(), failure.toString());
            return null;
        });
    }

    private Future<Void> noted(DeviceIdentity device, long number) {
        String enrolment = device.device() + " " + device.epoch();
        // Before the first roll-over there is nothing to note.
        if (authority.announcement().isEmpty() || known(enrolment) == number) {
            return Future.succeededFuture();
        }
        return store.confirm(database.pool(), device, number, clock.instant())
                .onSuccess(written -> remember(enrolment, number));
    }

    private Future<Boolean> outdated(DeviceIdentity device) {
        return authority.rollingOff()
                ? store.issuer(database.pool(), device.serial())
                        .map(issuer -> !issuer.equals(RollOver.name(authority.issuer(Usage.DEVICES))))
                : Future.succeededFuture(false);
    }

    private synchronized long known(String enrolment) {
        return noted.getOrDefault(enrolment, -1L);
    }

    private synchronized void remember(String enrolment, long number) {
        noted.put(enrolment, number);
    }
}
