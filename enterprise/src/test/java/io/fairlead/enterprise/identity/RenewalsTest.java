package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalsTest {
    private static final String EPOCH = "0123456789abcdef0123456789abcdef";
    private static final String NEXT_EPOCH = "fedcba9876543210fedcba9876543210";

    private final TestClock clock = new TestClock(Instant.now());
    private final List<String> alarms = new ArrayList<>();

    @TempDir
    Path folder;

    private static TestDatabase postgres;
    private static Vertx vertx;
    private static Database database;
    private Authority authority;
    private DeviceCertificates certificates;
    private Renewals renewals;

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
        certificates = node();
        renewals = new Renewals(database, authority, certificates, this::alarm, new Audit(database), clock);
    }

    private DeviceCertificates node() {
        return new DeviceCertificates(database, authority, new Audit(database), clock);
    }

    private Future<Void> alarm(io.vertx.sqlclient.SqlConnection connection, String device, String why) {
        alarms.add(device + ": " + why);
        return Future.succeededFuture();
    }

    private static CertificateRequest request() throws Exception {
        return CertificateRequest.parse(TestRequests.plain(TestRequests.p256()));
    }

    private X509Certificate enrolled(String epoch, CertificateRequest request) {
        X509Certificate certificate = await(
                database.inTransaction(connection -> certificates.enrol(connection, "analyser-1", epoch, request)));
        certificates.changed("analyser-1");
        return certificate;
    }

    private X509Certificate renewed(X509Certificate old, CertificateRequest request) {
        return await(renewals.renew(List.of(old), request, "192.0.2.7"));
    }

    private String refused(X509Certificate old, CertificateRequest request) {
        return refusal(renewals.renew(List.of(old), request, "192.0.2.7"));
    }

    private static String refusal(Future<?> attempt) {
        Throwable failure = catchThrowable(() -> await(attempt));
        while (failure != null && !(failure instanceof Refusal)) {
            failure = failure.getCause();
        }
        return failure instanceof Refusal refusal ? refusal.fault().key() : "none";
    }

    private String verdict(DeviceCertificates judge, X509Certificate certificate) {
        return await(judge.judge(Peer.showing(certificate))
                .map(DeviceIdentity::epoch)
                .otherwise(failure -> ((Refusal) failure).fault().key()));
    }

    @Test
    void a_renewed_certificate_has_a_new_key_and_the_same_enrolment_and_ninety_days() throws Exception {
        CertificateRequest next = request();
        X509Certificate old = enrolled(EPOCH, request());
        clock.advance(Duration.ofDays(60));

        X509Certificate made = renewed(old, next);

        assertThat(made.getPublicKey()).isEqualTo(next.key());
        assertThat(made.getSubjectX500Principal()).isEqualTo(old.getSubjectX500Principal());
        assertThat(verdict(certificates, made)).isEqualTo(EPOCH);
        assertThat(Duration.between(
                        made.getNotBefore().toInstant(), made.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(90));
        assertThat(postgres.value("SELECT detail FROM audit_entry WHERE code = 'certificate.renewed'"
                        + " ORDER BY id DESC LIMIT 1"))
                .contains("serial=" + DeviceFacts.serial(made), "replaces=" + DeviceFacts.serial(old), "192.0.2.7");
    }

    @Test
    void the_old_one_works_until_the_new_one_is_used_and_is_dead_then_at_every_node() throws Exception {
        X509Certificate old = enrolled(EPOCH, request());
        DeviceCertificates other = node();
        Notifications notifications = new Notifications(vertx, postgres.appConnection(), Timers.of(vertx));
        other.listenTo(notifications);
        CompletableFuture<String> arrived = new CompletableFuture<>();
        await(notifications.start());
        X509Certificate made = renewed(old, request());
        assertThat(verdict(certificates, old)).isEqualTo(EPOCH);
        assertThat(verdict(other, old)).isEqualTo(EPOCH);
        notifications.listen(DeviceCertificates.CHANNEL, arrived::complete);

        assertThat(verdict(certificates, made)).isEqualTo(EPOCH);

        assertThat(verdict(certificates, old)).isEqualTo("certificate-revoked");
        assertThat(arrived.get(20, TimeUnit.SECONDS)).isEqualTo("analyser-1");
        assertThat(verdict(other, old)).isEqualTo("certificate-revoked");
        assertThat(verdict(other, made)).isEqualTo(EPOCH);
        await(notifications.close());
    }

    @Test
    void a_lost_answer_is_asked_for_again_with_the_same_key_and_is_the_same_certificate() throws Exception {
        X509Certificate old = enrolled(EPOCH, request());
        CertificateRequest next = request();

        X509Certificate first = renewed(old, next);

        assertThat(renewed(old, next)).isEqualTo(first);
        assertThat(verdict(certificates, first)).isEqualTo(EPOCH);
        // A crash between the first use and the disk is over with the same answer.
        assertThat(renewed(old, next)).isEqualTo(first);
        assertThat(postgres.value("SELECT count(*) FROM device_certificate")).isEqualTo("2");
        assertThat(alarms).isEmpty();
    }

    @Test
    void a_second_key_from_the_old_certificate_raises_the_alarm_and_gets_nothing() throws Exception {
        X509Certificate old = enrolled(EPOCH, request());
        X509Certificate made = renewed(old, request());

        assertThat(refused(old, request())).isEqualTo("identity-held");

        assertThat(alarms).hasSize(1).first().asString().startsWith("analyser-1: a second key");
        assertThat(postgres.value(
                        "SELECT detail FROM audit_entry WHERE code = 'clone.suspected'" + " ORDER BY id DESC LIMIT 1"))
                .contains("second-renewal");
        assertThat(verdict(certificates, made)).isEqualTo(EPOCH);
    }

    @Test
    void a_copy_of_a_dead_certificate_cannot_stop_its_successor() throws Exception {
        X509Certificate old = enrolled(EPOCH, request());
        X509Certificate made = renewed(old, request());
        assertThat(verdict(certificates, made)).isEqualTo(EPOCH);

        assertThat(refused(old, request())).isEqualTo("certificate-revoked");

        assertThat(alarms).isEmpty();
        assertThat(postgres.value(
                        "SELECT detail FROM audit_entry WHERE code = 'clone.suspected'" + " ORDER BY id DESC LIMIT 1"))
                .contains("renewal-from-dead");
    }

    @Test
    void two_keys_at_the_same_moment_get_one_certificate_and_one_alarm() throws Exception {
        X509Certificate old = enrolled(EPOCH, request());
        List<Future<X509Certificate>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CertificateRequest mine = request();
            attempts.add(renewals.renew(List.of(old), mine, "192.0.2.7"));
        }
        Future<?> all = Future.join(attempts).otherwiseEmpty();
        await(all);

        assertThat(attempts.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(alarms).hasSize(7);
    }

    @Test
    void an_agent_gone_wrong_is_renewed_ten_times_in_a_day_and_goes_on_with_what_it_has() throws Exception {
        X509Certificate newest = enrolled(EPOCH, request());
        for (int i = 0; i < Renewals.MOST_RENEWALS; i++) {
            clock.advance(Duration.ofMinutes(10));
            newest = renewed(newest, request());
            assertThat(verdict(certificates, newest)).isEqualTo(EPOCH);
        }
        CertificateRequest one = request();

        assertThat(refused(newest, one)).isEqualTo("busy");

        assertThat(verdict(certificates, newest)).isEqualTo(EPOCH);
        clock.advance(Duration.ofHours(23));
        X509Certificate later = renewed(newest, one);
        assertThat(verdict(certificates, later)).isEqualTo(EPOCH);
        assertThat(alarms).isEmpty();
    }

    @Test
    void what_may_not_be_renewed_is_not() throws Exception {
        CertificateRequest own = request();
        X509Certificate old = enrolled(EPOCH, own);
        assertThat(refused(old, own)).isEqualTo("request-refused");
        assertThat(refusal(renewals.renew(List.of(), request(), "192.0.2.7"))).isEqualTo("no-certificate");
        X509Certificate unknown = authority.device(request().key(), "analyser-1", EPOCH);
        assertThat(refused(unknown, request())).isEqualTo("certificate-refused");

        X509Certificate later = enrolled(NEXT_EPOCH, request());
        assertThat(refused(old, request())).isEqualTo("certificate-revoked");
        assertThat(await(certificates.revoke("analyser-1", "os:anna", "stolen")))
                .isEqualTo(1);
        assertThat(refused(later, request())).isEqualTo("certificate-revoked");
        assertThat(alarms).isEmpty();
    }
}
