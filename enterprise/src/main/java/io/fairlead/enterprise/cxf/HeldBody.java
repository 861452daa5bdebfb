package io.fairlead.enterprise.cxf;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * The whole body of a request without attachments, if it is of a decent size and comes in decent time. A refused body is
 * not read to its end: who answers closes the connection then.
 */
public final class HeldBody {
    /** From the first look at the body to its last byte. An idle time-out would let a trickle live for ever. */
    public static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final int FIRST = 4_096;

    private final int most;
    private final Timers timers;

    /** @param most bytes of a body */
    public HeldBody(int most, Timers timers) {
        this.most = most;
        this.timers = timers;
    }

    /** Reads a request that may be paused. Fails with BODY_EMPTY, BODY_TOO_LARGE or BODY_TOO_SLOW. */
    public Future<Buffer> read(HttpServerRequest request) {
        Promise<Buffer> whole = Promise.promise();
        Buffer held = Buffer.buffer(FIRST);
        Timers.Timer deadline = timers.after(
                DEADLINE,
                () -> whole.tryFail(new Refusal(Fault.BODY_TOO_SLOW, held.length() + " bytes in " + DEADLINE)));
        request.handler(bytes -> {
            if (held.length() + bytes.length() > most) {
                request.pause();
                whole.tryFail(new Refusal(Fault.BODY_TOO_LARGE, "more than " + most + " bytes"));
            } else {
                held.appendBuffer(bytes);
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> {
            if (held.length() == 0) {
                whole.tryFail(new Refusal(Fault.BODY_EMPTY, "0 bytes"));
            } else {
                whole.tryComplete(held);
            }
        });
        request.resume();
        return whole.future().onComplete(done -> deadline.cancel());
    }
}
