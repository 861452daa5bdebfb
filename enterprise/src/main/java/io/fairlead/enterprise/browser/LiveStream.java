package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.kernel.Changes;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser's stream. It never waits for a slow browser: who has not taken {@value #MOST_WAITING} bytes when there is more
 * to say is cut, and reads everything again when he comes back.
 */
final class LiveStream {
    /** All that who is not logged in hears: do not come again before you are. */
    static final String OVER = "event: over\ndata:\n\n";

    private static final String HELLO = "event: hello\ndata:\n\n";
    private static final String AGAIN = "event: again\ndata:\n\n";
    private static final String FULL = "event: full\ndata:\n\n";
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final int MOST_WAITING = 16_384;
    /** Of a device's change hears also who listens to all devices. */
    private static final String DEVICE = "device/";

    private static final String DEVICES = "devices";

    private final String person;
    private final String token;
    private final String address;
    private final List<String> topics;
    private final HttpServerResponse response;
    private final HttpConnection connection;
    private volatile Set<String> heard = Set.of();
    private volatile boolean cut;

    /**
     * @param token of the session that it was opened in
     * @param address of the browser
     */
    LiveStream(String person, String token, String address, List<String> topics, HttpServerRequest request) {
        this.person = person;
        this.token = token;
        this.address = address;
        this.topics = topics;
        this.response = request.response();
        this.connection = request.connection();
    }

    String person() {
        return person;
    }

    String token() {
        return token;
    }

    String address() {
        return address;
    }

    /** What was asked for. */
    List<String> topics() {
        return topics;
    }

    /** What of it he may hear, from now on. */
    void hears(Set<String> may) {
        heard = may;
    }

    void begin() {
        response.setChunked(true)
                .setWriteQueueMaxSize(MOST_WAITING)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                // A proxy in between shall not collect.
                .putHeader("X-Accel-Buffering", "no");
        write(HELLO);
    }

    void beat() {
        write(":\n\n");
    }

    void hint(Set<String> changed) {
        boolean everything = changed.contains(Changes.EVERYTHING);
        boolean device = changed.stream().anyMatch(each -> each.startsWith(DEVICE));
        StringBuilder events = new StringBuilder();
        for (String topic : heard) {
            if (everything || changed.contains(topic) || (device && topic.equals(DEVICES))) {
                events.append("event: hint\ndata: ").append(topic).append("\n\n");
            }
        }
        if (!events.isEmpty()) {
            write(events.toString());
        }
    }

    private void write(String text) {
        if (cut || response.ended() || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            LOG.info("live=cut person={} cause=slow", person);
            cut();
            return;
        }
        response.write(text).onFailure(gone -> LOG.debug("live=not-sent", gone));
    }

    boolean isCut() {
        return cut;
    }

    /** The session is over, or goes on under another token: the browser comes again at once, and learns which. */
    void again() {
        last(AGAIN);
    }

    /** It makes room for a newer one of the same person: the browser comes again much later. */
    void full() {
        last(FULL);
    }

    private void last(String event) {
        if (cut || response.ended() || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            cut();
            return;
        }
        cut = true;
        response.end(event).compose(said -> connection.close()).onFailure(gone -> LOG.debug("live=not-ended", gone));
    }

    /**
     * Says nothing more and closes the connection. That waits for what the browser has not taken; one that takes nothing at
     * all is ended by the listener's idle time-out.
     */
    void cut() {
        cut = true;
        if (!response.ended() && !response.closed()) {
            connection.close().onFailure(gone -> LOG.debug("live=not-cut", gone));
        }
    }
}
