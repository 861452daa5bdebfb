package io.fairlead.enterprise.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.DataFolder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsOptionsTest {
    private final Clock clock = Clock.systemUTC();

    @TempDir
    Path folder;

    private DataFolder data;

    private Vertx vertx;
    private Authority authority;
    private Credential server;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        data = new DataFolder(folder.resolve("data"));
        authority = Authority.open(data, clock, new SecureRandom());
        server = new OwnCertificates(authority, data, clock).server("agents", Set.of("localhost"));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Says how it sees the connection: acceptable or not, and whom. */
    private int listen(HttpServerOptions options) throws Exception {
        HttpServer listener = vertx.createHttpServer(options).requestHandler(request -> {
            var chain = TlsOptions.peerChain(request.sslSession());
            String peer = chain == null
                    ? "nobody"
                    : chain.get(0).getSubjectX500Principal().getName();
            request.response().end((TlsOptions.acceptable(request.sslSession()) ? "good " : "bad ") + peer);
        });
        return listener.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }

    private int agents() throws Exception {
        return listen(TlsOptions.agents(server, authority.issuer(Usage.DEVICES)));
    }

    private int people() throws Exception {
        return listen(TlsOptions.people(server));
    }

    private TlsClient client(Credential own) throws Exception {
        return new TlsClient(authority.root(), own);
    }

    private Credential device(String id) throws Exception {
        KeyPair key = TestRequests.p256();
        return TlsClient.credential(key.getPrivate(), authority.device(key.getPublic(), id, "0".repeat(32)));
    }

    @Test
    void the_agents_listener_sees_who_comes_with_a_device_certificate_and_who_with_none() throws Exception {
        int port = agents();
        for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
            assertThat(client(device("analyser-1")).speaking(protocol).get(port))
                    .isEqualTo("good CN=analyser-1");
            assertThat(client(null).speaking(protocol).get(port)).isEqualTo("good nobody");
        }
    }

    @Test
    void an_agent_resumes_its_session_and_is_still_known_by_its_certificate() throws Exception {
        int port = agents();
        TlsClient agent = client(device("analyser-1")).speaking("TLSv1.3");
        assertThat(agent.get(port)).isEqualTo("good CN=analyser-1");
        long began = agent.created();
        Thread.sleep(5);
        for (int again = 0; again < 3; again++) {
            assertThat(agent.get(port)).isEqualTo("good CN=analyser-1");
            assertThat(agent.created()).isEqualTo(began);
        }
        assertThat(client(device("analyser-2")).get(port)).isEqualTo("good CN=analyser-2");
        assertThat(client(null).get(port)).isEqualTo("good nobody");
    }

    @Test
    void a_server_of_another_name_is_refused() throws Exception {
        int port = agents();
        assertThatThrownBy(() -> client(null).expecting("elsewhere.example.org").get(port))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void certificates_of_another_authority_are_refused_on_both_sides() throws Exception {
        Authority foreign = Authority.open(new DataFolder(folder.resolve("elsewhere")), clock, new SecureRandom());
        int port = agents();
        KeyPair key = TestRequests.p256();
        X509Certificate certificate = foreign.device(key.getPublic(), "analyser-1", "0".repeat(32));
        refusedInTheHandshake(client(TlsClient.credential(key.getPrivate(), certificate)), port);
        assertThatThrownBy(() -> new TlsClient(foreign.root(), null).get(port)).isInstanceOf(SSLException.class);
    }

    @Test
    void a_server_certificate_is_no_client_certificate() throws Exception {
        refusedInTheHandshake(client(server), agents());
    }

    @Test
    void a_device_certificate_is_no_server_certificate() throws Exception {
        KeyPair key = TestRequests.p256();
        X509Certificate certificate = authority.device(key.getPublic(), "localhost", "0".repeat(32));
        Credential fake = TlsClient.credential(key.getPrivate(), certificate, authority.issuer(Usage.DEVICES));
        try (SSLServerSocket listener = (SSLServerSocket)
                TlsClient.server(fake).getServerSocketFactory().createServerSocket(0)) {
            Thread serving = new Thread(() -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                } catch (IOException refused) {
                    // The client turns away.
                }
            });
            serving.start();
            assertThatThrownBy(() -> client(null).connect(listener.getLocalPort()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("Extended key usage does not permit use for TLS server authentication");
            serving.join(20_000);
        }
    }

    @Test
    void nobody_gets_less_than_aes_256_with_tls_1_2() throws Exception {
        for (int port : new int[] {agents(), people()}) {
            TlsClient good = client(null).offering("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
            assertThat(good.get(port)).startsWith("good");
            for (String suite : new String[] {
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"
            }) {
                assertThatThrownBy(() -> client(null).offering("TLSv1.2", suite).get(port))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void people_get_aes_256_or_nothing_with_tls_1_3() throws Exception {
        int port = people();
        TlsClient both = client(null).offering("TLSv1.3", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384");
        assertThat(both.get(port)).isEqualTo("good nobody");
        assertThat(both.suite()).isEqualTo("TLS_AES_256_GCM_SHA384");
        for (String suite : new String[] {"TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"}) {
            assertThatThrownBy(() -> client(null).offering("TLSv1.3", suite).get(port))
                    .isInstanceOf(IOException.class);
        }
    }

    /** The day this fails, BoringSSL has learnt it and decision 0002 may go. */
    @Test
    void boringssl_takes_any_suite_of_tls_1_3_so_each_request_is_asked() throws Exception {
        int port = agents();
        assertThat(client(null).offering("TLSv1.3", "TLS_AES_256_GCM_SHA384").get(port))
                .isEqualTo("good nobody");
        assertThat(client(null).offering("TLSv1.3", "TLS_AES_128_GCM_SHA256").get(port))
                .isEqualTo("bad nobody");
        assertThat(client(null)
                        .offering("TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256")
                        .get(port))
                .isEqualTo("bad nobody");
    }

    @Test
    void old_protocols_are_refused() throws Exception {
        // The JDK's own client refuses them too unless told otherwise, so the server's list is what can be looked at.
        assertThat(TlsOptions.people(server).getEnabledSecureTransportProtocols())
                .isEqualTo(TlsOptions.agents(server, authority.issuer(Usage.DEVICES))
                        .getEnabledSecureTransportProtocols())
                .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    }

    /** In TLS 1.3 the client learns of it when it reads. */
    private static void refusedInTheHandshake(TlsClient client, int port) {
        for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
            assertThatThrownBy(() -> client.speaking(protocol).get(port)).isInstanceOf(IOException.class);
        }
    }
}
