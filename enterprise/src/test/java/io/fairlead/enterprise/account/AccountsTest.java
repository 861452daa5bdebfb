package io.fairlead.enterprise.account;

import static io.fairlead.enterprise.account.TestAccounts.ROOT;
import static io.fairlead.enterprise.account.TestAccounts.USUAL;
import static io.fairlead.enterprise.account.TestAccounts.from;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.TestLogins;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final String WRONG = "fla_" + "A".repeat(32);

    private final TestAccounts room = new TestAccounts();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void the_right_password_is_the_account_and_it_is_confirmed_only_where_addresses_limit_it() {
        String erp = room.account("erp");
        String lims = room.account("lims", "192.0.2.0/24", "2001:db8::/48");

        assertThat(await(room.judge("erp", erp, "198.51.100.7"))).isEqualTo(Actor.integration("erp", false));
        for (String inside : List.of("192.0.2.255", "2001:db8:0:9::1", "::ffff:192.0.2.1")) {
            assertThat(await(room.judge("lims", lims, inside))).isEqualTo(Actor.integration("lims", true));
        }
        assertThat(audited("account.password-used"))
                .isEqualTo("integration:erp integration:erp password=1 address=198.51.100.7\n"
                        + "integration:lims integration:lims password=2 address=192.0.2.255");
        assertThat(room.postgres.value("SELECT count(*) FROM account_password WHERE position('" + erp
                        + "'::bytea IN sha256) > 0 OR length(sha256) <> 32"))
                .isEqualTo("0");
    }

    @Test
    void whatever_is_wrong_the_answer_is_the_same_and_the_audit_knows_better() {
        String erp = room.account("erp");
        String lims = room.account("lims", "192.0.2.0/24");
        String off = room.account("off");
        assertThat(await(room.register.disable(ROOT, "off", "-"))).isTrue();
        room.logins.person("anna");
        room.logins.password("anna", TestLogins.PASSWORD);

        List<String> texts = new ArrayList<>();
        texts.add(text(room.judge("nobody", erp, "192.0.2.1")));
        texts.add(text(room.judge("anna", TestLogins.PASSWORD, "192.0.2.1")));
        texts.add(text(room.judge("anna", WRONG, "192.0.2.1")));
        texts.add(text(room.judge("erp", TestLogins.PASSWORD, "192.0.2.1")));
        texts.add(text(room.judge("erp", lims, "192.0.2.1")));
        texts.add(text(room.judge("off", off, "192.0.2.1")));
        texts.add(text(room.judge("lims", lims, "198.51.100.7")));
        texts.add(text(room.judge("a\0b' --", erp, "192.0.2.1")));
        room.clock.advance(Duration.ofDays(365));
        texts.add(text(room.judge("erp", erp, "192.0.2.1")));

        assertThat(texts).hasSize(9).containsOnly(Fault.ACCOUNT_REFUSED.text());
        assertThat(audited("account.refused").lines())
                .containsExactly(
                        "address:192.0.2.1  why=unknown",
                        "address:192.0.2.1 person:anna why=person",
                        "address:192.0.2.1 person:anna why=person",
                        "address:192.0.2.1 integration:erp why=wrong",
                        "address:192.0.2.1 integration:erp why=wrong",
                        "address:192.0.2.1 integration:off why=disabled",
                        "address:198.51.100.7 integration:lims why=address",
                        "address:192.0.2.1  why=unknown",
                        "address:192.0.2.1 integration:erp why=ended");
        assertThat(room.postgres.value("SELECT count(*) FROM login_failure WHERE counter NOT LIKE 'account-%'"))
                .isEqualTo("0");
    }

    @Test
    void a_client_that_calls_often_writes_once_and_is_audited_once() {
        String erp = room.account("erp", "192.0.2.0/24");
        List<Future<Actor>> first = IntStream.range(0, 50)
                .mapToObj(i -> room.judge("erp", erp, "192.0.2.1"))
                .toList();
        first.forEach(one -> assertThat(await(one)).isNotNull());
        String written = use();
        room.clock.advance(Duration.ofMinutes(59));
        for (int i = 0; i < 50; i++) {
            assertThat(await(room.judge("erp", erp, "192.0.2.2"))).isNotNull();
        }
        assertThat(use()).isEqualTo(written);
        assertThat(rows("account.password-used")).isEqualTo("1");
        room.clock.advance(Duration.ofMinutes(2));
        assertThat(await(room.judge("erp", erp, "192.0.2.2"))).isNotNull();
        assertThat(use()).isNotEqualTo(written).endsWith("192.0.2.2");
        assertThat(room.postgres.value("SELECT count(*) FROM login_failure")).isEqualTo("0");
    }

    /** The one row, by which transaction it was written, and from where. */
    private String use() {
        return room.postgres.value("SELECT xmin || ' ' || address FROM account_use");
    }

    /** What goes out of a refusal: its fixed text. */
    private static String text(Future<Actor> judged) {
        return refused(judged).text();
    }

    private String audited(String code) {
        return room.postgres.value("SELECT string_agg(actor || ' ' || subject || ' ' || detail, E'\\n' ORDER BY id)"
                + " FROM audit_entry WHERE code = '" + code + "'");
    }

    @Test
    void ten_wrong_ones_block_an_address_and_then_write_no_audit_until_it_was_quiet_for_thirty_minutes() {
        String erp = room.account("erp");
        List<Future<Actor>> wrong = IntStream.range(0, 60)
                .mapToObj(i -> room.judge("erp", WRONG, "192.0.2.9"))
                .toList();
        List<Fault> faults = wrong.stream().map(one -> refused(one)).toList();

        assertThat(faults.stream().filter(Fault.ACCOUNT_REFUSED::equals)).hasSize(LockOut.MOST);
        assertThat(faults.stream().filter(Fault.ADDRESS_BLOCKED::equals)).hasSize(50);
        assertThat(rows("account.refused")).isEqualTo("10");
        assertThat(audited("login.blocked")).isEqualTo("address:192.0.2.9  counter=account-address:192.0.2.9");
        assertThat(refused(room.judge("erp", erp, "192.0.2.9"))).isEqualTo(Fault.ADDRESS_BLOCKED);
        assertThat(await(room.judge("erp", erp, "192.0.2.10"))).isNotNull();
        room.clock.advance(Duration.ofMinutes(29));
        assertThat(refused(room.judge("erp", erp, "192.0.2.9"))).isEqualTo(Fault.ADDRESS_BLOCKED);
        room.clock.advance(Duration.ofMinutes(30));
        assertThat(await(room.judge("erp", erp, "192.0.2.9"))).isNotNull();
        assertThat(rows("account.refused")).isEqualTo("10");
    }

    private String rows(String code) {
        return room.postgres.value("SELECT count(*) FROM audit_entry WHERE code = '" + code + "'");
    }

    @Test
    void who_guesses_behind_the_same_router_locks_out_neither_people_nor_an_account_that_is_limited_to_it() {
        String lims = room.account("lims", "192.0.2.9");
        room.logins.person("anna");
        room.logins.password("anna", TestLogins.PASSWORD);
        for (int i = 0; i < 12; i++) {
            assertThat(refused(room.judge("lims", WRONG, "192.0.2.9"))).isNotNull();
        }

        assertThat(await(room.judge("lims", lims, "192.0.2.9"))).isNotNull();
        assertThat(refused(room.judge("lims", WRONG, "192.0.2.9"))).isEqualTo(Fault.ADDRESS_BLOCKED);
        assertThat(room.logins.logIn("anna", TestLogins.PASSWORD, TestLogins.from("192.0.2.9")))
                .isNotNull();
        assertThat(await(room.logins.lockOut.list(ROOT)))
                .extracting(LockOut.Blocked::counter)
                .containsExactly("account-address:192.0.2.9");
        assertThat(await(room.logins.lockOut.unblock(ROOT, "account-address:192.0.2.9")))
                .isTrue();
        assertThat(refused(room.judge("lims", WRONG, "192.0.2.9"))).isEqualTo(Fault.ACCOUNT_REFUSED);
    }

    @Test
    void a_proxy_of_ours_is_reported_and_never_blocked() {
        String erp = room.account("erp");
        Address proxied = Proxies.of(List.of("10.0.0.7")).visitor("10.0.0.7", null);
        for (int i = 0; i < 25; i++) {
            assertThat(refused(room.judge("erp", WRONG, proxied))).isEqualTo(Fault.ACCOUNT_REFUSED);
        }

        assertThat(await(room.judge("erp", erp, proxied))).isNotNull();
        assertThat(rows("account.refused")).isEqualTo("10");
        assertThat(audited("login.proxy-failures")).isEqualTo("server  account-proxy:10.0.0.7");
        assertThat(await(room.logins.lockOut.list(ROOT))).isEmpty();
    }

    @Test
    void a_password_is_rotated_with_an_overlap_and_there_are_two_at_most() {
        String first = room.account("erp");
        String second = await(room.register.rotate(ROOT, "erp", USUAL)).secret().value();
        assertThat(refused(room.register.rotate(ROOT, "erp", USUAL))).isEqualTo(Fault.CONFLICT);
        for (String password : List.of(first, second)) {
            assertThat(await(room.judge("erp", password, "192.0.2.1"))).isNotNull();
        }
        room.clock.advance(Duration.ofDays(7));
        assertThat(refused(room.judge("erp", first, "192.0.2.1"))).isEqualTo(Fault.ACCOUNT_REFUSED);
        assertThat(await(room.judge("erp", second, "192.0.2.1"))).isNotNull();

        String third = await(room.register.rotate(ROOT, "erp", USUAL)).secret().value();
        assertThat(await(room.register.forgetOld(ROOT, "erp"))).isEqualTo(1);
        assertThat(await(room.register.forgetOld(ROOT, "erp"))).isZero();
        assertThat(refused(room.judge("erp", second, "192.0.2.1"))).isEqualTo(Fault.ACCOUNT_REFUSED);
        String fourth = await(room.register.rotate(ROOT, "erp", new Lifetime(1, 0)))
                .secret()
                .value();
        assertThat(refused(room.judge("erp", third, "192.0.2.1"))).isEqualTo(Fault.ACCOUNT_REFUSED);
        assertThat(await(room.judge("erp", fourth, "192.0.2.1"))).isNotNull();
        room.clock.advance(Duration.ofDays(1));
        assertThat(refused(room.judge("erp", fourth, "192.0.2.1"))).isEqualTo(Fault.ACCOUNT_REFUSED);
        assertThat(rows("account.password-made")).isEqualTo("4");
        assertThat(rows("account.password-forgotten")).isEqualTo("2");
    }

    @Test
    void the_last_fifty_failed_calls_are_kept_with_the_reason_and_bounded_text() {
        String erp = room.account("erp", "192.0.2.0/24");
        assertThat(refused(room.judge("erp", erp, "198.51.100.7"))).isEqualTo(Fault.ACCOUNT_REFUSED);
        assertThat(await(room.failedCalls.list(ROOT, "erp")).get(0))
                .isEqualTo(new FailedCall(
                        room.clock.instant(),
                        new Call("DeviceService", "find", "c0ffee"),
                        "account-refused",
                        "the account is not for this address",
                        "198.51.100.7"));
        for (int i = 1; i <= 130; i++) {
            room.failedCalls.note(
                    Actor.integration("erp", true),
                    new Call("S".repeat(300), "o\n" + i, "c" + i),
                    Fault.FORBIDDEN,
                    "",
                    from("192.0.2.1"));
            if (i % 60 == 0) {
                assertThat(await(room.failedCalls.list(ROOT, "erp"))).hasSize(FailedCalls.MOST);
            }
        }

        List<FailedCall> kept = await(room.failedCalls.list(ROOT, "erp"));
        assertThat(kept).hasSize(FailedCalls.MOST);
        assertThat(kept.get(0).call()).isEqualTo(new Call("S".repeat(Call.WORD), "o?130", "c130"));
        assertThat(kept.get(49).call().correlation()).isEqualTo("c81");
        assertThat(refused(room.failedCalls.list(Actor.person("stranger", true), "erp")))
                .isEqualTo(Fault.NOT_FOUND);
        room.logins.person("anna");
        assertThat(refused(room.failedCalls.list(ROOT, "anna"))).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void every_wrong_one_costs_the_database_the_same_statements() {
        String lims = room.account("lims", "192.0.2.0/24");
        room.account("erp");
        room.logins.person("anna");
        List<Long> work = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (String name : List.of("nobody", "anna", "erp", "lims")) {
                work.add(work(name, name.equals("lims") ? lims : WRONG, "198.51.100." + i + work.size()));
            }
        }

        assertThat(work).containsOnly(work.get(0));
    }

    /** Rows written, by each of these. */
    private long work(String name, String password, String address) {
        long before = written();
        assertThat(refused(room.judge(name, password, address))).isEqualTo(Fault.ACCOUNT_REFUSED);
        return written() - before;
    }

    private long written() {
        return Long.parseLong(room.postgres.value("SELECT (SELECT count(*) FROM login_failure)"
                + " + (SELECT coalesce(sum(failures), 0) FROM login_failure) + (SELECT count(*) FROM audit_entry)"
                + " + (SELECT count(*) FROM account_use)"));
    }

    @Test
    void nonsense_for_addresses_is_refused_by_its_name() {
        for (String nonsense : List.of(
                "", "sap.example", "10.0.0.0/33", "10.0.0.0/0", "1.2.3", "10.0.0.7/24", "0.0.0.0/1", "2000::/3")) {
            assertThatThrownBy(() -> AddressLimit.of(List.of(nonsense)))
                    .as(nonsense)
                    .hasMessageStartingWith("invalid: \"" + nonsense + "\"");
        }
        AddressLimit limit = AddressLimit.of(List.of("10.20.30.40/30", " 192.0.2.7 ", "2001:DB8::/47", "192.0.2.7"));
        assertThat(limit.texts()).containsExactly("10.20.30.40/30", "192.0.2.7", "2001:DB8::/47");
        for (String in : List.of("10.20.30.40", "10.20.30.43", "192.0.2.7", "2001:db8:1:ffff::", "::ffff:192.0.2.7")) {
            assertThat(limit.lets(from(in))).as(in).isTrue();
        }
        for (String out : List.of("10.20.30.39", "10.20.30.44", "192.0.2.8", "2001:db8:2::", "unknown", "::7")) {
            assertThat(limit.lets(from(out))).as(out).isFalse();
        }
    }
}
