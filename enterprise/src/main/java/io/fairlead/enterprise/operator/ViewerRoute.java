package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.remote.Streams;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The viewers' end of streams, for programs: beside the ticket they show the proof that came with it. A page of a browser can
 * set no such header, so none can be led here by another site.
 */
public final class ViewerRoute {
    /** What came with the viewer's ticket. */
    public static final String PROOF_HEADER = "Fairlead-Proof";

    private static final Logger LOG = LoggerFactory.getLogger(ViewerRoute.class);

    private final Streams streams;
    private final Relay relay;

    public ViewerRoute(Streams streams, Relay relay) {
        this.streams = streams;
        this.relay = relay;
    }

    /** Adds it to the people's router. */
    public void mount(Router router) {
        router.get(Relay.PATH).handler(context -> {
            if (context.request().getHeader(PROOF_HEADER) == null) {
                // A browser's, behind this one.
                context.next();
            } else {
                serve(context.request());
            }
        });
    }

    private void serve(HttpServerRequest request) {
        @Nullable String proof = request.getHeader(PROOF_HEADER);
        if (proof == null || !proof.matches("[0-9a-f]{32}")) {
            refuse(request, new Refusal(Fault.FORBIDDEN, "without a proof"));
            return;
        }
        request.pause();
        String bound = Streams.boundTo(proof);
        streams.mayView(bound)
                .onSuccess(may -> relay.viewer(request, bound))
                .onFailure(failure -> refuse(request, failure));
    }

    private static void refuse(HttpServerRequest request, Throwable failure) {
        boolean refused = failure instanceof Refusal;
        if (refused) {
            LOG.info(
                    "tunnel=refused address={} reason=\"{}\"",
                    request.remoteAddress().hostAddress(),
                    failure.getMessage());
        } else {
            LOG.warn("tunnel=failed address={}", request.remoteAddress().hostAddress(), failure);
        }
        request.resume();
        request.response()
                .setStatusCode(refused ? 403 : 503)
                .end("This stream is not allowed.\n")
                .onFailure(gone -> LOG.debug("tunnel=not-answered", gone));
    }
}
