package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TestClock;
import io.fairlead.enterprise.identity.TlsClient;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.identity.Usage;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificatesTest {
    private static final Duration UNTIL_DUE = Duration.ofDays(61);

    private final TestClock clock = new TestClock(Instant.now().minus(UNTIL_DUE));
    private final BlockingQueue<Runnable> armed = new LinkedBlockingQueue<>();
    private final Timers timers = (delay, call) -> {
        armed.add(call);
        return () -> {};
    };

    @TempDir
    Path folder;

    private Vertx vertx;
    private Authority authority;
    private OwnCertificates own;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        DataFolder data = new DataFolder(folder.resolve("data"));
        authority = Authority.open(data, clock, new SecureRandom());
        own = new OwnCertificates(authority, data, clock);
    }

    @AfterEach
    void close() {
        Await.done(vertx.close());
    }

    @Test
    void agents_see_a_renewed_certificate_while_an_open_connection_goes_on() throws Exception {
        isSwapped(credential -> TlsOptions.agents(credential, authority.issuer(Usage.DEVICES)));
    }

    @Test
    void people_see_a_renewed_certificate_while_an_open_connection_goes_on() throws Exception {
        isSwapped(TlsOptions::people);
    }

    private void isSwapped(Function<Credential, HttpServerOptions> options) throws Exception {
        Credential served = own.server("agents", Set.of("localhost"));
        HttpServer server = Await.done(vertx.createHttpServer(options.apply(served))
                .requestHandler(request -> request.response().end("here"))
                .listen(0, "127.0.0.1"));
        ServerCertificates kept = new ServerCertificates(
                "agents",
                new Served(served, List.of()),
                () -> new Served(own.server("agents", Set.of("localhost")), List.of()),
                good -> options.apply(good.credential()).getSslOptions(),
                new Blocking(vertx),
                timers);
        kept.keep(server);
        TlsClient client = new TlsClient(authority.root(), null);
        int port = server.actualPort();
        try (SSLSocket open = client.connect(port)) {
            assertThat(TlsClient.get(open, "keep-alive")).isEqualTo("here");

            anHourPasses();
            assertThat(leaf(client, port)).isEqualTo(served.leaf());

            clock.advance(UNTIL_DUE);
            anHourPasses();
            assertThat(leaf(client, port))
                    .isNotEqualTo(served.leaf())
                    .isEqualTo(own.server("agents", Set.of("localhost")).leaf());
            assertThat(TlsClient.get(open, "keep-alive")).isEqualTo("here");
        }
    }

    /** Until the next one begins to pass. */
    private void anHourPasses() throws InterruptedException {
        Objects.requireNonNull(armed.poll(30, TimeUnit.SECONDS)).run();
        Runnable next = Objects.requireNonNull(armed.poll(30, TimeUnit.SECONDS));
        armed.add(next);
    }

    private static Certificate leaf(TlsClient client, int port) throws IOException {
        try (SSLSocket socket = client.connect(port)) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
