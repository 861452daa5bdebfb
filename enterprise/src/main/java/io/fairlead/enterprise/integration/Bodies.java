package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.cxf.HeldBody;
import io.fairlead.enterprise.cxf.PackedBody;
import io.fairlead.enterprise.cxf.PackedBody.Packed;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads envelopes: of an attachment behind one not a byte. */
final class Bodies {
    private final HeldBody bare;
    private final Timers timers;

    Bodies(Timers timers) {
        this.bare = new HeldBody(RequestHead.MOST_BYTES, timers);
        this.timers = timers;
    }

    /** Asks for it where the caller waits for that. Fails as {@link HeldBody} and {@link PackedBody} do. */
    Future<Packed> read(OneCall call) {
        HttpServerRequest request = call.request();
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        return read(request, call.head().boundary()).map(call::judge);
    }

    private Future<Packed> read(HttpServerRequest request, @Nullable String boundary) {
        return boundary == null
                ? bare.read(request).map(Packed::bare)
                : PackedBody.read(request, boundary, RequestHead.MOST_BYTES, timers);
    }
}
