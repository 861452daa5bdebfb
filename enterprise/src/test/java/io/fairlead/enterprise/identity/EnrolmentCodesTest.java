package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.identity.EnrolmentCodes.AgentsAddress;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentCodesTest {
    private static final String WRONG = "0000000000000000";

    private final TestClock clock = new TestClock(Instant.now());
    private final List<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private static TestDatabase postgres;
    private static Database databaseOfOne;
    private static Database databaseOfTwo;
    private String auditedBefore;
    private Authority authority;
    private Node one;
    private Node two;
    private EnrolmentListener listener;

    private record Node(Database database, DeviceCertificates certificates, EnrolmentCodes codes) {}

    @BeforeAll
    static void start() {
        postgres = TestDatabase.start();
        databaseOfOne = postgres.database();
        databaseOfTwo = postgres.database();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void open() {
        postgres.execute("TRUNCATE enrolment_code, device_certificate, device_enrolment");
        auditedBefore = postgres.value("SELECT coalesce(max(id), 0) FROM audit_entry");
        authority = Authority.open(new DataFolder(folder.resolve("data")), clock, new SecureRandom());
        listener = (connection, device, epoch) -> {
            told.add(device + " " + epoch);
            return Future.succeededFuture();
        };
        one = node(databaseOfOne);
        two = node(databaseOfTwo);
    }

    private Node node(Database database) {
        Audit audit = new Audit(database);
        DeviceCertificates certificates = new DeviceCertificates(database, authority, audit, clock);
        return new Node(
                database,
                certificates,
                new EnrolmentCodes(
                        database,
                        authority,
                        certificates,
                        (connection, device, epoch) -> listener.enrolled(connection, device, epoch),
                        audit,
                        new AgentsAddress("agents.example.org", 8444),
                        Ids.random(),
                        clock,
                        new SecureRandom()));
    }

    private EnrolmentString code(String device) {
        return await(one.database.inTransaction(connection -> one.codes.create(connection, device, "os:anna")));
    }

    private static CertificateRequest request() throws Exception {
        return CertificateRequest.parse(TestRequests.plain(TestRequests.p256()));
    }

    private static Future<X509Certificate> redeem(Node node, EnrolmentString code, CertificateRequest request) {
        return node.codes.redeem(code.codeId(), code.secret(), request, "192.0.2.7");
    }

    private static Fault refused(Future<?> attempt) {
        try {
            Object given = await(attempt);
            throw new AssertionError("was given " + given);
        } catch (AssertionError error) {
            if (error.getCause() instanceof Refusal refusal) {
                return refusal.fault();
            }
            throw error;
        }
    }

    private long audited(String code) {
        return Long.parseLong(postgres.value(
                "SELECT count(*) FROM audit_entry WHERE code = '" + code + "' AND id > " + auditedBefore));
    }

    @Test
    void a_code_becomes_a_certificate_and_an_enrolment() throws Exception {
        EnrolmentString code = code("analyser-1");
        assertThat(code.format())
                .startsWith("fairlead:1:agents.example.org:8444:")
                .endsWith(authority.rootKeySha256());
        X509Certificate certificate = await(redeem(one, code, request()));
        certificate.verify(authority.issuer(Usage.DEVICES).getPublicKey());
        DeviceIdentity identity = await(two.certificates.judge(Peer.showing(certificate)));
        assertThat(identity.device()).isEqualTo("analyser-1");
        assertThat(told).containsExactly("analyser-1 " + identity.epoch());
        assertThat(postgres.value("SELECT epoch FROM device_enrolment WHERE device = 'analyser-1'"))
                .isEqualTo(identity.epoch());
        assertThat(audited("enrolment.code-made")).isEqualTo(1);
        assertThat(audited("enrolment.device-enrolled")).isEqualTo(1);
    }

    @Test
    void the_secret_is_nowhere_in_the_database() {
        EnrolmentString code = code("analyser-1");
        assertThat(postgres.value("SELECT count(*) FROM enrolment_code WHERE code = '" + code.codeId() + "'"))
                .isEqualTo("1");
        assertThat(postgres.value("SELECT string_agg(t::text, ' ') FROM enrolment_code t")
                        + postgres.value("SELECT string_agg(t::text, ' ') FROM audit_entry t"))
                .doesNotContain(code.secret());
    }

    @Test
    void a_secret_may_be_typed_with_look_alikes() throws Exception {
        EnrolmentString code = code("analyser-1");
        String typed = code.secret()
                .toLowerCase(java.util.Locale.ROOT)
                .replace('0', 'o')
                .replace('1', 'l');
        assertThat(await(one.codes.redeem(code.codeId(), typed, request(), "192.0.2.7")))
                .isNotNull();
    }

    @Test
    void the_same_key_gets_the_same_certificate_again_within_ten_minutes() throws Exception {
        EnrolmentString code = code("analyser-1");
        KeyPair key = TestRequests.p256();
        X509Certificate first = await(redeem(one, code, CertificateRequest.parse(TestRequests.plain(key))));
        clock.advance(Duration.ofMinutes(9));
        X509Certificate second = await(redeem(two, code, CertificateRequest.parse(TestRequests.greedy(key))));
        assertThat(second.getEncoded()).isEqualTo(first.getEncoded());
        assertThat(told).hasSize(1);
        assertThat(audited("enrolment.repeated")).isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));
        assertThat(refused(redeem(one, code, CertificateRequest.parse(TestRequests.plain(key)))))
                .isEqualTo(Fault.ENROLMENT_REFUSED);
    }

    @Test
    void another_key_gets_nothing_of_a_used_code() throws Exception {
        EnrolmentString code = code("analyser-1");
        X509Certificate certificate = await(redeem(one, code, request()));
        assertThat(refused(redeem(two, code, request()))).isEqualTo(Fault.ENROLMENT_REFUSED);
        assertThat(await(one.certificates.judge(Peer.showing(certificate))).device())
                .isEqualTo("analyser-1");
        assertThat(audited("enrolment.refused")).isEqualTo(1);
    }

    @Test
    void a_code_dies_after_ten_minutes() throws Exception {
        EnrolmentString code = code("analyser-1");
        clock.advance(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(refused(redeem(one, code, request()))).isEqualTo(Fault.ENROLMENT_REFUSED);
        assertThat(told).isEmpty();
    }

    @Test
    void a_newer_code_of_the_device_kills_the_older() throws Exception {
        EnrolmentString older = code("analyser-1");
        EnrolmentString other = code("analyser-2");
        EnrolmentString newer = code("analyser-1");
        assertThat(refused(redeem(one, older, request()))).isEqualTo(Fault.ENROLMENT_REFUSED);
        assertThat(await(redeem(one, newer, request()))).isNotNull();
        assertThat(await(redeem(one, other, request()))).isNotNull();
    }

    @Test
    void five_wrong_secrets_kill_a_code_counted_over_all_nodes() throws Exception {
        EnrolmentString code = code("analyser-1");
        for (int i = 0; i < 5; i++) {
            Node node = i % 2 == 0 ? one : two;
            assertThat(refused(node.codes.redeem(code.codeId(), WRONG, request(), "192.0.2.7")))
                    .isEqualTo(Fault.ENROLMENT_REFUSED);
        }
        assertThat(refused(redeem(one, code, request()))).isEqualTo(Fault.ENROLMENT_REFUSED);
        assertThat(audited("enrolment.code-killed")).isEqualTo(1);
        assertThat(audited("enrolment.refused")).isEqualTo(6);
        assertThat(told).isEmpty();
    }

    @Test
    void four_wrong_secrets_do_not_kill_it() throws Exception {
        EnrolmentString code = code("analyser-1");
        for (int i = 0; i < 4; i++) {
            assertThat(refused(one.codes.redeem(code.codeId(), WRONG, request(), "192.0.2.7")))
                    .isEqualTo(Fault.ENROLMENT_REFUSED);
        }
        assertThat(await(redeem(one, code, request()))).isNotNull();
    }

    @Test
    void many_wrong_secrets_at_once_are_all_counted() throws Exception {
        EnrolmentString code = code("analyser-1");
        List<Future<X509Certificate>> attempts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            attempts.add((i % 2 == 0 ? one : two).codes.redeem(code.codeId(), WRONG, request(), "192.0.2.7"));
        }
        for (Future<X509Certificate> attempt : attempts) {
            assertThat(refused(attempt)).isEqualTo(Fault.ENROLMENT_REFUSED);
        }
        assertThat(postgres.value("SELECT wrong FROM enrolment_code")).isEqualTo("5");
        assertThat(refused(redeem(one, code, request()))).isEqualTo(Fault.ENROLMENT_REFUSED);
    }

    @Test
    void an_unknown_code_is_answered_like_a_wrong_secret_and_audited() throws Exception {
        for (String unknown : List.of("ZZZZZZZZ", "", "'; DROP TABLE device; --", "\u0000\u202e")) {
            assertThat(refused(one.codes.redeem(unknown, WRONG, request(), "192.0.2.7")))
                    .isEqualTo(Fault.ENROLMENT_REFUSED);
        }
        assertThat(audited("enrolment.refused")).isEqualTo(4);
    }

    @Test
    void strangers_cannot_fill_the_audit() throws Exception {
        CertificateRequest request = request();
        for (int i = 0; i < 100; i++) {
            assertThat(refused(one.codes.redeem("ZZZZZZZZ", WRONG, request, "192.0.2.7")))
                    .isEqualTo(Fault.ENROLMENT_REFUSED);
        }
        assertThat(audited("enrolment.refused")).isEqualTo(60);
        clock.advance(Duration.ofMinutes(1));
        assertThat(refused(one.codes.redeem("ZZZZZZZZ", WRONG, request, "192.0.2.7")))
                .isEqualTo(Fault.ENROLMENT_REFUSED);
        assertThat(audited("enrolment.refused")).isEqualTo(61);
    }

    @Test
    void a_hundred_at_once_with_a_hundred_keys_get_one_certificate() throws Exception {
        EnrolmentString code = code("analyser-1");
        List<Future<X509Certificate>> attempts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            attempts.add(redeem(i % 2 == 0 ? one : two, code, request()));
        }
        int given = 0;
        for (Future<X509Certificate> attempt : attempts) {
            try {
                assertThat(await(attempt)).isNotNull();
                given++;
            } catch (AssertionError refused) {
                assertThat(refused.getCause()).isInstanceOf(Refusal.class);
            }
        }
        assertThat(given).isEqualTo(1);
        assertThat(postgres.value("SELECT count(*) FROM device_certificate")).isEqualTo("1");
        assertThat(audited("enrolment.refused")).isEqualTo(99);
        assertThat(told).hasSize(1);
    }

    @Test
    void a_new_enrolment_ends_the_one_before() throws Exception {
        X509Certificate first = await(redeem(one, code("analyser-1"), request()));
        assertThat(await(one.certificates.judge(Peer.showing(first)))).isNotNull();
        X509Certificate second = await(redeem(one, code("analyser-1"), request()));
        assertThat(refused(one.certificates.judge(Peer.showing(first)))).isEqualTo(Fault.CERTIFICATE_REVOKED);
        assertThat(await(one.certificates.judge(Peer.showing(second))).epoch())
                .isNotEqualTo(told.get(0).split(" ")[1]);
        assertThat(postgres.value("SELECT count(*) FROM device_certificate WHERE revoked_why = 'enrolled anew'"))
                .isEqualTo("1");
    }

    @Test
    void nothing_of_an_enrolment_stays_when_a_listener_fails() throws Exception {
        EnrolmentString code = code("analyser-1");
        CertificateRequest request = request();
        EnrolmentListener works = listener;
        listener = (connection, device, epoch) ->
                Future.failedFuture(new Refusal(Fault.UNKNOWN_DEVICE, "device=" + device));
        assertThat(refused(redeem(one, code, request))).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(postgres.value("SELECT count(*) FROM device_certificate")).isEqualTo("0");
        assertThat(postgres.value("SELECT count(*) FROM device_enrolment")).isEqualTo("0");
        assertThat(audited("enrolment.device-enrolled")).isZero();
        listener = works;
        assertThat(await(redeem(one, code, request))).isNotNull();
    }

    @Test
    void a_revoked_certificate_is_not_given_again() throws Exception {
        EnrolmentString code = code("analyser-1");
        CertificateRequest request = request();
        assertThat(await(redeem(one, code, request))).isNotNull();
        assertThat(await(one.certificates.revoke("analyser-1", "os:anna", "stolen")))
                .isEqualTo(1);
        assertThat(refused(redeem(one, code, request))).isEqualTo(Fault.ENROLMENT_REFUSED);
    }

    @Test
    void a_signers_certificate_is_kept_with_what_it_signed() throws Exception {
        OrderSigner signer =
                new OrderSigner(new OwnCertificates(authority, new DataFolder(folder.resolve("data")), clock));
        SignedBytes signed = signer.sign(new byte[] {1});
        SignerCertificates signers = new SignerCertificates();
        for (int i = 0; i < 2; i++) {
            await(one.database.inTransaction(connection -> signers.keep(connection, signed)));
        }
        assertThat(await(signers.find(two.database.pool(), List.of(signed.keyId(), "0".repeat(32)))))
                .containsExactly(signed.certificate());
    }

    @Test
    void the_rows_can_not_be_rewritten_by_the_server_itself() throws Exception {
        assertThat(await(redeem(one, code("analyser-1"), request()))).isNotNull();
        for (String forbidden : List.of(
                "UPDATE device_certificate SET device = 'other'",
                "DELETE FROM device_certificate",
                "UPDATE enrolment_code SET secret_sha256 = '\\x00'",
                "DELETE FROM enrolment_code")) {
            assertThatThrownBy(() -> await(one.database.pool().query(forbidden).execute()))
                    .hasMessageContaining("permission denied");
        }
    }
}
