package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;

/**
 * A server on bare Vert.x with the people's TLS that answers 304 to whatever is asked, as a process of its own, to be measured.
 * Arguments: a folder for its keys, a port.
 */
final class BareNotModified {
    static final String TAG = "\"0123456789abcdef0123456789abcdef\"";

    private BareNotModified() {}

    public static void main(String[] args) {
        try {
            TlsOptions.beforeAnyTls();
            DataFolder folder = new DataFolder(Path.of(args[0]));
            Authority authority = Authority.open(folder, Clock.systemUTC(), new SecureRandom());
            Credential own =
                    new OwnCertificates(authority, folder, Clock.systemUTC()).server("people", Set.of("localhost"));
            HttpServerOptions options = TlsOptions.people(own, authority.root())
                    .setHost("127.0.0.1")
                    .setPort(Integer.parseInt(args[1]));
            HttpServer server = await(Vertx.vertx()
                    .createHttpServer(options)
                    .requestHandler(request -> request.response()
                            .setStatusCode(304)
                            .putHeader(HttpHeaders.ETAG, TAG)
                            .end()
                            .onFailure(failure -> failure.printStackTrace(System.err)))
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
