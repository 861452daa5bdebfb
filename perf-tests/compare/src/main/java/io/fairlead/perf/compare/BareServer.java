package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Vert.x and nothing else, with the TLS of the agents' listener, as a process of its own: each request's body is read and thrown
 * away, and the answer is as long as Fairlead's. Arguments: a folder for its keys, the PEM file of those who issue devices'
 * certificates, a port.
 */
final class BareServer {
    private static final CharSequence XML = HttpHeaders.createOptimized("text/xml; charset=utf-8");
    private static final Buffer ANSWER =
            Buffer.buffer("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
                    + "http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><ReportResponse xmlns=\"urn:fairlead:agent-channel:1\">"
                    + "<epoch>" + "e1".repeat(16) + "</epoch><committed>1000000000</committed><serverTime>"
                    + Instant.EPOCH.plusMillis(1) + "</serverTime></ReportResponse></s:Body></s:Envelope>");

    private BareServer() {}

    /** As the agents' listener has it, with a certificate of a root of its own. */
    static HttpServerOptions tls(Path folder, Path issuers) {
        DataFolder data = new DataFolder(folder);
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom());
        Credential own = new OwnCertificates(authority, data, Clock.systemUTC()).server("agents", Set.of("localhost"));
        try (InputStream pem = Files.newInputStream(issuers)) {
            List<X509Certificate> devices = CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            return TlsOptions.agents(own, devices);
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(HttpServerRequest request) {
        request.handler(discarded -> {});
        request.endHandler(read -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, XML)
                .end(ANSWER)
                .onFailure(failure -> failure.printStackTrace(System.err)));
    }

    public static void main(String[] args) {
        try {
            TlsOptions.beforeAnyTls();
            HttpServer server = await(Vertx.vertx()
                    .createHttpServer(tls(Path.of(args[0]), Path.of(args[1]))
                            .setHost("127.0.0.1")
                            .setPort(Integer.parseInt(args[2])))
                    .requestHandler(BareServer::serve)
                    .listen());
            System.out.println("listens " + server.actualPort());
            // Until whoever started it ends.
            while (System.in.read() >= 0) {}
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.err);
        } finally {
            System.exit(0);
        }
    }
}
