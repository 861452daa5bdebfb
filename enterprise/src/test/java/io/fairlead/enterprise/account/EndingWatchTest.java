package io.fairlead.enterprise.account;

import static io.fairlead.enterprise.account.TestAccounts.ROOT;
import static io.fairlead.enterprise.account.TestAccounts.USUAL;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndingWatchTest {
    private final TestAccounts room = new TestAccounts();
    private final EndingWatch watch = new EndingWatch(room.database, room.audit, (delay, call) -> () -> {}, room.clock);

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void an_ending_password_is_told_at_each_threshold_once_until_there_is_another() {
        room.account("erp");
        room.account("gone");
        assertThat(await(room.register.disable(ROOT, "gone", "-"))).isTrue();
        looked(334, 0);
        looked(2, 1);
        looked(0, 1);
        looked(23, 2);
        looked(6, 3);
        looked(1, 3);
        assertThat(watch.troubles()).singleElement().asString().contains("account erp has ended at 2027-11-22");
        assertThat(room.postgres.value(
                        "SELECT string_agg(actor || ' ' || subject || ' ' || split_part(detail, ' ', 1), ';'"
                                + " ORDER BY id) FROM audit_entry WHERE code = 'account.password-ending'"))
                .isEqualTo(
                        "server integration:erp days=30;server integration:erp days=7;server integration:erp days=1");

        assertThat(await(room.register.rotate(ROOT, "erp", USUAL))).isNotNull();
        looked(0, 3);
        assertThat(watch.troubles()).isEmpty();
    }

    /** Some days later. */
    private void looked(int days, int told) {
        room.clock.advance(Duration.ofDays(days));
        Void unused = await(watch.look());
        assertThat(room.postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'account.password-ending'"))
                .isEqualTo("" + told);
    }

    @Test
    void an_ending_certificate_is_told_beside_the_password_and_by_its_fingerprint() {
        room.account("erp");
        TestCertificate one = TestCertificate.of(
                "CN=erp", room.clock.instant(), room.clock.instant().plus(Duration.ofDays(9)));
        assertThat(await(room.certificates.add(ROOT, "erp", one.read(), null))).isNotNull();

        Void unused = await(watch.look());

        assertThat(watch.troubles())
                .containsExactly("The certificate of account erp ends at 2026-12-01T12:00:00Z;"
                        + " `fairlead accounts certificate add erp FILE` takes another.");
        assertThat(room.postgres.value("SELECT detail FROM audit_entry WHERE code = 'account.certificate-ending'"))
                .isEqualTo("days=30 certificate=" + one.read().sha256() + " notAfter=2026-12-01T12:00:00Z");
        TestCertificate longer = TestCertificate.of(
                "CN=erp", room.clock.instant(), room.clock.instant().plus(Duration.ofDays(90)));
        assertThat(await(room.certificates.add(ROOT, "erp", longer.read(), null)))
                .isNotNull();
        Void unusedEither = await(watch.look());
        assertThat(watch.troubles()).isEmpty();
    }
}
