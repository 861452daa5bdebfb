package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.remote.Streams;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The viewers' end of streams, for pages of ours: {@code GET /tunnel?stream=ID} with the log-in's cookie and our Origin, and
 * the ticket as a subprotocol. A ticket is for one stream, one person and one log-in; when that ends, so does the stream.
 */
public final class ViewerDoor {
    static final Duration LOOK_EVERY = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ViewerDoor.class);

    private final Sessions sessions;
    private final Streams streams;
    private final Relay relay;
    private final Timers timers;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    /** A stream, and the log-in in which it is watched. */
    private record Watched(String stream, String token, String address, LoggedIn who) {}

    public ViewerDoor(Sessions sessions, Streams streams, Relay relay, Timers timers) {
        this.sessions = sessions;
        this.streams = streams;
        this.relay = relay;
        this.timers = timers;
    }

    /** Whom a ticket for that stream is for, as the relay compares it. */
    public static String boundTo(LoggedIn who, String stream) {
        return Streams.boundTo(
                String.join("\n", "browser", who.session(), who.actor().audited(), stream));
    }

    /** Adds it to the people's router, behind what is for programs. */
    public void mount(Router router) {
        router.get(Relay.PATH).handler(context -> serve(context.request()));
    }

    private void serve(HttpServerRequest request) {
        @Nullable String stream = request.getParam("stream");
        String token = Cookies.session(request);
        if (stream == null || !stream.matches("[0-9a-f]{32}") || token.isEmpty() || !SameSite.made(request)) {
            Relay.refuse(request, new Refusal(Fault.FORBIDDEN, "no page of ours, or nobody's"));
            return;
        }
        request.pause();
        String address = request.remoteAddress().hostAddress();
        sessions.find(token, address, true)
                .compose(found -> {
                    LoggedIn who =
                            found.orElseThrow(() -> new Refusal(Fault.NOT_LOGGED_IN, "nobody is logged in there"));
                    return streams.mayView(who.actor(), boundTo(who, stream)).map(who);
                })
                .onSuccess(who -> admit(request, new Watched(stream, token, address, who)))
                .onFailure(failure -> Relay.refuse(request, failure));
    }

    private void admit(HttpServerRequest request, Watched one) {
        relay.viewer(request, boundTo(one.who(), one.stream()));
        @Nullable Watched before = watched.put(one.stream(), one);
        if (before == null) {
            lookLater(one);
        }
    }

    private void lookLater(Watched one) {
        Timers.Timer unusedNeverCancelled = timers.after(LOOK_EVERY, () -> {
            if (relay.holds(one.stream())) {
                judge(one);
                lookLater(one);
            } else {
                @Nullable Watched unusedGone = watched.remove(one.stream());
            }
        });
    }

    private void judge(Watched one) {
        sessions.find(one.token(), one.address(), false)
                .map(found -> goesOn(one, found))
                .compose(goesOn -> goesOn ? mayView(one) : Future.succeededFuture(false))
                .onSuccess(goesOn -> {
                    if (!goesOn) {
                        LOG.info(
                                "stream={} person={} cause=log-in-over-or-not-his",
                                one.stream(),
                                one.who().actor().name());
                        relay.endStream(one.stream(), StreamCause.RIGHTS_LOST);
                    }
                })
                // Who cannot be judged is shown no more.
                .onFailure(failure -> {
                    LOG.warn("stream={} log-in=not-judged", one.stream(), failure);
                    relay.endStream(one.stream(), StreamCause.INTERNAL);
                });
    }

    private Future<Boolean> mayView(Watched one) {
        return streams.mayView(one.who().actor(), boundTo(one.who(), one.stream()))
                .map(true)
                // That a session is over, the relay hears with its cause.
                .recover(failure -> failure instanceof Refusal refusal
                        ? Future.succeededFuture(refusal.fault() == Fault.NOT_FOUND)
                        : Future.failedFuture(failure));
    }

    private static boolean goesOn(Watched one, Optional<LoggedIn> found) {
        return found.isPresent()
                && found.get().session().equals(one.who().session())
                && found.get().actor().audited().equals(one.who().actor().audited());
    }

    /** A log-in of this person may have ended, at whatever node: what he watches here is judged at once. */
    public void recheck(String person) {
        List.copyOf(watched.values()).stream()
                .filter(one -> one.who().actor().is(person))
                .forEach(this::judge);
    }
}
