package io.fairlead.enterprise.kernel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other transactions NOTIFY, on a connection of its own that is made again whenever it is lost.
 *
 * <pre>
 * start() ──▶ connecting ──▶ listening ── lost, or silent for 30 s ──▶ waiting (0.1 s … 5 s) ──▶ connecting
 *                                │
 *                                └ first LISTEN on every channel, then every onReconnect call
 * </pre>
 *
 * What was notified while no connection listened is gone. Therefore everyone who listens also gives an
 * {@link #onReconnect} call, which reads again whatever a notification may have been about. A payload is a hint from
 * anyone who may log in: read again, never act on it.
 *
 * <p>One event loop makes all calls, so they must not block. The composition root owns it and closes it.
 */
public final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    // A firewall that forgets a quiet connection tells nobody.
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(15);
    private static final Duration CHECK_TAKES = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final Context context;
    private final PgConnectOptions options;
    private final Timers timers;
    private final Promise<Void> subscribed = Promise.promise();

    // All of these belong to the event loop of the context.
    private final Map<String, List<Consumer<String>>> listeners = new LinkedHashMap<>();
    private final List<Runnable> reconnectCalls = new ArrayList<>();
    private @Nullable PgConnection connection;
    private Duration pause = FIRST_PAUSE;
    private boolean closed;

    /** @param options for a connection of the role {@code fairlead_app}: {@code settings.connectAs(settings.app())} */
    public Notifications(Vertx vertx, PgConnectOptions options, Timers timers) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.options = new PgConnectOptions(options).addProperty("application_name", "fairlead-listen");
        this.timers = timers;
    }

    /** Calls with the payload of each notification on the channel. Before {@link #start}, or later: then from soon on. */
    public void listen(String channel, Consumer<String> listener) {
        if (!channel.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("a channel is named by lower-case letters, digits and _");
        }
        context.runOnContext(go -> {
            boolean known = listeners.containsKey(channel);
            listeners.computeIfAbsent(channel, none -> new ArrayList<>()).add(listener);
            PgConnection current = connection;
            if (!known && current != null) {
                current.query("LISTEN " + channel).execute().onFailure(failure -> drop(current, failure));
            }
        });
    }

    /** Calls after every subscription, the first one included: read again what may have been missed. */
    public void onReconnect(Runnable call) {
        context.runOnContext(go -> reconnectCalls.add(call));
    }

    /** Connects, and goes on trying for as long as it takes; the future completes when it listens for the first time. */
    public Future<Void> start() {
        context.runOnContext(go -> connect());
        return subscribed.future();
    }

    private void connect() {
        if (closed) {
            return;
        }
        PgConnection.connect(vertx, options)
                .onComplete(opened -> context.runOnContext(go -> {
                    if (opened.failed()) {
                        retry(opened.cause());
                    } else if (closed) {
                        discard(opened.result());
                    } else {
                        subscribe(opened.result());
                    }
                }));
    }

    private void subscribe(PgConnection opened) {
        connection = opened;
        opened.notificationHandler(notification -> context.runOnContext(go -> deliver(notification)));
        opened.exceptionHandler(failure -> LOG.debug("notifications=failing cause=\"{}\"", failure.getMessage()));
        opened.closeHandler(gone -> context.runOnContext(go -> drop(opened, new IllegalStateException("closed"))));
        Future<?> listening = Future.succeededFuture();
        for (String channel : listeners.keySet()) {
            listening =
                    listening.compose(done -> opened.query("LISTEN " + channel).execute());
        }
        listening.onComplete(done -> context.runOnContext(go -> {
            if (done.failed()) {
                drop(opened, done.cause());
            } else if (connection == opened) {
                subscribedOn(opened);
            }
        }));
    }

    private void subscribedOn(PgConnection opened) {
        pause = FIRST_PAUSE;
        LOG.info("notifications=listening channels={}", listeners.keySet());
        subscribed.tryComplete();
        for (Runnable call : List.copyOf(reconnectCalls)) {
            guarded(call);
        }
        checkLater(opened);
    }

    private void checkLater(PgConnection opened) {
        var unusedNext = timers.after(BETWEEN_CHECKS, () -> context.runOnContext(go -> check(opened)));
    }

    private void check(PgConnection opened) {
        if (connection != opened) {
            return;
        }
        Timers.Timer late = timers.after(
                CHECK_TAKES,
                () -> context.runOnContext(go -> drop(opened, new IllegalStateException("no answer to a check"))));
        opened.query("SELECT 1")
                .execute()
                .onComplete(answered -> context.runOnContext(go -> {
                    late.cancel();
                    if (answered.failed()) {
                        drop(opened, answered.cause());
                    } else {
                        checkLater(opened);
                    }
                }));
    }

    private void deliver(PgNotification notification) {
        for (Consumer<String> listener : listeners.getOrDefault(notification.getChannel(), List.of())) {
            guarded(() -> listener.accept(notification.getPayload()));
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            LOG.error("notifications=listener_failed", failure);
        }
    }

    private void drop(PgConnection lost, Throwable cause) {
        if (connection == lost) {
            connection = null;
            discard(lost);
            retry(cause);
        }
    }

    private void retry(Throwable cause) {
        if (closed) {
            return;
        }
        LOG.warn("notifications=lost retry_millis={} cause=\"{}\"", pause.toMillis(), cause.getMessage());
        var unusedNext = timers.after(pause, () -> context.runOnContext(go -> connect()));
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private static void discard(PgConnection connection) {
        connection.close().onFailure(failure -> LOG.debug("notifications=close_failed"));
    }

    /** Ends it for good. */
    public Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(go -> {
            closed = true;
            PgConnection last = connection;
            connection = null;
            subscribed.tryFail("closed");
            Future<Void> ended = last == null ? Future.succeededFuture() : last.close();
            ended.onComplete(any -> done.complete());
        });
        return done.future();
    }
}
