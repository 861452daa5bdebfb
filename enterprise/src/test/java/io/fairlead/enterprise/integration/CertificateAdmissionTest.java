package io.fairlead.enterprise.integration;

import static io.fairlead.enterprise.account.TestAccounts.ROOT;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.account.TestCertificate;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.soap.Fault;
import io.vertx.ext.web.Router;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates as somebody would show them who should not be let in, over real TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateAdmissionTest {
    private Stand stand;
    private Credential server;
    private X509Certificate root;
    private int port;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        stand = new Stand(folder);
        stand.device("LAB-7");
        DataFolder data = new DataFolder(folder.resolve("authority"));
        Authority authority = Authority.open(data, stand.room.clock, new SecureRandom());
        Router router = Router.router(stand.vertx);
        stand.mountCertified(router);
        server = new OwnCertificates(authority, data, stand.room.clock).server("people", Set.of("localhost"));
        root = authority.root();
        port = await(stand.vertx
                        .createHttpServer(TlsOptions.certified(server, root))
                        .requestHandler(router)
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    @AfterAll
    void close() {
        stand.close();
    }

    @Test
    void the_peoples_listener_asks_nobody_for_a_certificate() {
        Router router = Router.router(stand.vertx);
        stand.mountPeople(router);
        int people = await(stand.vertx
                        .createHttpServer(TlsOptions.people(server, root))
                        .requestHandler(router)
                        .listen(0, "127.0.0.1"))
                .actualPort();
        TestCertificate own = account("asked");
        CertifiedClient here = CertifiedClient.of(port, own);
        CertifiedClient there = CertifiedClient.of(people, own);
        assertTaken(here.ask(find()));
        assertThat(here.asked()).isPositive();
        assertThat(there.ask(find())).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate");
        assertThat(there.asked()).isZero();
    }

    private TestCertificate made(String subject, int from, int to) {
        Instant now = stand.room.clock.instant();
        return TestCertificate.of(subject, now.plus(Duration.ofDays(from)), now.plus(Duration.ofDays(to)));
    }

    /** A certificate of an account of this name, which may read and write devices. */
    private TestCertificate account(String name, String... addresses) {
        stand.room.account(name, addresses);
        stand.granted(name, "integration");
        TestCertificate own = made("CN=" + name, 0, 300);
        added(name, own);
        return own;
    }

    private void added(String name, TestCertificate one) {
        assertThat(await(stand.room.certificates.add(ROOT, name, one.read(), null)))
                .isNotNull();
    }

    private void removed(String name, TestCertificate one) {
        assertThat(await(stand.room.certificates.remove(ROOT, name, one.read().sha256())))
                .isNotEmpty();
    }

    private static String find(String header, String envelopeHeader) {
        String body = Stand.envelope(Wire.SOAP11, envelopeHeader, Stand.findById("LAB-7"));
        return "POST /services/v1/DeviceService HTTP/1.1\r\nContent-Type: text/xml\r\n" + header + "SOAPAction: \""
                + Stand.SERVICE + "FindById\"\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n" + body;
    }

    private static String find() {
        return find("", "");
    }

    private static void assertTaken(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains(">LAB-7<");
    }

    private static void assertRefused(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 403 ")
                .contains(">account-refused<", Fault.ACCOUNT_REFUSED.text())
                .doesNotContain("WWW-Authenticate");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, EC, secp256r1", "TLSv1.3, EC, secp384r1", "TLSv1.2, RSA, 2048", "TLSv1.3, RSA, 2048"})
    void the_certificate_of_an_account_is_its_name_and_password(String protocol, String algorithm, String size) {
        String name = ("a." + protocol + "." + algorithm + size).toLowerCase(Locale.ROOT);
        stand.room.account(name);
        stand.granted(name, "integration");
        Instant now = stand.room.clock.instant();
        TestCertificate own =
                TestCertificate.of("CN=any", TestCertificate.key(algorithm, size), now, now.plus(Duration.ofDays(9)));
        CertifiedClient client =
                new CertifiedClient(port, protocol, own, own.key().getPrivate());
        assertRefused(client.ask(find()));
        added(name, own);
        assertTaken(client.ask(find()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_resumed_session_is_judged_as_any_other(String protocol) {
        String name = "r." + protocol.toLowerCase(Locale.ROOT);
        TestCertificate own = account(name);
        CertifiedClient client =
                new CertifiedClient(port, protocol, own, own.key().getPrivate());
        assertTaken(client.ask(find()));
        assertTaken(client.ask(find()));
        assertThat(client.handshakes()).as("the second one was resumed").isEqualTo(1);

        removed(name, own);
        assertRefused(client.ask(find()));
        added(name, own);
        assertTaken(client.ask(find()));
        assertThat(await(stand.room.register.disable(ROOT, name, "test"))).isTrue();
        assertRefused(client.ask(find()));
        stand.room.postgres.execute("UPDATE person SET disabled_at = NULL WHERE name = '" + name + "'");
        assertTaken(client.ask(find()));
        removed(name, own);
        assertThat(await(stand.room.certificates.add(
                        ROOT, name, own.read(), stand.room.clock.instant().plusSeconds(1))))
                .isNotNull();
        stand.room.clock.advance(Duration.ofSeconds(1));
        assertRefused(client.ask(find()));
        assertThat(client.handshakes()).as("all of these were resumed").isEqualTo(1);
        unblocked();
    }

    /** Several tests fail on purpose from one address. */
    private void unblocked() {
        stand.room.postgres.execute("DELETE FROM login_failure");
    }

    @Test
    void an_open_connection_ends_being_taken_with_its_certificate() throws Exception {
        TestCertificate own = account("open");
        String kept = find().replaceFirst("\r\n", "\r\nHost: localhost\r\n");
        String last = find().replaceFirst("\r\n", "\r\nHost: localhost\r\nConnection: close\r\n");
        try (SSLSocket socket = CertifiedClient.of(port, own).open()) {
            socket.getOutputStream().write(kept.getBytes(StandardCharsets.UTF_8));
            byte[] head = new byte[12];
            assertThat(socket.getInputStream().readNBytes(head, 0, 12)).isEqualTo(12);
            assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            removed("open", own);
            assertThat(CertifiedClient.ask(socket, last)).contains("HTTP/1.1 403 ", ">account-refused<");
        }
    }

    @Test
    void without_a_certificate_or_its_key_there_is_no_connection() {
        TestCertificate own = account("stolen");
        TestCertificate thief = made("CN=stolen", 0, 300);
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            assertThatThrownBy(() -> new CertifiedClient(port, protocol, null, null).ask(find()))
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() ->
                            new CertifiedClient(port, protocol, own, thief.key().getPrivate()).ask(find()))
                    .isInstanceOf(UncheckedIOException.class);
            assertTaken(new CertifiedClient(port, protocol, own, own.key().getPrivate()).ask(find()));
        }
    }

    @Test
    void keys_that_prove_little_or_cost_much_are_refused_by_tls() {
        Instant now = stand.room.clock.instant();
        TestCertificate weak =
                TestCertificate.of("CN=weak", TestCertificate.key("RSA", "1024"), now, now.plus(Duration.ofDays(9)));
        TestCertificate other = TestCertificate.of(
                "CN=other", TestCertificate.key("EC", "secp521r1"), now, now.plus(Duration.ofDays(9)));
        for (TestCertificate one : new TestCertificate[] {weak, other}) {
            assertThatThrownBy(() -> CertifiedClient.of(port, one).ask(find()))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void certificates_that_are_nobodys_early_or_over_are_refused_alike() {
        TestCertificate own = account("many");
        TestCertificate early = made("CN=early", 2, 9);
        TestCertificate same = TestCertificate.of(
                "CN=many",
                own.key(),
                stand.room.clock.instant(),
                stand.room.clock.instant().plus(Duration.ofDays(9)));
        added("many", early);
        assertRefused(CertifiedClient.of(port, made("CN=many", 0, 300)).ask(find()));
        assertRefused(CertifiedClient.of(port, same).ask(find()));
        assertRefused(CertifiedClient.of(port, early).ask(find()));
        String wsdl = "GET /services/v1/DeviceService?wsdl HTTP/1.1\r\n\r\n";
        assertRefused(CertifiedClient.of(port, same).ask(wsdl));
        assertThat(CertifiedClient.of(port, own).ask(wsdl))
                .startsWith("HTTP/1.1 200 ")
                .contains("location=\"https://certified.example:8445/services/v1/DeviceService\"");
        assertTaken(CertifiedClient.of(port, own).ask(find()));
        unblocked();
    }

    @Test
    void a_name_besides_has_to_be_the_accounts_own_and_no_password_is_looked_at() {
        CertifiedClient client = CertifiedClient.of(port, account("both"));
        String token = "<s:Header><w:Security s:mustUnderstand=\"1\" xmlns:w=\"http://docs.oasis-open.org/wss/2004/01/"
                + "oasis-200401-wss-wssecurity-secext-1.0.xsd\"><w:UsernameToken><w:Username>NAME</w:Username>"
                + "<w:Password>x</w:Password></w:UsernameToken></w:Security></s:Header>";

        assertTaken(client.ask(find("Authorization: " + Stand.basic("both", "x") + "\r\n", "")));
        assertTaken(client.ask(find("", token.replace("NAME", "both"))));
        assertRefused(client.ask(find("Authorization: " + stand.basic("erp") + "\r\n", "")));
        assertThat(client.ask(find("", token.replace("NAME", "erp")))).contains(">account-refused<");
        assertThat(await(stand.room.failedCalls.list(ROOT, "both")))
                .extracting(one -> one.why())
                .containsExactly(
                        "account-refused: the UsernameToken names another account than the certificate",
                        "account-refused: the Authorization header names another account than the certificate");
    }

    @Test
    void limits_to_addresses_hold_and_nobody_says_for_whom_he_asks() {
        CertifiedClient client = CertifiedClient.of(port, account("far", "192.0.2.0/24"));
        assertRefused(client.ask(find("X-Forwarded-For: 192.0.2.1\r\n", "")));
        unblocked();
    }
}
