package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds devices that were not heard for ten minutes, once for each time: those whose last contact is ten minutes older than
 * now, and was not yet when it was looked last. Until when it was looked stands in the database, in the same transaction as
 * what was found. While this server was not there ten minutes ago, it cannot know who was silent, and waits.
 */
final class MissingWatch {
    static final Duration SILENT_FOR = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Database database;
    private final Clock clock;
    private final MissingStore store = new MissingStore();
    private final Instant from;
    private Instant next = Instant.MIN;

    MissingWatch(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.from = clock.instant().plus(SILENT_FOR);
    }

    /** How many notifications wait more. */
    Future<Integer> look() {
        Instant now = clock.instant();
        if (now.isBefore(from) || now.isBefore(next)) {
            return Future.succeededFuture(0);
        }
        next = now.plus(EVERY);
        return database.inTransaction(connection -> store.lookedAt(connection)
                .compose(before -> before.isEmpty()
                        ? store.begin(connection, now).map(0)
                        : store.missing(connection, before.get(), now, SILENT_FOR)
                                .compose(found -> store.looked(connection, now).map(found))));
    }
}
