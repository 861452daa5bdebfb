package io.fairlead.enterprise.app;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the certificate of a running listener in time: asks once an hour, and when authorities have changed, for the one
 * that is good now, and hands it over when it is another. Open connections go on with the old one. What fails is tried again in the next hour; a certificate
 * is renewed a month before its end.
 */
final class ServerCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificates.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final String name;
    private final Callable<Served> current;
    private final Function<Served, ServerSSLOptions> options;
    private final Blocking blocking;
    private final Timers timers;
    private Served served;
    private boolean stopped;
    private Timers.@Nullable Timer next;

    /**
     * Of a listener that serves already.
     *
     * @param current the one that is good now; may block
     * @param options how the listener is told of one
     */
    ServerCertificates(
            String name,
            Served served,
            Callable<Served> current,
            Function<Served, ServerSSLOptions> options,
            Blocking blocking,
            Timers timers) {
        this.name = name;
        this.served = served;
        this.current = current;
        this.options = options;
        this.blocking = blocking;
        this.timers = timers;
    }

    /** Watches until {@link #stop}. */
    synchronized void keep(HttpServer server) {
        if (!stopped) {
            next = timers.after(PAUSE, () -> look(server).onComplete(done -> keep(server)));
        }
    }

    /** Looks now. */
    Future<Void> look(HttpServer server) {
        return blocking.call(current)
                .compose(good -> swap(server, good))
                .onFailure(failure -> LOG.error("certificate=not-renewed listener={}", name, failure));
    }

    private synchronized Future<Void> swap(HttpServer server, Served good) {
        if (stopped || good.equals(served)) {
            return Future.succeededFuture();
        }
        return server.updateSSLOptions(options.apply(good)).map(changed -> {
            swapped(good);
            return null;
        });
    }

    private synchronized void swapped(Served good) {
        served = good;
        LOG.info(
                "certificate=renewed listener={} notAfter={}",
                name,
                good.credential().leaf().getNotAfter().toInstant());
    }

    /** What it serves now. */
    synchronized X509Certificate leaf() {
        return served.credential().leaf();
    }

    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }
}
