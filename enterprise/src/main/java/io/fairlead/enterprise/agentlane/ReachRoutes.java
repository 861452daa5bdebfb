package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.LoggedRefusals;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a device's {@code agent check} knocks, to learn what its site lets through. Who comes is judged as at every other
 * request; nothing is read of him and nothing kept.
 * <pre>
 *   POST /reach/hold?seconds=0…60   204 after so long, with Fairlead-Time: one at a time for each device
 *   GET  /reach/socket              a WebSocket: one text frame, then closed
 * </pre>
 * What is refused is answered as {@link EstRoutes} does.
 */
public final class ReachRoutes {
    /** Below which they are. */
    public static final String PATH = "/reach/";

    private static final Logger LOG = LoggerFactory.getLogger(ReachRoutes.class);
    private static final String HOLD = PATH + "hold";
    private static final String SOCKET = PATH + "socket";
    private static final int MOST_SECONDS = 60;
    /** Of all devices together. */
    private static final int MOST_HELD = 200;

    private final PeerDoor peers;
    private final Timers timers;
    private final Clock clock;
    private final LoggedRefusals logged;
    private final Ids correlations;
    private final Semaphore places = new Semaphore(MOST_HELD);
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    public ReachRoutes(DeviceCertificates certificates, Timers timers, Clock clock, Ids correlations) {
        this.peers = new PeerDoor(certificates);
        this.timers = timers;
        this.clock = clock;
        this.logged = new LoggedRefusals(clock);
        this.correlations = correlations;
    }

    /** Serves one request below {@link #PATH}. */
    public void handle(HttpServerRequest request) {
        request.pause();
        peers.judge(request)
                .compose(who -> serve(request, who.device()))
                .onFailure(failure -> refuse(request, failure));
    }

    private Future<Void> serve(HttpServerRequest request, String device) {
        if (HOLD.equals(request.path()) && request.method().equals(HttpMethod.POST)) {
            return hold(request, device, seconds(request.getParam("seconds")));
        }
        if (SOCKET.equals(request.path()) && request.method().equals(HttpMethod.GET)) {
            return socket(request, device);
        }
        throw new Refusal(Fault.NOT_FOUND, "path=" + request.path());
    }

    private static int seconds(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,2}") || Integer.parseInt(text) > MOST_SECONDS) {
            throw new Refusal(Fault.INVALID, "seconds is 0 to " + MOST_SECONDS);
        }
        return Integer.parseInt(text);
    }

    private Future<Void> hold(HttpServerRequest request, String device, int seconds) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"))) {
            throw new Refusal(Fault.BODY_TOO_LARGE, "a body where none is read");
        }
        request.resume();
        if (seconds == 0) {
            return answer(request);
        }
        if (!places.tryAcquire()) {
            throw new Refusal(Fault.BUSY, MOST_HELD + " requests are held");
        }
        if (!held.add(device)) {
            places.release();
            throw new Refusal(Fault.BUSY, "a request of this device is held");
        }
        LOG.info("reach=held device={} seconds={}", device, seconds);
        AtomicBoolean over = new AtomicBoolean();
        Timers.Timer timer = timers.after(Duration.ofSeconds(seconds), () -> {
            if (letGo(device, over)) {
                answer(request).onFailure(gone -> LOG.debug("reach=not-answered device={}", device));
            }
        });
        request.response().closeHandler(gone -> {
            timer.cancel();
            if (letGo(device, over)) {
                LOG.info("reach=gone device={}", device);
            }
        });
        return Future.succeededFuture();
    }

    /** Whether this call was the first: a place is given back once. */
    private boolean letGo(String device, AtomicBoolean over) {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        places.release();
        return held.remove(device);
    }

    private Future<Void> answer(HttpServerRequest request) {
        return request.response()
                .setStatusCode(204)
                .putHeader("Fairlead-Time", clock.instant().toString())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }

    private static Future<Void> socket(HttpServerRequest request, String device) {
        return request.toWebSocket()
                .compose(socket -> socket.writeTextMessage("here").compose(written -> socket.close()))
                .recover(gone -> {
                    LOG.debug("reach=no-websocket device={}", device);
                    return Future.succeededFuture();
                });
    }

    private void refuse(HttpServerRequest request, Throwable failure) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            LOG.debug("reach=gone", failure);
            return;
        }
        Fault fault = FailureMeaning.fault(failure);
        String correlation = correlations.next();
        if (logged.take(fault)) {
            LOG.info(
                    "reach=refused fault={} correlation={} detail=\"{}\"",
                    fault.key(),
                    correlation,
                    FailureMeaning.isSilent(failure) ? FailureMeaning.detail(failure) : FailureMeaning.name(failure));
        }
        response.setStatusCode(fault.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader("Fairlead-Fault", fault.key())
                .putHeader("Fairlead-Correlation", correlation);
        if (fault.retryAfterSeconds() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(fault.retryAfterSeconds()));
        }
        response.end(fault.text())
                .onComplete(
                        sent -> request.connection().close().onFailure(gone -> LOG.debug("reach=close-failed", gone)));
    }
}
