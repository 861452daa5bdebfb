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

    /** Whether somebody asks, and not a page of ours by itself: such a one says so. Who lies is logged out the sooner. */
    boolean byPerson() {
        return request().getHeader("Fairlead-By-Itself") == null && !stream();
    }

    /** Whether the browser opens a stream of events. */
    boolean stream() {
        @Nullable String accept = request().getHeader("Accept");
        return accept != null && accept.startsWith("text/event-stream");
    }

    boolean htmx() {
        return "true".equals(request().getHeader("HX-Request"));
    }

    /** Whether a module asked, which reads JSON; some send pieces of files. */
    boolean module() {
        @Nullable String type = request().getHeader("Content-Type");
        return type != null && (type.startsWith("application/json") || type.startsWith("application/octet-stream"));
    }

    String path() {
        @Nullable String path = request().path();
        return path == null ? "/" : path;
    }
}
