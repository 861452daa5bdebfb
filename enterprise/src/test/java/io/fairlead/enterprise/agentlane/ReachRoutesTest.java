package io.fairlead.enterprise.agentlane;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.CertificateRequest;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.identity.TlsClient;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.identity.Usage;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What answers a check of a site, over real TLS, said by hand. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReachRoutesTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String HOLD = "POST /reach/hold?seconds=";
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @TempDir
    private Path folder;

    private final ManualTimers timers = new ManualTimers();
    private TestFleet fleet;
    private TlsClient lab;
    private TlsClient other;
    private TlsClient stranger;
    private int port;

    @BeforeEach
    void open() throws Exception {
        fleet = new TestFleet(CLOCK);
        DataFolder data = new DataFolder(folder.resolve("data"));
        Authority authority = Authority.open(data, CLOCK, new SecureRandom());
        DeviceCertificates certificates = new DeviceCertificates(fleet.database, authority, fleet.audit, CLOCK);
        EnrolmentCodes codes = new EnrolmentCodes(
                fleet.database,
                authority,
                certificates,
                fleet.devices,
                fleet.audit,
                new EnrolmentCodes.AgentsAddress("localhost", 8444),
                Ids.random(),
                CLOCK,
                new SecureRandom());
        Credential server = new OwnCertificates(authority, data, CLOCK).server("agents", Set.of("localhost"));
        ReachRoutes routes = new ReachRoutes(certificates, timers, CLOCK, Ids.random());
        port = await(fleet.vertx
                        .createHttpServer(TlsOptions.agents(server, authority.issuer(Usage.DEVICES)))
                        .requestHandler(routes::handle)
                        .listen(0, "127.0.0.1"))
                .actualPort();
        lab = enrolled("LAB-7", authority, codes);
        other = enrolled("LAB-8", authority, codes);
        stranger = new TlsClient(authority.root(), null);
    }

    private TlsClient enrolled(String device, Authority authority, EnrolmentCodes codes) throws Exception {
        DeviceId id = fleet.registered(device);
        EnrolmentString code =
                await(fleet.database.inTransaction(connection -> codes.create(connection, id.value(), "os:anna")));
        KeyPair key = TestRequests.p256();
        X509Certificate certificate = await(codes.redeem(
                code.codeId(), code.secret(), CertificateRequest.parse(TestRequests.plain(key)), "192.0.2.1"));
        return new TlsClient(
                authority.root(),
                new Credential(key.getPrivate(), List.of(certificate, authority.issuer(Usage.DEVICES))));
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void a_device_is_told_the_time_at_once_and_whoever_shows_no_certificate_nothing() throws Exception {
        String told = said(lab, HOLD + "0", "");

        assertThat(told).startsWith("HTTP/1.1 204").contains("Fairlead-Time: ");
        Instant time = Instant.parse(told.replaceAll("(?s).*Fairlead-Time: (\\S+).*", "$1"));
        assertThat(time).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(said(stranger, HOLD + "0", "")).startsWith("HTTP/1.1 401").contains("no-certificate");
        assertThat(said(stranger, "GET /reach/socket", UPGRADE)).startsWith("HTTP/1.1 401");
    }

    @Test
    void one_request_of_a_device_is_held_and_the_place_is_free_when_it_is_over_or_gone() throws Exception {
        try (SSLSocket first = lab.connect(port)) {
            say(first, HOLD + "55", "");
            awaitHeld(1);
            assertThat(said(lab, HOLD + "55", "")).startsWith("HTTP/1.1 503").contains("busy");
            try (SSLSocket others = other.connect(port)) {
                say(others, HOLD + "30", "");
                awaitHeld(2);
            }
            awaitHeld(1);
            timers.fire(Duration.ofSeconds(55));
            assertThat(head(first)).startsWith("HTTP/1.1 204");
        }
        try (SSLSocket again = lab.connect(port)) {
            say(again, HOLD + "1", "");
            awaitHeld(1);
            timers.fire(Duration.ofSeconds(1));
            assertThat(head(again)).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void nonsense_is_refused() throws Exception {
        for (String seconds : List.of("61", "-1", "x", "", "0060")) {
            assertThat(said(lab, HOLD + seconds, ""))
                    .as(seconds)
                    .startsWith("HTTP/1.1 400")
                    .contains("invalid");
        }
        assertThat(said(lab, HOLD + "0", "Content-Length: 9\r\n")).startsWith("HTTP/1.1 413");
        assertThat(said(lab, "GET /reach/hold?seconds=0", "")).startsWith("HTTP/1.1 404");
        assertThat(said(lab, "GET /reach/socket", "")).startsWith("HTTP/1.1 400");
        assertThat(timers.size()).isZero();
    }

    @Test
    void a_websocket_says_a_word_and_closes() throws Exception {
        try (SSLSocket socket = lab.connect(port)) {
            say(socket, "GET /reach/socket", UPGRADE);
            assertThat(head(socket)).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(socket.getInputStream().readNBytes(6))
                    .isEqualTo(new byte[] {(byte) 0x81, 4, 'h', 'e', 'r', 'e'});
            assertThat(socket.getInputStream().read()).as("a close frame").isEqualTo(0x88);
        }
    }

    private void awaitHeld(int wanted) throws InterruptedException {
        while (timers.size() != wanted) {
            Thread.sleep(5);
        }
    }

    private String said(TlsClient as, String request, String headers) throws IOException {
        try (SSLSocket socket = as.connect(port)) {
            say(socket, request, headers);
            return head(socket);
        }
    }

    private static void say(SSLSocket socket, String request, String headers) throws IOException {
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n").getBytes(US_ASCII));
    }

    private static String head(SSLSocket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended after \"" + head + "\"");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
