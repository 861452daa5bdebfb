package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.file.DownloadLinks;
import io.fairlead.enterprise.file.FileName;
import io.fairlead.enterprise.file.Offer;
import io.fairlead.enterprise.file.Transfer;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files for browsers, by the one-time links that the command line makes. What a device made is handed out as a thing to
 * keep, never as something to show: attachment, no sniffing, sandboxed, nowhere stored on the way.
 */
public final class DownloadRoute {
    /** Where they are; the link's token follows. */
    public static final String PATH = "/files/";

    private static final Logger LOG = LoggerFactory.getLogger(DownloadRoute.class);

    private final DownloadLinks links;
    private final Supplier<String> correlations;

    /** @param correlations a new id for each error, which names its line in the log */
    public DownloadRoute(DownloadLinks links, Supplier<String> correlations) {
        this.links = links;
        this.correlations = correlations;
    }

    /** Adds it to the people's router. HEAD would use the link up and is not served. */
    public void mount(Router router) {
        router.get(PATH + ":token").handler(this::serve);
    }

    private void serve(RoutingContext context) {
        String address = context.request().remoteAddress().hostAddress();
        links.use(context.pathParam("token"), address)
                .compose(file -> send(context.response(), file))
                .onFailure(failure -> refuse(context, failure));
    }

    private Future<Void> send(HttpServerResponse response, Transfer file) {
        Offer offer = file.offer();
        if (offer == null) {
            throw new Refusal(Fault.NOT_FOUND, "transfer=" + file.id() + " has no file");
        }
        closed(response)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader(
                        "Content-Disposition",
                        FileName.of(offer.name(), file.id().value()).attachment());
        // The first bytes are read before the head is sent: a damaged file is an error, not an empty answer.
        return links.read(file, 0).compose(first -> {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(offer.size()));
            return new Pump(response, offset -> links.read(file, offset)).run(first);
        });
    }

    private static HttpServerResponse closed(HttpServerResponse response) {
        return response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store, private")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    private void refuse(RoutingContext context, Throwable failure) {
        String correlation = correlations.get();
        HttpServerResponse response = context.response();
        boolean link = failure instanceof Refusal refusal && refusal.fault() == Fault.NOT_FOUND;
        if (link) {
            LOG.info("download=refused correlation={} detail=\"{}\"", correlation, failure.getMessage());
        } else {
            LOG.warn("download=failed correlation={}", correlation, failure);
        }
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // The browser sees that the file ends too soon.
            context.request().connection().close().onFailure(gone -> LOG.debug("download=close-failed", gone));
            return;
        }
        response.headers().remove("Content-Disposition").remove(HttpHeaders.CONTENT_LENGTH);
        closed(response)
                .setStatusCode(link ? 404 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(
                        link
                                ? "This link is unknown, used, or older than ten minutes. Ask for another one."
                                : "The file cannot be read now. The server's log says why, under " + correlation + ".")
                .onFailure(gone -> LOG.debug("download=answer-not-sent", gone));
    }
}
