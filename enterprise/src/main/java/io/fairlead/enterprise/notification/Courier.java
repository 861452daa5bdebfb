package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls receivers, so that nobody who subscribes can have the server call what an operator did not mean.
 *
 * <pre>
 *   named? ─▶ resolve, once ─▶ every address public or of a named network? ─▶ connect to that very address
 *     ─▶ TLS: certificate believed, and of that name ─▶ POST ─▶ 200 ─▶ at most 64 KiB ─▶ NotifyResponse
 * </pre>
 *
 * A name that answers otherwise a moment later changes nothing, since nobody asks again: the connection goes to the address
 * that was judged, and is used for one call. No redirects, no cookies, no proxies, no compression. Each of the two clients
 * has one TLS policy for life.
 */
public final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 65_536;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int MOST_CONNECTIONS = 64;
    private static final int OK = 200;
    private static final String ACTION = "urn:fairlead:integration:1:NotificationConsumer:Notify";

    private final Receivers receivers;
    private final Resolver resolver;
    private final Timers timers;
    private final HttpClient secure;
    private final HttpClient plain;
    private final Envelopes envelopes = new Envelopes();

    /** @param ca a PEM file with the certificates that are believed; empty for those that the operating system's Java believes */
    public Courier(Vertx vertx, Receivers receivers, Resolver resolver, Optional<Path> ca, Timers timers) {
        this.receivers = receivers;
        this.resolver = resolver;
        this.timers = timers;
        HttpClientOptions tls = options()
                .setSsl(true)
                .setVerifyHost(true)
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(Set.of("TLSv1.3", "TLSv1.2")));
        ca.ifPresent(file -> tls.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS);
        this.secure = vertx.createHttpClient(tls, pool);
        this.plain = vertx.createHttpClient(options(), pool);
    }

    private static HttpClientOptions options() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxHeaderSize(8_192)
                .setMaxRedirects(0);
    }

    /** Makes one call. Never fails: what goes wrong is an answer. */
    Future<Delivery> send(Endpoint endpoint, boolean soap12, Parcel parcel) {
        long began = System.nanoTime();
        Call call = new Call();
        return receivers
                .of(endpoint)
                .compose(named -> named.isEmpty()
                        ? Future.failedFuture(new Undeliverable(Undelivered.NOT_NAMED, endpoint.place()))
                        : called(call, named.get(), endpoint, soap12, parcel))
                .<Undelivered>mapEmpty()
                .otherwise(failure -> why(endpoint, parcel, failure))
                .map(why -> new Delivery(why, call.status, Duration.ofNanos(System.nanoTime() - began)));
    }

    private Future<Void> called(Call call, Receiver receiver, Endpoint endpoint, boolean soap12, Parcel parcel) {
        Timers.Timer late = timers.after(LONGEST, call::late);
        return call.bounded(resolver.resolve(endpoint.host().bare())
                        .map(addresses -> judged(receiver, addresses))
                        .compose(address -> call.bounded(call.kept(request(endpoint, soap12, address))))
                        .compose(request -> call.answer(request, envelopes.write(parcel, soap12)))
                        .map(answer -> {
                            if (!envelopes.isTaken(answer, soap12)) {
                                throw new Undeliverable(Undelivered.NO_ANSWER, answer.length() + " bytes");
                            }
                            return (Void) null;
                        }))
                .onComplete(done -> {
                    late.cancel();
                    call.end();
                });
    }

    /** One stray address is enough to refuse them all: nobody has a name that is half inside by chance. */
    private static InetAddress judged(Receiver receiver, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (!receiver.takes(address)) {
                throw new Undeliverable(Undelivered.ADDRESS_REFUSED, address.getHostAddress());
            }
        }
        return addresses.get(0);
    }

    private Future<HttpClientRequest> request(Endpoint endpoint, boolean soap12, InetAddress address) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(endpoint.port(), address.getHostAddress()))
                .setHost(endpoint.host().text())
                .setPort(endpoint.port())
                .setURI(endpoint.target())
                .setFollowRedirects(false)
                .putHeader("User-Agent", "Fairlead");
        if (soap12) {
            options.putHeader("Content-Type", "application/soap+xml; charset=utf-8; action=\"" + ACTION + "\"");
        } else {
            options.putHeader("Content-Type", "text/xml; charset=utf-8").putHeader("SOAPAction", "\"" + ACTION + "\"");
        }
        return (endpoint.secure() ? secure : plain).request(options);
    }

    private static Undelivered why(Endpoint endpoint, Parcel parcel, Throwable failure) {
        Undelivered why = failure instanceof Undeliverable known ? known.why : cause(failure);
        LOG.info(
                "notification=undelivered subscription={} place={} why={} detail=\"{}\"",
                parcel.subscription(),
                endpoint.place(),
                why,
                failure instanceof Undeliverable
                        ? failure.getMessage()
                        : failure.getClass().getSimpleName());
        return why;
    }

    private static Undelivered cause(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof SSLException) {
                return Undelivered.NOT_BELIEVED;
            }
            if (one instanceof UnknownHostException) {
                return Undelivered.NOT_RESOLVED;
            }
            if (one instanceof ConnectException || one instanceof NoRouteToHostException) {
                return Undelivered.NOT_REACHED;
            }
        }
        return Undelivered.BROKEN;
    }

    /** What was refused, by us or by the receiver. */
    private static final class Undeliverable extends RuntimeException {
        private final Undelivered why;

        Undeliverable(Undelivered why, String detail) {
            super(detail, null, false, false);
            this.why = why;
        }
    }

    /** One call under way: its end comes by an answer, a failure, or the clock, whichever is first. */
    private static final class Call {
        private final Promise<Void> late = Promise.promise();
        private volatile boolean over;
        private volatile @Nullable Integer status;
        private volatile Optional<HttpClientRequest> open = Optional.empty();

        void late() {
            boolean first = late.tryFail(new Undeliverable(Undelivered.TOO_SLOW, LONGEST.toSeconds() + " s"));
            if (first) {
                end();
            }
        }

        /** The same, or that it is late. */
        <T> Future<T> bounded(Future<T> step) {
            Promise<T> first = Promise.promise();
            step.onComplete(done -> {
                boolean unused = done.succeeded() ? first.tryComplete(done.result()) : first.tryFail(done.cause());
            });
            late.future().onFailure(first::tryFail);
            return first.future();
        }

        /** Also one that comes about too late is closed. */
        Future<HttpClientRequest> kept(Future<HttpClientRequest> request) {
            return request.onSuccess(one -> {
                open = Optional.of(one);
                if (over) {
                    end();
                }
            });
        }

        Future<Buffer> answer(HttpClientRequest request, Buffer envelope) {
            return request.send(envelope).compose(response -> {
                int came = response.statusCode();
                status = came;
                if (came != OK) {
                    throw new Undeliverable(
                            came / 100 == 3 ? Undelivered.REDIRECTED : Undelivered.STATUS, "status " + came);
                }
                Promise<Buffer> whole = Promise.promise();
                Buffer answer = Buffer.buffer();
                response.handler(bytes -> {
                    if (answer.length() + bytes.length() > MOST_BYTES) {
                        whole.tryFail(new Undeliverable(Undelivered.TOO_LONG, "more than " + MOST_BYTES + " bytes"));
                        end();
                    } else {
                        answer.appendBuffer(bytes);
                    }
                });
                response.exceptionHandler(whole::tryFail);
                response.endHandler(end -> whole.tryComplete(answer));
                return whole.future();
            });
        }

        /** With it goes the connection, whatever was still to come. */
        void end() {
            over = true;
            open.ifPresent(request -> request.connection().close().onFailure(gone -> LOG.debug("connection=gone")));
        }
    }
}
