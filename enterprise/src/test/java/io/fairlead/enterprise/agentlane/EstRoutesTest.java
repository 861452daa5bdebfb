package io.fairlead.enterprise.agentlane;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentCodes.AgentsAddress;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.Renewals;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.identity.TlsClient;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.identity.Usage;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstRoutesTest {
    private final Clock clock = Clock.systemUTC();
    private final List<Runnable> deadlines = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private static Vertx vertx;
    private static TestDatabase postgres;
    private static Database database;

    private Authority authority;
    private EnrolmentCodes codes;
    private int port;

    private record Answer(int status, String type, String transfer, String fault, String challenge, byte[] body) {
        List<Certificate> certificates() throws Exception {
            byte[] der = Base64.getMimeDecoder().decode(body);
            return new ArrayList<>(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(der)));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

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
        DataFolder data = new DataFolder(folder.resolve("data"));
        authority = Authority.open(data, clock, new SecureRandom());
        Audit audit = new Audit(database);
        DeviceCertificates certificates = new DeviceCertificates(database, authority, audit, clock);
        Renewals renewals = new Renewals(
                database, authority, certificates, (connection, device, why) -> Future.succeededFuture(), audit, clock);
        codes = new EnrolmentCodes(
                database,
                authority,
                certificates,
                (connection, device, epoch) -> Future.succeededFuture(),
                audit,
                new AgentsAddress("localhost", 8444),
                Ids.random(),
                clock,
                new SecureRandom());
        // Time stands still: a deadline comes when a test says so.
        Timers timers = (delay, call) -> {
            deadlines.add(call);
            return () -> deadlines.remove(call);
        };
        Router router = Router.router(vertx);
        new EstRoutes(authority, codes, renewals, new Blocking(vertx), timers, clock, Ids.random()).mount(router);
        Credential server = new OwnCertificates(authority, data, clock).server("agents", Set.of("localhost"));
        port = await(vertx.createHttpServer(TlsOptions.agents(server, authority.issuer(Usage.DEVICES)))
                        .requestHandler(router)
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private EnrolmentString code() {
        return await(database.inTransaction(connection -> codes.create(connection, "analyser-1", "os:anna")));
    }

    private HttpsURLConnection connection(String path) throws Exception {
        return connection(path, null);
    }

    private HttpsURLConnection connection(String path, Credential own) throws Exception {
        HttpsURLConnection connection =
                (HttpsURLConnection) new URL("https://localhost:" + port + "/.well-known/est/" + path).openConnection();
        connection.setSSLSocketFactory(
                new TlsClient(authority.root(), own).context().getSocketFactory());
        connection.setReadTimeout(20_000);
        return connection;
    }

    private static Answer answer(HttpsURLConnection connection) throws Exception {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(
                    status,
                    connection.getContentType(),
                    connection.getHeaderField("Content-Transfer-Encoding"),
                    connection.getHeaderField("Fairlead-Fault"),
                    connection.getHeaderField("WWW-Authenticate"),
                    in == null ? new byte[0] : in.readAllBytes());
        }
    }

    private Answer enrol(String authorization, String type, byte[] body) throws Exception {
        HttpsURLConnection connection = connection("simpleenroll");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", type);
        connection.setRequestProperty("Content-Transfer-Encoding", "base64");
        if (authorization != null) {
            connection.setRequestProperty("Authorization", authorization);
        }
        connection.getOutputStream().write(body);
        return answer(connection);
    }

    private Answer enrol(EnrolmentString code, byte[] der) throws Exception {
        return enrol(basic(code.codeId(), code.secret()), "application/pkcs10", base64(der));
    }

    private Answer renew(Credential own, byte[] der) throws Exception {
        HttpsURLConnection connection = connection("simplereenroll", own);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/pkcs10");
        connection.getOutputStream().write(base64(der));
        return answer(connection);
    }

    private static String basic(String code, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((code + ":" + secret).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] base64(byte[] der) {
        return TestRequests.base64(der).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void cacerts_answers_the_root_and_the_issuers() throws Exception {
        Answer answer = answer(connection("cacerts"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/pkcs7-mime");
        assertThat(answer.transfer()).isEqualTo("base64");
        assertThat(answer.certificates())
                .containsExactlyInAnyOrder(
                        authority.root(),
                        authority.issuer(Usage.DEVICES),
                        authority.issuer(Usage.SERVERS),
                        authority.issuer(Usage.SIGNERS));
    }

    @Test
    void a_code_and_a_request_become_a_certificate() throws Exception {
        KeyPair key = TestRequests.p256();
        EnrolmentString code = code();
        Answer answer = enrol(code, TestRequests.greedy(key));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/pkcs7-mime; smime-type=certs-only");
        assertThat(answer.transfer()).isEqualTo("base64");
        assertThat(answer.certificates()).hasSize(1);
        X509Certificate certificate = (X509Certificate) answer.certificates().get(0);
        assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=analyser-1");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(enrol(code, TestRequests.plain(key)).certificates()).containsExactly(certificate);
    }

    @Test
    void twenty_devices_that_enrol_at_the_same_moment_all_become_devices() throws Exception {
        List<EnrolmentString> strings = new ArrayList<>();
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String device = "analyser-" + i;
            strings.add(await(database.inTransaction(connection -> codes.create(connection, device, "os:anna"))));
            requests.add(TestRequests.plain(TestRequests.p256()));
        }
        CyclicBarrier moment = new CyclicBarrier(20);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<java.util.concurrent.Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int mine = i;
                answers.add(threads.submit(() -> {
                    int unused = moment.await();
                    return enrol(strings.get(mine), requests.get(mine));
                }));
            }
            for (java.util.concurrent.Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoever_has_no_good_code_is_asked_for_one_in_the_same_words() throws Exception {
        byte[] request = base64(TestRequests.plain(TestRequests.p256()));
        EnrolmentString code = code();
        List<Answer> answers = List.of(
                enrol((String) null, "application/pkcs10", request),
                enrol("Bearer abc", "application/pkcs10", request),
                enrol("Basic ***", "application/pkcs10", request),
                enrol(basic("", ""), "application/pkcs10", request),
                enrol(basic("ZZZZZZZZ", code.secret()), "application/pkcs10", request),
                enrol(basic(code.codeId(), "0000000000000000"), "application/pkcs10", request));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.challenge()).startsWith("Basic realm=");
            assertThat(answer.fault()).isEqualTo("enrolment-refused");
            assertThat(answer.text()).isEqualTo(Fault.ENROLMENT_REFUSED.text());
        });
    }

    @Test
    void what_is_no_request_is_refused_and_the_code_lives() throws Exception {
        EnrolmentString code = code();
        String authorization = basic(code.codeId(), code.secret());
        byte[] good = base64(TestRequests.plain(TestRequests.p256()));
        KeyPair big = TestRequests.ec("secp384r1");
        for (Answer answer : List.of(
                enrol(authorization, "application/pkcs10", "%%%".getBytes(StandardCharsets.US_ASCII)),
                enrol(authorization, "application/pkcs10", base64(new byte[] {1, 2, 3})),
                enrol(authorization, "application/pkcs10", base64(TestRequests.plain(big))),
                enrol(authorization, "text/xml", good),
                enrol(authorization, "application/pkcs10", new byte[17 * 1024]))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.fault()).isEqualTo("request-refused");
            assertThat(answer.text()).isEqualTo(Fault.REQUEST_REFUSED.text());
        }
        Answer empty = enrol(authorization, "application/pkcs10", new byte[0]);
        assertThat(empty.fault()).isEqualTo("body-empty");
        assertThat(enrol(authorization, "application/pkcs10", good).status()).isEqualTo(200);
    }

    @Test
    void a_body_that_trickles_is_cut_at_its_deadline() throws Exception {
        try (SSLSocket socket = new TlsClient(authority.root(), null).connect(port)) {
            socket.getOutputStream()
                    .write(("POST /.well-known/est/simpleenroll HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Type: application/pkcs10\r\nContent-Length: 400\r\n\r\nMIIB")
                            .getBytes(StandardCharsets.US_ASCII));
            while (deadlines.isEmpty()) {
                Thread.sleep(5);
            }
            Runnable deadline = deadlines.get(0);
            vertx.runOnContext(now -> deadline.run());
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("body-too-slow");
        }
    }

    @Test
    void a_secret_that_came_over_a_smaller_suite_is_not_looked_at() throws Exception {
        EnrolmentString code = code();
        byte[] body = base64(TestRequests.plain(TestRequests.p256()));
        try (SSLSocket socket = new TlsClient(authority.root(), null)
                .offering("TLSv1.3", "TLS_AES_128_GCM_SHA256")
                .connect(port)) {
            socket.getOutputStream()
                    .write(("POST /.well-known/est/simpleenroll HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Authorization: " + basic(code.codeId(), code.secret())
                                    + "\r\nContent-Type: application/pkcs10\r\nContent-Length: " + body.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 403").contains("cipher-refused");
        }
        assertThat(postgres.value("SELECT redeemed_at IS NULL FROM enrolment_code"))
                .isEqualTo("t");
    }

    @Test
    void a_database_that_is_away_is_no_wrong_code() throws Exception {
        EnrolmentString code = code();
        postgres.execute("ALTER TABLE enrolment_code RENAME TO hidden");
        try {
            Answer answer = enrol(code, TestRequests.plain(TestRequests.p256()));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).isEqualTo(Fault.UNAVAILABLE.text());
        } finally {
            postgres.execute("ALTER TABLE hidden RENAME TO enrolment_code");
        }
    }

    @Test
    void a_certificate_becomes_the_next_one() throws Exception {
        KeyPair key = TestRequests.p256();
        X509Certificate first = (X509Certificate)
                enrol(code(), TestRequests.plain(key)).certificates().get(0);
        KeyPair next = TestRequests.p256();

        Answer answer = renew(TlsClient.credential(key.getPrivate(), first), TestRequests.greedy(next));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/pkcs7-mime; smime-type=certs-only");
        X509Certificate second = (X509Certificate) answer.certificates().get(0);
        assertThat(second.getPublicKey()).isEqualTo(next.getPublic());
        assertThat(second.getSubjectX500Principal()).isEqualTo(first.getSubjectX500Principal());
        assertThat(second.getSubjectAlternativeNames().toString())
                .isEqualTo(first.getSubjectAlternativeNames().toString());
    }

    @Test
    void who_shows_no_certificate_or_asks_for_nonsense_renews_nothing() throws Exception {
        Answer stranger = renew(null, TestRequests.plain(TestRequests.p256()));
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.fault()).isEqualTo("no-certificate");
        assertThat(stranger.challenge()).isNull();

        KeyPair key = TestRequests.p256();
        X509Certificate first = (X509Certificate)
                enrol(code(), TestRequests.plain(key)).certificates().get(0);
        Answer nonsense = renew(TlsClient.credential(key.getPrivate(), first), new byte[] {1, 2, 3});
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.fault()).isEqualTo("request-refused");
    }
}
