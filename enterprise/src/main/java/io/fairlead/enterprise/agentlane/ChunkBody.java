package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * The bytes of one chunk, as many as were announced, if they come fast enough: at least 4,096 a second over each 30 s. A
 * site with little bandwidth passes, a trickle does not.
 */
final class ChunkBody {
    /** A look at how much has come. */
    static final Duration LOOK = Duration.ofSeconds(30);
    /** What must have come between two looks. */
    static final int LEAST = 4_096 * 30;

    private final Timers timers;

    ChunkBody(Timers timers) {
        this.timers = timers;
    }

    /** Reads a request that may be paused. Fails with BYTES_TOO_SLOW, or INVALID when there are more or fewer. */
    Future<byte[]> read(HttpServerRequest request, int length) {
        Promise<byte[]> whole = Promise.promise();
        Buffer collected = Buffer.buffer(length);
        Looks looks = new Looks(collected, whole);
        request.handler(bytes -> {
            if (collected.length() + bytes.length() > length) {
                request.pause();
                whole.tryFail(new Refusal(Fault.INVALID, "more than the announced " + length + " bytes"));
            } else {
                collected.appendBuffer(bytes);
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> {
            if (collected.length() == length) {
                whole.tryComplete(collected.getBytes());
            } else {
                whole.tryFail(
                        new Refusal(Fault.INVALID, collected.length() + " of the announced " + length + " bytes"));
            }
        });
        looks.next();
        request.resume();
        return whole.future().onComplete(done -> looks.end());
    }

    /** One timer after the other, on the request's event loop. */
    private final class Looks {
        private final Buffer collected;
        private final Promise<byte[]> whole;
        private int seen;
        private Timers.Timer timer = () -> {};

        Looks(Buffer collected, Promise<byte[]> whole) {
            this.collected = collected;
            this.whole = whole;
        }

        void next() {
            seen = collected.length();
            timer = timers.after(LOOK, this::look);
        }

        private void look() {
            if (collected.length() - seen < LEAST) {
                whole.tryFail(new Refusal(
                        Fault.BYTES_TOO_SLOW, collected.length() - seen + " bytes in " + LOOK.toSeconds() + " s"));
            } else {
                next();
            }
        }

        void end() {
            timer.cancel();
        }
    }
}
