package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.CertificateRequest;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.Renewals;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.LoggedRefusals;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enrolment over secure transport (RFC 7030): {@code cacerts} (section 4.1) for everyone, {@code simpleenroll} (section
 * 4.2.1) for the bearer of a one-time code, given by HTTP Basic as {@code CODEID:SECRET}, {@code simplereenroll} (section
 * 4.2.2) for the bearer of a device's certificate, which it renews.
 *
 * <p>An error is a fixed text; the headers {@code Fairlead-Fault} and {@code Fairlead-Correlation} have its key and the
 * name of the line in the log.
 */
public final class EstRoutes {
    private static final Logger log = LoggerFactory.getLogger(EstRoutes.class);
    private static final String PATH = "/.well-known/est/";
    private static final String PKCS7 = "application/pkcs7-mime";
    private static final String PKCS10 = "application/pkcs10";
    private static final int MOST_BYTES = 16 * 1024;
    /** Certificate requests whose signatures are checked at the same time. */
    private static final int MOST_PARSING = 2;
    /** And those that wait for that, each with a body of at most 64 KiB: as many as a person may enrol at once. */
    private static final int MOST_WAITING = 64;

    private record Code(String id, String secret) {}

    private final EnrolmentCodes codes;
    private final Renewals renewals;
    private final Blocking blocking;
    private final Semaphore parsing = new Semaphore(MOST_PARSING + MOST_WAITING);
    private final BoundedBody body;
    private final Ids correlations;
    private final LoggedRefusals logged;
    private volatile Buffer cacerts;

    public EstRoutes(
            Authority authority,
            EnrolmentCodes codes,
            Renewals renewals,
            Blocking blocking,
            Timers timers,
            Clock clock,
            Ids correlations) {
        this.codes = codes;
        this.renewals = renewals;
        this.blocking = blocking.ofThreads("certificate-request", MOST_PARSING);
        this.body = new BoundedBody(timers);
        this.correlations = correlations;
        this.logged = new LoggedRefusals(clock);
        this.cacerts = base64(authority.certificates());
        authority.onChange(() -> cacerts = base64(authority.certificates()));
    }

    /** Adds the three routes. No handler before them may read the body. */
    public void mount(Router router) {
        router.route(HttpMethod.GET, PATH + "cacerts").handler(this::cacerts);
        router.route(HttpMethod.POST, PATH + "simpleenroll").handler(context -> issue(context, this::redeem));
        router.route(HttpMethod.POST, PATH + "simplereenroll").handler(context -> issue(context, this::renew));
    }

    private void cacerts(RoutingContext context) {
        answer(context, PKCS7, cacerts);
    }

    private void issue(RoutingContext context, BiFunction<HttpServerRequest, Buffer, Future<X509Certificate>> wish) {
        HttpServerRequest request = context.request();
        // Even for who is refused: a connection closed on bytes not read may take the answer with it.
        body.read(request)
                .compose(read -> wish.apply(request, read))
                .map(certificate -> base64(Authority.certsOnly(List.of(certificate))))
                .onSuccess(certificate -> answer(context, PKCS7 + "; smime-type=certs-only", certificate))
                .onFailure(failure -> refuse(context, failure));
    }

    private Future<X509Certificate> redeem(HttpServerRequest request, Buffer read) {
        mustBeAcceptable(request);
        Code code = code(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (!EnrolmentCodes.isReadable(code.id, code.secret)) {
            throw new Refusal(Fault.ENROLMENT_REFUSED, "unreadable code or secret");
        }
        mustBePkcs10(request);
        return parsed(decoded(read))
                .compose(wish -> codes.redeem(
                        code.id, code.secret, wish, request.remoteAddress().hostAddress()));
    }

    private Future<X509Certificate> renew(HttpServerRequest request, Buffer read) {
        mustBeAcceptable(request);
        List<X509Certificate> chain = TlsOptions.peerChain(request.sslSession());
        renewals.mustBeDevice(chain);
        mustBePkcs10(request);
        return parsed(decoded(read))
                .compose(wish ->
                        renewals.renew(chain, wish, request.remoteAddress().hostAddress()));
    }

    /** Checking a signature takes long enough that strangers must not hold up the event loop with it. */
    private Future<CertificateRequest> parsed(byte[] der) {
        if (!parsing.tryAcquire()) {
            return Future.failedFuture(new Refusal(Fault.BUSY, MOST_WAITING + " requests wait"));
        }
        return blocking.call(() -> CertificateRequest.parse(der)).onComplete(done -> parsing.release());
    }

    private static void mustBeAcceptable(HttpServerRequest request) {
        if (!request.isSSL() || !TlsOptions.acceptable(request.sslSession())) {
            throw new Refusal(Fault.CIPHER_REFUSED, "a secret over " + request.scheme());
        }
    }

    private static Code code(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            throw new Refusal(Fault.ENROLMENT_REFUSED, "no Basic authorization");
        }
        try {
            byte[] plain = Base64.getDecoder().decode(authorization.substring(6).strip());
            String text = new String(plain, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0 && text.length() <= 256) {
                return new Code(text.substring(0, colon), text.substring(colon + 1));
            }
        } catch (IllegalArgumentException notBase64) {
            // Not quoted as a cause: it may hold half a secret.
        }
        throw new Refusal(Fault.ENROLMENT_REFUSED, "unreadable Basic authorization");
    }

    private static void mustBePkcs10(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.equals(PKCS10)) {
            throw new Refusal(Fault.REQUEST_REFUSED, "not of type " + PKCS10);
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Refusal(Fault.REQUEST_REFUSED, "with a Content-Encoding");
        }
    }

    private static byte[] decoded(Buffer body) {
        if (body.length() > MOST_BYTES) {
            throw new Refusal(Fault.REQUEST_REFUSED, "a body of " + body.length() + " bytes");
        }
        try {
            String text = body.toString(StandardCharsets.US_ASCII).replaceAll("\\s", "");
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new Refusal(Fault.REQUEST_REFUSED, "not base64", notBase64);
        }
    }

    private static Buffer base64(byte[] der) {
        return Buffer.buffer(Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encode(der));
    }

    private static void answer(RoutingContext context, String type, Buffer body) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader("Content-Transfer-Encoding", "base64");
        response.end(body).onFailure(gone -> log.debug("est=answer-not-sent", gone));
    }

    private void refuse(RoutingContext context, Throwable failure) {
        String correlation = correlations.next();
        Fault fault = failure instanceof Refusal refusal ? refusal.fault() : Fault.UNAVAILABLE;
        if (logged.take(fault)) {
            log(fault, correlation, failure);
        }
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(fault.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader("Fairlead-Fault", fault.key())
                .putHeader("Fairlead-Correlation", correlation);
        if (fault == Fault.ENROLMENT_REFUSED) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"Fairlead enrolment\", charset=\"UTF-8\"");
        }
        if (fault.retryAfterSeconds() > 0) {
            response.putHeader("Retry-After", String.valueOf(fault.retryAfterSeconds()));
        }
        boolean more = !request.isEnded();
        if (more) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        response.end(fault.text()).onComplete(sent -> {
            if (more) {
                // The rest of the body is not waited for.
                request.connection().close().onFailure(gone -> log.debug("est=close-failed", gone));
            }
        });
    }

    private static void log(Fault fault, String correlation, Throwable failure) {
        if (failure instanceof Refusal) {
            log.warn(
                    "est=refused fault={} correlation={} detail=\"{}\"",
                    fault.key(),
                    correlation,
                    FailureMeaning.detail(failure));
        } else {
            log.error(
                    "est=failed fault={} correlation={} cause={}",
                    fault.key(),
                    correlation,
                    FailureMeaning.name(failure),
                    FailureMeaning.isSilent(failure) ? null : failure);
        }
    }
}
