package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real TLS with the agents listener's options: each request is answered with the device or the fault's key. */
class DeviceCertificatesTest {
    private static final String EPOCH = "0123456789abcdef0123456789abcdef";
    private static final String NEXT_EPOCH = "fedcba9876543210fedcba9876543210";

    private final TestClock clock = new TestClock(Instant.now());

    @TempDir
    Path folder;

    private static TestDatabase postgres;
    private static Vertx vertx;
    private static Database database;
    private Authority authority;
    private DeviceCertificates certificates;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = TestDatabase.start();
        database = postgres.database(vertx);
    }

    @AfterAll
    static void stop() {
        postgres.close();
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        postgres.execute("TRUNCATE enrolment_code, device_certificate, device_enrolment");
        authority = Authority.open(new DataFolder(folder.resolve("data")), clock, new SecureRandom());
        certificates = certificates(clock);
    }

    private DeviceCertificates certificates(Clock by) {
        return new DeviceCertificates(database, authority, new Audit(database), by);
    }

    private int listen(DeviceCertificates judge) {
        Credential server = new OwnCertificates(authority, new DataFolder(folder.resolve("own")), Clock.systemUTC())
                .server("agents", Set.of("localhost"));
        HttpServer listener = vertx.createHttpServer(TlsOptions.agents(server, authority.issuer(Usage.DEVICES)))
                .requestHandler(request -> Future.succeededFuture(request.sslSession())
                        .map(Peer::of)
                        .compose(judge::judge)
                        .map(DeviceIdentity::device)
                        .otherwise(failure -> failure instanceof Refusal refusal
                                ? refusal.fault().key()
                                : failure.toString())
                        .onSuccess(text -> request.response().end(text)));
        return await(listener.listen(0, "127.0.0.1")).actualPort();
    }

    private Credential enrolled(String device, String epoch) throws Exception {
        KeyPair key = TestRequests.p256();
        CertificateRequest request = CertificateRequest.parse(TestRequests.plain(key));
        X509Certificate certificate =
                await(database.inTransaction(connection -> certificates.enrol(connection, device, epoch, request)));
        certificates.changed(device);
        return new Credential(key.getPrivate(), List.of(certificate));
    }

    private String verdict(X509Certificate certificate) {
        return verdict(certificates, certificate);
    }

    private static String verdict(DeviceCertificates judge, X509Certificate certificate) {
        Future<String> verdict = judge.judge(Peer.showing(certificate))
                .map(DeviceIdentity::device)
                .otherwise(failure -> ((Refusal) failure).fault().key());
        return await(verdict);
    }

    private TlsClient client(Credential own) throws Exception {
        return new TlsClient(authority.root(), own);
    }

    @Test
    void a_device_is_known_by_its_certificate() throws Exception {
        int port = listen(certificates);
        Credential device = enrolled("analyser-1", EPOCH);
        assertThat(client(device).get(port)).isEqualTo("analyser-1");
        assertThat(await(certificates.judge(Peer.showing(device.leaf()))))
                .isEqualTo(new DeviceIdentity(
                        "analyser-1",
                        DeviceFacts.serial(device.leaf()),
                        EPOCH,
                        device.leaf().getNotAfter().toInstant()));
        assertThat(postgres.value("SELECT first_used_at IS NOT NULL FROM device_certificate"))
                .isEqualTo("t");
    }

    @Test
    void who_has_none_is_told_so() throws Exception {
        int port = listen(certificates);
        assertThat(client(null).get(port)).isEqualTo("no-certificate");
    }

    @Test
    void a_certificate_that_we_did_not_store_counts_for_nothing() throws Exception {
        int port = listen(certificates);
        KeyPair key = TestRequests.p256();
        X509Certificate made = authority.device(key.getPublic(), "analyser-1", EPOCH);
        assertThat(client(TlsClient.credential(key.getPrivate(), made)).get(port))
                .isEqualTo("certificate-refused");
    }

    @Test
    void certificates_for_other_uses_and_of_other_authorities_are_refused() throws Exception {
        Authority foreign = Authority.open(new DataFolder(folder.resolve("elsewhere")), clock, new SecureRandom());
        OwnCertificates own = new OwnCertificates(authority, new DataFolder(folder.resolve("data")), clock);
        Credential device = enrolled("analyser-1", EPOCH);
        assertThat(verdict(device.leaf())).isEqualTo("analyser-1");
        X509Certificate imitation = foreign.device(device.leaf().getPublicKey(), "analyser-1", EPOCH);
        assertThat(verdict(imitation)).isEqualTo("certificate-refused");
        assertThat(verdict(own.server("agents", Set.of("localhost")).leaf())).isEqualTo("certificate-refused");
        assertThat(verdict(own.signer().leaf())).isEqualTo("certificate-refused");
        assertThat(verdict(authority.issuer(Usage.DEVICES))).isEqualTo("certificate-refused");
        assertThat(verdict(authority.root())).isEqualTo("certificate-refused");
    }

    @Test
    void a_revocation_is_seen_at_the_next_request_of_the_same_connection() throws Exception {
        int port = listen(certificates);
        Credential device = enrolled("analyser-1", EPOCH);
        try (SSLSocket socket = client(device).connect(port)) {
            assertThat(TlsClient.get(socket, "keep-alive")).isEqualTo("analyser-1");
            assertThat(await(certificates.revoke("analyser-1", "os:anna", "stolen")))
                    .isEqualTo(1);
            assertThat(TlsClient.get(socket, "keep-alive")).isEqualTo("certificate-revoked");
        }
        assertThat(postgres.value("SELECT detail FROM audit_entry ORDER BY id DESC LIMIT 1"))
                .contains("stolen");
        assertThat(await(certificates.revoke("analyser-1", "os:anna", "again"))).isZero();
    }

    @Test
    void a_revocation_at_another_node_is_seen_when_its_notification_comes() throws Exception {
        Credential device = enrolled("analyser-1", EPOCH);
        Credential bystander = enrolled("analyser-2", EPOCH);
        DeviceCertificates other = certificates(clock);
        Notifications notifications = new Notifications(vertx, postgres.appConnection(), Timers.of(vertx));
        other.listenTo(notifications);
        var arrived = new java.util.concurrent.CompletableFuture<String>();
        notifications.listen(DeviceCertificates.CHANNEL, arrived::complete);
        await(notifications.start());
        assertThat(verdict(other, device.leaf())).isEqualTo("analyser-1");
        assertThat(verdict(other, bystander.leaf())).isEqualTo("analyser-2");
        assertThat(await(certificates.revoke("analyser-1", "os:anna", "stolen")))
                .isEqualTo(1);
        assertThat(arrived.get(20, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("analyser-1");
        assertThat(verdict(other, device.leaf())).isEqualTo("certificate-revoked");
        assertThat(verdict(other, bystander.leaf())).isEqualTo("analyser-2");
        await(notifications.close());
    }

    @Test
    void a_node_that_hears_nothing_reads_again_after_a_minute() throws Exception {
        Credential device = enrolled("analyser-1", EPOCH);
        DeviceCertificates deaf = certificates(clock);
        assertThat(verdict(deaf, device.leaf())).isEqualTo("analyser-1");
        assertThat(await(certificates.revoke("analyser-1", "os:anna", "stolen")))
                .isEqualTo(1);
        assertThat(verdict(deaf, device.leaf())).isEqualTo("analyser-1");
        clock.advance(Duration.ofSeconds(61));
        assertThat(verdict(deaf, device.leaf())).isEqualTo("certificate-revoked");
    }

    @Test
    void a_certificate_of_an_older_enrolment_is_refused_even_if_nobody_revoked_it() throws Exception {
        Credential older = enrolled("analyser-1", EPOCH);
        Credential newer = enrolled("analyser-1", NEXT_EPOCH);
        postgres.execute("UPDATE device_certificate SET revoked_at = NULL");
        assertThat(verdict(older.leaf())).isEqualTo("certificate-revoked");
        assertThat(verdict(newer.leaf())).isEqualTo("analyser-1");
    }

    @Test
    void a_judged_certificate_costs_no_query() throws Exception {
        Credential device = enrolled("analyser-1", EPOCH);
        assertThat(verdict(device.leaf())).isEqualTo("analyser-1");
        whileNoRowsCanBeRead(() -> assertThat(verdict(device.leaf())).isEqualTo("analyser-1"));
    }

    @Test
    void nobody_passes_when_the_rows_cannot_be_read() throws Exception {
        Credential device = enrolled("analyser-1", EPOCH);
        whileNoRowsCanBeRead(() -> assertThat(await(certificates
                        .judge(Peer.showing(device.leaf()))
                        .map(DeviceIdentity::device)
                        .otherwise("nobody")))
                .isEqualTo("nobody"));
    }

    private static void whileNoRowsCanBeRead(Runnable checks) {
        postgres.execute("ALTER TABLE device_certificate RENAME TO hidden");
        try {
            checks.run();
        } finally {
            postgres.execute("ALTER TABLE hidden RENAME TO device_certificate");
        }
    }

    @Test
    void expiry_is_judged_by_the_clock_although_the_certificate_was_judged_before() throws Exception {
        Credential device = enrolled("analyser-1", EPOCH);
        assertThat(verdict(device.leaf())).isEqualTo("analyser-1");
        clock.advance(Duration.ofDays(90));
        assertThat(verdict(device.leaf())).isEqualTo("certificate-expired");
        clock.advance(Duration.ofDays(-91));
        assertThat(verdict(device.leaf())).isEqualTo("certificate-refused");
    }

    /** TLS itself lets it through: the handshake that would have looked at the certificate is not made. */
    @Test
    void a_certificate_that_expires_is_refused_on_a_resumed_session() throws Exception {
        // Leaves begin an hour before they are made, so these end 4 seconds from now.
        TestClock then = new TestClock(Instant.now()
                .minus(Duration.ofDays(90))
                .plus(Duration.ofHours(1))
                .plusSeconds(4));
        authority = Authority.open(new DataFolder(folder.resolve("short")), then, new SecureRandom());
        certificates = certificates(Clock.systemUTC());
        Credential device = enrolled("analyser-1", EPOCH);
        int port = listen(certificates);
        List<TlsClient> clients =
                List.of(client(device).speaking("TLSv1.3"), client(device).speaking("TLSv1.2"));
        for (TlsClient client : clients) {
            assertThat(client.get(port)).isEqualTo("analyser-1");
        }
        while (!Instant.now().isAfter(device.leaf().getNotAfter().toInstant())) {
            Thread.sleep(20);
        }
        for (TlsClient client : clients) {
            long created = client.created();
            assertThat(client.get(port)).isEqualTo("certificate-expired");
            assertThat(client.created()).as("the session's begin").isEqualTo(created);
        }
    }
}
