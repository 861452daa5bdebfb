package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.agent.link.LinkException.Kind;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proxy that answers CONNECT and then plays the server itself, with a certificate of an authority that the PC trusts. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InspectorTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final TestAuthority HOSPITAL = new TestAuthority("of the hospital's inspection");

    private static final String UNKNOWN_HERE = "agents.no-such-host.invalid";

    private final SoapCodec codec = new SoapCodec(new Documents(XmlReaders.ofJdk()));
    private TlsServer player;
    private ServerSocket proxy;

    @BeforeEach
    void start() throws IOException {
        player = new TlsServer(
                HOSPITAL.server("localhost"), (request, out) -> TlsServer.http(out, 200, "text/html", new byte[0]));
        proxy = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        thread(this::accept);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        player.close();
    }

    @Test
    void an_inspector_whose_authority_the_system_trusts_is_named_and_gets_nothing() throws Exception {
        assertThat(asOrdinaryPrograms())
                .as("what trusts the system's store is inspected")
                .isEqualTo(200);
        int before = player.received().length;

        LinkException refused = call();

        assertThat(refused.kind()).isEqualTo(Kind.TLS_REFUSED);
        assertThat(refused)
                .hasMessageContaining("CN=Fairlead servers of the hospital's inspection")
                .hasMessageContaining("not by the enterprise")
                .hasMessageContaining("has to let this server's through as it is");
        assertThat(player.received()).hasSize(before);
    }

    @Test
    void an_inspector_with_tls_that_is_too_old_for_us_is_named_too() {
        player.onlyCipher("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256");

        // The listener keeps its former suites for the next connection.
        assertThat(call()).isNotNull();

        LinkException refused = call();

        assertThat(refused.kind()).isEqualTo(Kind.TLS_REFUSED);
        assertThat(refused)
                .hasMessageContaining("TLS refused")
                .hasMessageContaining("signed by \"CN=Fairlead servers of the hospital's inspection")
                .hasMessageContaining("has to let this server's through as it is");
        assertThat(player.received()).isEmpty();
    }

    @Test
    void at_enrolment_it_is_named_and_never_sees_the_secret() {
        EnrolmentString string = EnrolmentString.parse(
                "fairlead:1:localhost:8444:c1:0123456789ABCDEF:" + PinnedCas.keyHash(OURS.root.certificate()));
        Enrolment enrolment = new Enrolment(
                new IdentityFolder(Path.of("unused"), Clock.systemUTC()),
                dialer(),
                Instant::now,
                identity -> {},
                new Patience(pause -> {}));

        LinkException refused = catchThrowableOfType(LinkException.class, () -> enrolment.enrol(string));

        assertThat(refused).hasMessageNotContaining("0123456789ABCDEF");
        assertThat(new String(player.received(), StandardCharsets.ISO_8859_1))
                .contains("GET ")
                .doesNotContainIgnoringCase("authorization")
                .doesNotContain("0123456789ABCDEF");
    }

    /** As where instruments know the names of their own network only; with a password and without. */
    @Test
    void a_server_whose_name_only_the_proxy_knows_is_reached() throws IOException {
        player.close();
        player = new TlsServer(OURS.server(UNKNOWN_HERE), (request, out) -> {
            PollResponse response = new PollResponse();
            response.setServerTime(Instant.now());
            response.setToken("0".repeat(32));
            TlsServer.http(out, 200, "text/xml", codec.write(response));
        });
        ServerAddress server = new ServerAddress(UNKNOWN_HERE, 8444);
        ServerAddress named = new ServerAddress("127.0.0.1", proxy.getLocalPort());

        assertThat(call(server, dialer())).isNull();
        assertThat(call(server, dialer(new ProxyAccount(named, "agent", () -> "unasked"))))
                .isNull();
    }

    private LinkException call() {
        return call(new ServerAddress("localhost", 8444), dialer());
    }

    private LinkException call(ServerAddress server, Dialer dialer) {
        Link link = new Link(server, dialer, OURS.identity(server, "device-1"), codec, Instant::now);
        return catchThrowableOfType(
                LinkException.class, () -> link.call("poll", new Poll(), PollResponse.class, Duration.ofSeconds(20)));
    }

    private Dialer dialer(ProxyAccount... accounts) {
        Route way = new Route.HttpProxy(new ServerAddress("127.0.0.1", proxy.getLocalPort()));
        return new Dialer(Routes.fixed(List.of(way)), List.of(accounts), System::nanoTime);
    }

    /** A program that trusts a store which holds the inspector's authority. */
    private int asOrdinaryPrograms() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("hospital", HOSPITAL.root.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        Proxy through = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.getLocalPort()));
        HttpsURLConnection connection = (HttpsURLConnection) new URL("https://localhost:8444/").openConnection(through);
        connection.setSSLSocketFactory(context.getSocketFactory());
        return connection.getResponseCode();
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                thread(() -> serve(client));
            } catch (IOException e) {
                // The test has ended.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server =
                        new Socket("127.0.0.1", player.address("localhost").port())) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.getInputStream().read());
            }
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            thread(() -> copy(server, client));
            copy(client, server);
        } catch (IOException e) {
            // One of them went away.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            long copied = in.transferTo(out);
            assert copied >= 0;
            to.shutdownOutput();
        } catch (IOException e) {
            // One of them went away.
        }
    }

    private static void thread(Runnable what) {
        Thread thread = new Thread(what, "inspector");
        thread.setDaemon(true);
        thread.start();
    }
}
