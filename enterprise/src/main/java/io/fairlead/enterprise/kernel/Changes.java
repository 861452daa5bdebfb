package io.fairlead.enterprise.kernel;

import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every node that something is to be read again: a device's values, the list of people. Names are collected and sent
 * by one NOTIFY a second, whatever happens here, since commits that notify queue on one lock. It is a hint after the fact,
 * outside of any transaction: who hears it reads, and who must not miss anything reads now and then as well.
 *
 * <p>A name is {@code kind} or {@code kind/id}. When more has changed than fits, {@value #EVERYTHING} is sent.
 */
public final class Changes {
    /** Stands for all names. */
    public static final String EVERYTHING = "*";

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final String CHANNEL = "fairlead_changed";
    private static final String NOTIFY = "SELECT pg_notify('" + CHANNEL + "', $1)";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Below PostgreSQL's 8,000 bytes. */
    private static final int MOST_BYTES = 7_900;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,31}(/[A-Za-z0-9][A-Za-z0-9._-]{0,63})?");

    private final Database database;
    private final Notifications notifications;
    private final Paced publishing;
    private Set<String> changed = new LinkedHashSet<>();
    private int bytes;

    public Changes(Database database, Notifications notifications, Timers timers) {
        this.database = database;
        this.notifications = notifications;
        this.publishing = new Paced(timers, PAUSE, this::publish);
    }

    /** Whether it is a name of this kind. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Says that something has changed and is committed. From any thread. */
    public void note(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a change is named kind or kind/id");
        }
        synchronized (this) {
            if (changed.add(name)) {
                bytes += name.getBytes(StandardCharsets.UTF_8).length + 1;
            }
        }
        publishing.ask();
    }

    private void publish() {
        String payload;
        synchronized (this) {
            if (changed.isEmpty()) {
                return;
            }
            payload = bytes > MOST_BYTES ? EVERYTHING : String.join(" ", changed);
            changed = new LinkedHashSet<>();
            bytes = 0;
        }
        database.pool()
                .preparedQuery(NOTIFY)
                .execute(Tuple.of(payload))
                .onFailure(failure -> LOG.warn("changes=not-told cause=\"{}\"", failure.getMessage()));
    }

    /** Calls with each name that any node told of, and with {@value #EVERYTHING} when some may have been missed. */
    public void listen(Consumer<String> listener) {
        notifications.listen(CHANNEL, payload -> {
            for (String name : payload.split(" ", -1)) {
                if (name.equals(EVERYTHING) || isName(name)) {
                    listener.accept(name);
                }
            }
        });
        notifications.onReconnect(() -> listener.accept(EVERYTHING));
    }
}
