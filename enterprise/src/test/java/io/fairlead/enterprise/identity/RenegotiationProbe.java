package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.kernel.DataFolder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * A program of its own, because the JDK reads its property once: tries to renegotiate with a people listener and prints
 * {@code renegotiated} or {@code refused}. Arguments: a folder, and whether to call {@link TlsOptions#beforeAnyTls}.
 */
final class RenegotiationProbe {
    private RenegotiationProbe() {}

    public static void main(String[] args) throws Exception {
        if (Boolean.parseBoolean(args[1])) {
            TlsOptions.beforeAnyTls();
        }
        DataFolder data = new DataFolder(Path.of(args[0]));
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom());
        Credential server =
                new OwnCertificates(authority, data, Clock.systemUTC()).server("people", Set.of("localhost"));
        Vertx vertx = Vertx.vertx();
        int port = vertx.createHttpServer(TlsOptions.people(server))
                .requestHandler(request -> request.response().end("hello"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
        try (SSLSocket socket =
                new TlsClient(authority.root(), null).speaking("TLSv1.2").connect(port)) {
            TlsClient.get(socket, "keep-alive");
            socket.getSession().invalidate();
            socket.startHandshake();
            TlsClient.get(socket, "keep-alive");
            System.out.println("renegotiated");
        } catch (IOException refused) {
            System.out.println("refused");
        }
        System.exit(0);
    }
}
