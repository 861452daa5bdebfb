package io.fairlead.enterprise.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.DataFolder;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is at the other end, and that no connection is taken for another's. */
class PeerTest {
    private static final String EPOCH = "0123456789abcdef".repeat(2);

    @TempDir
    Path folder;

    private final List<Peer> seen = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private Authority authority;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        vertx = Vertx.vertx();
        Clock clock = Clock.systemUTC();
        DataFolder data = new DataFolder(folder.resolve("data"));
        authority = Authority.open(data, clock, new SecureRandom());
        Credential server = new OwnCertificates(authority, data, clock).server("agents", Set.of("localhost"));
        port = vertx.createHttpServer(TlsOptions.agents(server, authority.issuer(Usage.DEVICES)))
                .requestHandler(request -> {
                    seen.add(Peer.of(request.sslSession()));
                    request.response().end("seen");
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Credential device(String name) throws Exception {
        KeyPair key = TestRequests.p256();
        return new Credential(key.getPrivate(), List.of(authority.device(key.getPublic(), name, EPOCH)));
    }

    private static String fingerprint(Credential device) {
        return Peer.showing(device.leaf()).fingerprint();
    }

    @Test
    void a_connection_s_certificate_is_read_once() throws Exception {
        Credential device = device("analyser-1");
        try (SSLSocket socket = new TlsClient(authority.root(), device).connect(port)) {
            assertThat(TlsClient.get(socket, "keep-alive")).isEqualTo("seen");
            assertThat(TlsClient.get(socket, "close")).isEqualTo("seen");
        }
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1)).isSameAs(seen.get(0));
        assertThat(seen.get(0).fingerprint()).isEqualTo(fingerprint(device));
        assertThat(seen.get(0).certificate()).isEqualTo(device.leaf());
    }

    @Test
    void each_connection_has_its_own_also_when_it_resumes_a_session() throws Exception {
        Credential one = device("analyser-1");
        Credential other = device("analyser-2");
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            TlsClient first = new TlsClient(authority.root(), one).speaking(protocol);
            TlsClient second = new TlsClient(authority.root(), other).speaking(protocol);
            for (TlsClient client : List.of(first, second, first, second)) {
                assertThat(client.get(port)).isEqualTo("seen");
            }
        }
        assertThat(seen)
                .extracting(Peer::fingerprint)
                .containsExactly(
                        fingerprint(one),
                        fingerprint(other),
                        fingerprint(one),
                        fingerprint(other),
                        fingerprint(one),
                        fingerprint(other),
                        fingerprint(one),
                        fingerprint(other));
    }
}
