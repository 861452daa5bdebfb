package io.fairlead.enterprise.cxf;

import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * What still comes of a request that was answered early. Were the connection closed at once, bytes under way would be
 * answered with a reset, and a caller who sends all before he reads would lose the answer (RFC 9112 section 9.6). So they are
 * thrown away for a while.
 */
public final class UnreadBody {
    /** Bytes that are waited for. */
    public static final long MOST = 1_048_576;
    /** How long they are. */
    public static final Duration LONGEST = Duration.ofSeconds(2);

    private final Promise<Void> over = Promise.promise();
    private long thrown;

    private UnreadBody() {}

    /**
     * Throws away what comes, whoever was to have it before.
     *
     * @return never fails; completes when the body or the connection has ended, or it has been enough: then the connection
     *     is to be closed
     */
    public static Future<Void> discard(HttpServerRequest request, Timers timers) {
        UnreadBody body = new UnreadBody();
        request.exceptionHandler(gone -> body.end());
        request.endHandler(ended -> body.end());
        request.handler(bytes -> body.discard(bytes.length()));
        request.resume();
        Timers.Timer enough = timers.after(LONGEST, body::end);
        return body.over.future().onComplete(done -> enough.cancel());
    }

    private void discard(int bytes) {
        thrown += bytes;
        if (thrown > MOST) {
            end();
        }
    }

    private void end() {
        over.tryComplete();
    }
}
