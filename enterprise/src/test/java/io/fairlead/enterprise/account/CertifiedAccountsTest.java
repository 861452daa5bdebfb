package io.fairlead.enterprise.account;

import static io.fairlead.enterprise.account.TestAccounts.ROOT;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CertifiedAccountsTest {
    private static final String INSIDE = "192.0.2.1";

    private final TestAccounts room = new TestAccounts();
    private final Instant start = room.clock.instant();
    private final TestCertificate erp = made("CN=erp", 0, 300);

    @AfterEach
    void close() {
        room.close();
    }

    /** Valid from some days after now to some days after now. */
    private TestCertificate made(String subject, int from, int to) {
        return TestCertificate.of(subject, start.plus(Duration.ofDays(from)), start.plus(Duration.ofDays(to)));
    }

    private Instant added(String account, TestCertificate one) {
        return await(room.certificates.add(ROOT, account, one.read(), null));
    }

    private Future<Actor> judge(TestCertificate one, String address) {
        return room.certified.judge(
                one.certificate(), TestAccounts.from(address), new Call("DeviceService", "Find", "c0ffee"));
    }

    @Test
    void the_one_certificate_is_the_account_confirmed_and_no_other_of_its_name_or_key_is() {
        room.account("erp");
        assertThat(added("erp", erp)).isEqualTo(start.plus(Duration.ofDays(300)));

        assertThat(await(judge(erp, INSIDE))).isEqualTo(Actor.integration("erp", true));
        assertThat(await(judge(erp, INSIDE))).isEqualTo(Actor.integration("erp", true));
        assertThat(refused(judge(made("CN=erp", 0, 300), INSIDE))).isEqualTo(Fault.ACCOUNT_REFUSED);
        assertThat(refused(judge(
                        TestCertificate.of("CN=erp", erp.key(), start, start.plus(Duration.ofDays(301))), INSIDE)))
                .as("the same key, but not the same certificate")
                .isEqualTo(Fault.ACCOUNT_REFUSED);
        assertThat(audited())
                .containsExactly(
                        "os:root account.certificate-added integration:erp",
                        "integration:erp account.certificate-used integration:erp",
                        "address:192.0.2.1 account.refused ",
                        "address:192.0.2.1 account.refused ");
    }

    @Test
    void whatever_is_wrong_the_answer_is_the_same_and_the_audit_and_the_account_know_better() {
        room.account("erp", "192.0.2.0/24");
        room.account("off");
        TestCertificate gone = made("CN=gone", 0, 300);
        TestCertificate early = made("CN=early", 2, 300);
        TestCertificate brief = made("CN=brief", 0, 1);
        TestCertificate off = made("CN=off", 0, 300);
        List.of(erp, early, brief).forEach(one -> assertThat(added("erp", one)).isAfter(start));
        assertThat(added("erp", gone)).isNotNull();
        assertThat(added("off", off)).isNotNull();
        assertThat(await(room.certificates.remove(ROOT, "erp", gone.read().sha256())))
                .hasSize(64);
        assertThat(await(room.register.disable(ROOT, "off", "-"))).isTrue();
        room.clock.advance(Duration.ofDays(1));

        for (TestCertificate one : List.of(made("CN=erp", 0, 9), gone, early, brief, off)) {
            assertThat(refused(judge(one, INSIDE))).isEqualTo(Fault.ACCOUNT_REFUSED);
        }
        assertThat(refused(judge(erp, "198.51.100.7"))).isEqualTo(Fault.ACCOUNT_REFUSED);

        assertThat(room.postgres.value(
                        "SELECT string_agg(subject || ' ' || split_part(detail, ' ', 1), ';' ORDER BY id)"
                                + " FROM audit_entry WHERE code = 'account.refused'"))
                .isEqualTo(" why=unpinned;integration:erp why=removed;integration:erp why=early;"
                        + "integration:erp why=expired;integration:off why=disabled;integration:erp why=address");
        assertThat(await(room.failedCalls.list(ROOT, "erp")))
                .extracting(FailedCall::why)
                .containsExactly(
                        "the account is not for this address",
                        "the certificate has ended",
                        "the certificate is not valid yet",
                        "the certificate was removed");
        assertThat(await(judge(erp, INSIDE))).isNotNull();
        room.clock.advance(Duration.ofDays(1));
        assertThat(await(judge(early, INSIDE))).as("it has begun").isNotNull();
    }

    @Test
    void ten_wrong_ones_block_an_address_but_not_the_right_certificate_there() {
        room.account("erp");
        assertThat(added("erp", erp)).isNotNull();
        TestCertificate stranger = made("CN=erp", 0, 300);
        for (int i = 0; i < LockOut.MOST; i++) {
            assertThat(refused(judge(stranger, INSIDE))).isEqualTo(Fault.ACCOUNT_REFUSED);
        }
        assertThat(refused(judge(stranger, INSIDE))).isEqualTo(Fault.ADDRESS_BLOCKED);
        assertThat(await(judge(erp, INSIDE))).isNotNull();
        assertThat(room.postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'login.blocked'"))
                .isEqualTo("1");
    }

    @Test
    void a_certificate_is_of_one_account_at_a_time_and_an_account_has_four() {
        room.account("erp");
        room.account("lims");
        assertThat(added("erp", erp)).isNotNull();
        assertThat(refused(room.certificates.add(ROOT, "lims", erp.read(), null)))
                .isEqualTo(Fault.CONFLICT);
        for (int i = 0; i < 3; i++) {
            assertThat(added("erp", made("CN=erp", 0, 300))).isNotNull();
        }
        assertThat(refused(
                        room.certificates.add(ROOT, "erp", made("CN=5", 0, 300).read(), null)))
                .isEqualTo(Fault.CONFLICT);
        Instant earlier = start.plus(Duration.ofDays(7));
        assertThat(await(room.certificates.add(ROOT, "erp", erp.read(), earlier)))
                .as("one that it has, until another time")
                .isEqualTo(earlier);

        String colons = erp.read().sha256().toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        assertThat(await(room.certificates.remove(ROOT, "erp", colons.substring(0, 11))))
                .isEqualTo(erp.read().sha256());
        assertThat(refused(room.certificates.remove(ROOT, "erp", colons))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(room.certificates.remove(ROOT, "erp", "%' OR true"))).isEqualTo(Fault.INVALID);
        assertThat(added("lims", erp)).isNotNull();
        assertThat(await(judge(erp, INSIDE)).name()).isEqualTo("lims");
    }

    @Test
    void an_end_is_to_come_not_after_its_own_and_three_years_ahead_at_most() {
        room.account("erp");
        TestCertificate ever = made("CN=ever", 0, 9_999);
        assertThat(added("erp", ever)).isEqualTo(start.plus(Duration.ofDays(1_095)));
        for (Instant wrong : List.of(start, start.plus(Duration.ofDays(301)))) {
            assertThatThrownBy(() -> await(room.certificates.add(ROOT, "erp", erp.read(), wrong)))
                    .hasMessageContaining("can be taken until 2027-09-18T12:00:00Z at most");
        }
        assertThatThrownBy(() -> await(
                        room.certificates.add(ROOT, "erp", made("CN=o", -9, -1).read(), null)))
                .hasMessageContaining("has ended at 2026-11-21T12:00:00Z");
        room.clock.advance(Duration.ofDays(1_096));
        assertThat(refused(judge(ever, INSIDE))).isEqualTo(Fault.ACCOUNT_REFUSED);
    }

    private List<String> audited() {
        return room.postgres
                .value("SELECT string_agg(actor || ' ' || code || ' ' || subject, E'\\n' ORDER BY id) FROM audit_entry"
                        + " WHERE code LIKE 'account.certificate%' OR code = 'account.refused'")
                .lines()
                .toList();
    }
}
