package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.cxf.UnreadBody;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.enterprise.kernel.LoggedRefusals;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says no: one line in the log, and a fault with a fixed text. */
final class FaultAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(FaultAnswers.class);
    private static final int UNAUTHORIZED = 401;

    private static final int FORBIDDEN = 403;

    private final LoggedRefusals logged;
    private final boolean byPassword;
    private final Timers timers;

    /** @param byPassword whether a password would help whoever is refused for who he is */
    FaultAnswers(LoggedRefusals logged, boolean byPassword, Timers timers) {
        this.logged = logged;
        this.byPassword = byPassword;
        this.timers = timers;
    }

    /** Answers a call with a fault; where an answer has begun already, the caller sees that it breaks off. */
    void send(OneCall call, Fault fault, Throwable why) {
        log(fault, call.who(), call.name(), call.correlation(), why);
        if (call.begun()) {
            call.request().connection().close();
        } else {
            send(call.request(), call.wire(), fault, call.correlation(), call.status(fault));
        }
    }

    /** The same for whoever asks for a contract. */
    void send(HttpServerRequest request, String address, String what, String correlation, Throwable why) {
        Fault fault = FailureMeaning.fault(why);
        log(fault, "address:" + address, what, correlation, why);
        send(request, Wire.SOAP11, fault, correlation, fault.status());
    }

    private void send(HttpServerRequest request, Wire wire, Fault fault, String correlation, int status) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (fault.retryAfterSeconds() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(fault.retryAfterSeconds()));
        }
        boolean unauthorized = status == UNAUTHORIZED;
        if (unauthorized && byPassword) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"Fairlead integration\", charset=\"UTF-8\"");
        }
        response.setStatusCode(unauthorized && !byPassword ? FORBIDDEN : status)
                .putHeader(HttpHeaders.CONTENT_TYPE, wire.type() + "; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Buffer envelope = FaultEnvelope.of(wire, fault, correlation);
        if (request.isEnded()) {
            Future<Void> unused = response.end(envelope);
        } else {
            sendBeforeEnd(request, envelope);
        }
    }

    /** The whole answer goes out; the connection is closed when the caller has had time to read it. */
    private void sendBeforeEnd(HttpServerRequest request, Buffer envelope) {
        Future<Void> unused = request.response()
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(envelope.length()))
                .write(envelope)
                .eventually(() -> UnreadBody.discard(request, timers))
                .eventually(() -> request.connection().close());
    }

    private void log(Fault fault, String who, String call, String correlation, Throwable why) {
        if (!logged.take(fault)) {
            return;
        }
        if (fault.blame() == Fault.Blame.SERVER) {
            LOG.warn(
                    "refused fault={} correlation={} call={} by={} cause={} detail=\"{}\"",
                    fault.key(),
                    correlation,
                    call,
                    who,
                    FailureMeaning.name(why),
                    why instanceof Refusal || !FailureMeaning.isSilent(why) ? FailureMeaning.detail(why) : "",
                    FailureMeaning.isSilent(why) ? null : why);
        } else {
            LOG.info(
                    "refused fault={} correlation={} call={} by={} detail=\"{}\"",
                    fault.key(),
                    correlation,
                    call,
                    who,
                    FailureMeaning.detail(why));
        }
    }
}
