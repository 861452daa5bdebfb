package io.fairlead.enterprise.app;

import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections of a listener on which no head of a request comes to its end. The time-out for idle ones does not do it:
 * whoever sends a byte of a head now and then is never idle.
 * <pre>
 *   handshake ── FIRST ──▶ head of a request ··· answer's end ── NEXT (noticed within FIRST) ──▶ head of the next ···
 * </pre>
 * A request's body is not looked at here, nor is a stream (WebSocket).
 */
final class HeadDeadline {
    /** From the connection, with its TLS handshake, to the end of the first head. */
    static final Duration FIRST = Duration.ofSeconds(20);

    private static final int SWITCHED = 101;

    private static final Logger LOG = LoggerFactory.getLogger(HeadDeadline.class);

    private final String listener;
    private final Duration next;
    private final Timers timers;
    private final Map<HttpConnection, Watch> watches = new ConcurrentHashMap<>();

    /** @param next from when the end of an answer was noticed to the end of the next head */
    HeadDeadline(String listener, Duration next, Timers timers) {
        this.listener = listener;
        this.next = next;
        this.timers = timers;
    }

    /** To be called on the event loop of each connection when it is there. */
    void connected(HttpConnection connection) {
        Watch watch = new Watch(connection);
        watches.put(connection, watch);
        connection.closeHandler(closed -> {
            watches.remove(connection);
            watch.timer.cancel();
        });
    }

    /** The same handler, whose requests are noticed. */
    Handler<HttpServerRequest> noticing(Handler<HttpServerRequest> handler) {
        return request -> {
            Watch watch = watches.get(request.connection());
            if (watch != null) {
                watch.last = request;
                watch.answered = false;
            }
            handler.handle(request);
        };
    }

    /** One connection; on its event loop only. */
    private final class Watch {
        private final HttpConnection connection;
        private Timers.Timer timer;
        private @Nullable HttpServerRequest last;
        /** Whether the end of the last answer was noticed. */
        private boolean answered;

        Watch(HttpConnection connection) {
            this.connection = connection;
            this.timer = timers.after(FIRST, this::look);
        }

        private void look() {
            if (last == null || answered) {
                LOG.debug("listener={} connection=no-request address={}", listener, connection.remoteAddress());
                connection.close().onFailure(gone -> LOG.debug("listener={} connection=gone", listener));
            } else if (isStream(last)) {
                // Which has time-outs of its own; and Vert.x does not say when such a connection is closed.
                watches.remove(connection);
            } else {
                answered = last.response().ended();
                timer = timers.after(answered ? next : FIRST, this::look);
            }
        }

        private static boolean isStream(HttpServerRequest request) {
            return request.response().ended() && request.response().getStatusCode() == SWITCHED;
        }
    }
}
