package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The whole body of a request, if it is of a decent size and comes in decent time. A refused body is not read to its
 * end: who answers closes the connection then.
 */
final class BoundedBody {
    /** Bytes of a SOAP request. */
    static final int MOST_BYTES = 65_536;
    /** From the first look at the request to the body's last byte. An idle time-out would let a trickle live for ever. */
    static final Duration DEADLINE = Duration.ofSeconds(15);

    private final Timers timers;

    BoundedBody(Timers timers) {
        this.timers = timers;
    }

    /** Reads a request that may be paused. Fails with BODY_EMPTY, BODY_TOO_LARGE or BODY_TOO_SLOW. */
    Future<Buffer> read(HttpServerRequest request) {
        if (tells(request) > MOST_BYTES) {
            return Future.failedFuture(new Refusal(Fault.BODY_TOO_LARGE, "content-length " + tells(request)));
        }
        Promise<Buffer> body = Promise.promise();
        Buffer collected = Buffer.buffer((int) Math.max(1024, tells(request)));
        Timers.Timer deadline = timers.after(
                DEADLINE,
                () -> body.tryFail(new Refusal(Fault.BODY_TOO_SLOW, collected.length() + " bytes in " + DEADLINE)));
        request.handler(chunk -> {
            if (collected.length() + chunk.length() > MOST_BYTES) {
                request.pause();
                body.tryFail(new Refusal(Fault.BODY_TOO_LARGE, "more than " + MOST_BYTES + " bytes"));
            } else {
                collected.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(body::tryFail);
        request.endHandler(end -> {
            if (collected.length() == 0) {
                body.tryFail(new Refusal(Fault.BODY_EMPTY, "0 bytes"));
            } else {
                body.tryComplete(collected);
            }
        });
        request.resume();
        return body.future().onComplete(done -> deadline.cancel());
    }

    private static long tells(HttpServerRequest request) {
        @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
