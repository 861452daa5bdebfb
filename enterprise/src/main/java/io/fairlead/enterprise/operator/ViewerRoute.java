package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.remote.Streams;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;

/**
 * The viewers' end of streams, for programs: beside the ticket they show the proof that came with it. A page of a browser can
 * set no such header, so none can be led here by another site.
 */
public final class ViewerRoute {
    /** What came with the viewer's ticket. */
    public static final String PROOF_HEADER = "Fairlead-Proof";

    private final Streams streams;
    private final Relay relay;

    public ViewerRoute(Streams streams, Relay relay) {
        this.streams = streams;
        this.relay = relay;
    }

    /** Adds it to the people's router. */
    public void mount(Router router) {
        router.get(Relay.PATH).handler(context -> {
            @Nullable String proof = context.request().getHeader(PROOF_HEADER);
            if (proof == null) {
                // A browser's, behind this one.
                context.next();
            } else {
                serve(context.request(), proof);
            }
        });
    }

    private void serve(HttpServerRequest request, String proof) {
        if (!proof.matches("[0-9a-f]{32}")) {
            Relay.refuse(request, new Refusal(Fault.FORBIDDEN, "without a proof"));
            return;
        }
        request.pause();
        String bound = Streams.boundTo(proof);
        streams.mayView(bound)
                .onSuccess(may -> relay.viewer(request, bound))
                .onFailure(failure -> Relay.refuse(request, failure));
    }
}
