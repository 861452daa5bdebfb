package io.fairlead.enterprise.browser;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@link Assets}, to anybody: there is nothing of a customer in them. */
final class AssetRoute {
    private static final Logger LOG = LoggerFactory.getLogger(AssetRoute.class);

    private final Assets assets;

    AssetRoute(Assets assets) {
        this.assets = assets;
    }

    void mount(Router router) {
        router.get("/assets/:hash/:name").handler(this::serve);
        // Browsers ask for it whatever the page says.
        router.get("/favicon.ico").handler(context -> send(context, "mark.svg", false));
    }

    private void serve(RoutingContext context) {
        boolean current = assets.hash().equals(context.pathParam("hash"));
        send(context, context.pathParam("name"), current);
    }

    /** A page that is older than this program gets today's file, once, and does not keep it. */
    private void send(RoutingContext context, String name, boolean current) {
        Assets.@Nullable File file = assets.file(name);
        if (file == null) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, current ? "public, max-age=31536000, immutable" : "no-cache")
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        @Nullable String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        Buffer bytes = file.plain();
        if (takes(accepted, "br")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "br");
            bytes = file.brotli();
        } else if (takes(accepted, "gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            bytes = file.gzip();
        }
        response.end(bytes).onFailure(gone -> LOG.debug("asset=not-sent", gone));
    }

    private static boolean takes(@Nullable String accepted, String coding) {
        return accepted != null
                && Arrays.stream(accepted.split(",", -1))
                        .map(String::strip)
                        .anyMatch(each -> each.equals(coding)
                                || (each.startsWith(coding + ";") && !each.matches(".*;\\s*q=0(\\.0+)?")));
    }
}
