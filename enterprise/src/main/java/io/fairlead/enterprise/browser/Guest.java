package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.people.Entitlement;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Who stands at the door, while it is being found out.
 *
 * @param secret of this browser's cookie: the session's token, or a random value before the log-in; makes its CSRF tokens
 * @param may what he may do; there if and only if he is logged in
 */
record Guest(
        RoutingContext context,
        String secret,
        @Nullable LoggedIn who,
        @Nullable Entitlement may) {
    Guest(RoutingContext context, String secret) {
        this(context, secret, null, null);
    }

    Guest as(LoggedIn found, Entitlement entitled) {
        return new Guest(context, secret, found, entitled);
    }

    HttpServerRequest request() {
        return context.request();
    }

    HttpServerResponse response() {
        return context.response();
    }

    boolean htmx() {
        return "true".equals(request().getHeader("HX-Request"));
    }

    /** Whether a module asked, which reads JSON. */
    boolean module() {
        @Nullable String type = request().getHeader("Content-Type");
        return type != null && type.startsWith("application/json");
    }

    String path() {
        @Nullable String path = request().path();
        return path == null ? "/" : path;
    }
}
