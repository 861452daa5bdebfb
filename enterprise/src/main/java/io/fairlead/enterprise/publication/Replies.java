package io.fairlead.enterprise.publication;

import io.fairlead.firewall.format.Html;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How answers are sent: with tags (RFC 9110, section 13.1.2), errors as RFC 9457. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private final Supplier<String> correlations;

    /** @param correlations a new id for each error, which names its line in the log */
    Replies(Supplier<String> correlations) {
        this.correlations = correlations;
    }

    /** Anybody may have it, also a script of his own page. */
    static void open(RoutingContext context, Body body) {
        HttpServerResponse unused = context.response()
                .putHeader(HttpHeaders.VARY, "Accept")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        send(context, body);
    }

    /** It is for who asked: asked for again each time, as he may not have it any more. */
    static void closed(RoutingContext context, Body body) {
        HttpServerResponse unused = context.response()
                .putHeader(HttpHeaders.VARY, "Accept, Cookie")
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        send(context, body);
    }

    /** Says why not; a bug goes to the log. */
    void failed(RoutingContext context, Throwable failure) {
        if (failure instanceof Problem problem) {
            refuse(context, problem);
            return;
        }
        String correlation = correlations.get();
        LOG.error("firewall=failed correlation={}", correlation, failure);
        refuse(context, new Problem(500, "The server failed", "The server's log says why, under " + correlation + "."));
    }

    private static void send(RoutingContext context, Body body) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.ETAG, body.tag());
        if (matches(context.request().headers().getAll(HttpHeaders.IF_NONE_MATCH), body.tag())) {
            end(context, response.setStatusCode(304), null);
            return;
        }
        if (body.mediaType().startsWith("text/html")) {
            // The page brings its style along.
            response.putHeader("Content-Security-Policy", Html.POLICY);
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, body.mediaType())
                .putHeader("Content-Disposition", "inline; filename=\"" + body.fileName() + '"');
        end(context, response, body.bytes());
    }

    private static boolean matches(List<String> known, String tag) {
        for (String header : known) {
            for (String each : header.split(",", -1)) {
                String one = each.strip();
                if (one.equals("*") || (one.startsWith("W/") ? one.substring(2) : one).equals(tag)) {
                    return true;
                }
            }
        }
        return false;
    }

    static void refuse(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
        if (problem.status() == 405) {
            response.putHeader(HttpHeaders.ALLOW, "GET, HEAD");
        }
        if (problem.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "60");
        }
        if (problem.status() == 429) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Guesses.WINDOW.toSeconds()));
        }
        end(context, response, Buffer.buffer(problem.json()));
    }

    private static void end(RoutingContext context, HttpServerResponse response, @Nullable Buffer bytes) {
        if (bytes != null && context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()));
        }
        boolean empty = bytes == null || context.request().method().equals(HttpMethod.HEAD);
        (empty ? response.end() : response.end(bytes)).onFailure(gone -> LOG.debug("firewall=answer-not-sent", gone));
    }
}
