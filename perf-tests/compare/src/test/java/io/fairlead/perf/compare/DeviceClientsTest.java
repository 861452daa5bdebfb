package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.Usage;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Identity;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the TLS of the agents' listener, which hands out tickets. */
class DeviceClientsTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<SSLSession> sessions = new LinkedBlockingQueue<>();
    private final Judge judge = new Judge();
    private Identity first;
    private Identity second;
    private DeviceClients clients;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Identities identities = identities();
        first = identities.all().get(0);
        second = identities.all().get(1);
        clients = new DeviceClients(vertx, identities.all());
        port = server();
    }

    private int server() {
        return await(vertx.createHttpServer(
                                BareServer.tls(folder.resolve("server"), folder.resolve("identities/authorities.pem"))
                                        .setTrustOptions(TrustOptions.wrap(judge)))
                        .connectionHandler(this::connected)
                        .requestHandler(none -> {})
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private void connected(HttpConnection connection) {
        sessions.add(connection.sslSession());
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** As the fleet keeps them. */
    private Identities identities() throws Exception {
        DataFolder data = new DataFolder(folder.resolve("authority"));
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom());
        OwnCertificates issued = new OwnCertificates(authority, data, Clock.systemUTC());
        List<String> lines = new ArrayList<>();
        for (String device : List.of("first", "second")) {
            Credential own = issued.server(device, Set.of(device));
            lines.add(device + " " + base64(own.key().getEncoded()) + " "
                    + base64(own.chain().get(0).getEncoded()));
        }
        Path kept = Files.createDirectory(folder.resolve("identities"));
        Files.writeString(kept.resolve("server"), "127.0.0.1:1\n");
        Files.writeString(
                kept.resolve("authorities.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + base64(authority.issuer(Usage.SERVERS).getEncoded()) + "\n-----END CERTIFICATE-----\n");
        Files.writeString(kept.resolve("devices"), String.join("\n", lines) + "\n");
        return Identities.kept(kept);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private SSLSession session() throws InterruptedException {
        SSLSession session = sessions.poll(20, TimeUnit.SECONDS);
        assertThat(session).isNotNull();
        return session;
    }

    private X509Certificate shown() throws InterruptedException, SSLPeerUnverifiedException {
        return (X509Certificate) session().getPeerCertificates()[0];
    }

    @Test
    void a_device_shows_its_own_certificate_and_resumes_its_own_sessions_alone() throws Exception {
        for (Identity device : List.of(first, second, first, second)) {
            await(clients.connect(device, port));
            assertThat(shown()).isEqualTo(device.certificate());
        }

        // Of a session that is resumed nothing is judged.
        assertThat(judge.judged).containsExactly(first.certificate(), second.certificate());
    }

    @Test
    void no_handshake_of_a_device_is_resumed() throws Exception {
        List<Identity> devices = List.of(first, first, first, second, second);
        await(clients.connect(first, port));
        assertThat(shown()).isEqualTo(first.certificate());
        judge.judged.clear();

        for (Identity device : devices) {
            await(clients.shakeHands(device, port));
            assertThat(shown()).isEqualTo(device.certificate());
        }

        assertThat(judge.judged)
                .isEqualTo(devices.stream().map(Identity::certificate).toList());
    }

    @Test
    void what_a_device_had_with_one_server_it_does_not_resume_with_another() throws Exception {
        int other = server();

        for (int each : new int[] {port, other, port, other}) {
            await(clients.connect(first, each));
            assertThat(shown()).isEqualTo(first.certificate());
        }

        assertThat(judge.judged).containsExactly(first.certificate(), first.certificate());
    }

    @Test
    void tls_is_as_strong_as_agents_have_it() throws Exception {
        await(clients.connect(first, port));

        SSLSession session = session();
        assertThat(session.getProtocol()).isEqualTo("TLSv1.2");
        assertThat(session.getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    }

    /** Takes everybody, and remembers whom: a server judges a certificate at each whole handshake, and at no other. */
    private static final class Judge extends X509ExtendedTrustManager {
        final List<X509Certificate> judged = new CopyOnWriteArrayList<>();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            judged.add(chain[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
