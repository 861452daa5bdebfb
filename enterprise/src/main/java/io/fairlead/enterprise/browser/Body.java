package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** The body of a request, if it is of a decent size and comes in decent time; no more of it is read than that. */
public final class Body {
    /** Bytes of a form. */
    static final int MOST_BYTES = 65_536;
    /** From the first look to the last byte. */
    static final Duration DEADLINE = Duration.ofSeconds(15);

    private final Timers timers;

    public Body(Timers timers) {
        this.timers = timers;
    }

    /** Reads a request that is paused. Fails with BODY_TOO_LARGE or BODY_TOO_SLOW; an empty body is a body. */
    Future<Buffer> read(HttpServerRequest request) {
        return read(request, MOST_BYTES, DEADLINE);
    }

    /** The same with other bounds, the first in bytes. */
    public Future<Buffer> read(HttpServerRequest request, int most, Duration within) {
        Promise<Buffer> body = Promise.promise();
        Buffer collected = Buffer.buffer();
        Timers.Timer deadline = timers.after(
                within,
                () -> body.tryFail(new Refusal(
                        Fault.BODY_TOO_SLOW, collected.length() + " bytes came in " + within.toSeconds() + " s")));
        request.handler(chunk -> {
            if (collected.length() + chunk.length() > most) {
                request.pause();
                body.tryFail(new Refusal(Fault.BODY_TOO_LARGE, "more than " + most + " bytes"));
            } else {
                collected.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(body::tryFail);
        request.endHandler(end -> body.tryComplete(collected));
        request.resume();
        return body.future().onComplete(done -> deadline.cancel());
    }
}
