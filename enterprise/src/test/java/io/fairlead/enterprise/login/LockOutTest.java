package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static io.fairlead.enterprise.login.TestLogins.PASSWORD;
import static io.fairlead.enterprise.login.TestLogins.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.login.LogIns.Begun;
import io.fairlead.enterprise.login.Session.Kind;
import io.fairlead.enterprise.login.TestLogins.StillClock;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LockOutTest {
    private static final Actor ROOT = Actor.operatingSystem("root");

    private final StillClock clock = new StillClock();
    private TestDatabase postgres;
    private TestLogins node;
    private TestLogins other;

    @BeforeEach
    void start() {
        postgres = TestDatabase.start();
        node = new TestLogins(postgres, clock, true);
        other = new TestLogins(postgres, clock, true);
        node.person("anna");
        node.password("anna", PASSWORD);
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    /** A log-in that fails, without the client's work: a proof made of zeros. */
    private static Future<Fault> attempt(TestLogins at, String name, Visitor visitor) {
        return at.logIns
                .begin("n,,n=" + name + ",r=rOprNGfwEbeRWgbNEkqO", visitor)
                .compose(begun -> at.logIns.finish(begun.exchange(), wrong(begun), Kind.BROWSER, visitor))
                .map(in -> Fault.INTERNAL)
                .recover(failure -> failure instanceof Refusal refusal
                        ? Future.succeededFuture(refusal.fault())
                        : Future.failedFuture(failure));
    }

    private static String wrong(Begun begun) {
        String nonce = begun.message().substring(2, begun.message().indexOf(",s="));
        return "c=biws,r=" + nonce + ",p=" + "A".repeat(43) + "=";
    }

    private static void fail(TestLogins at, int times, Visitor visitor) {
        for (int i = 0; i < times; i++) {
            assertThat(await(attempt(at, "anna", visitor))).isEqualTo(Fault.LOGIN_REFUSED);
        }
    }

    private void blocked(Visitor visitor) {
        assertThatThrownBy(() -> node.logIn("anna", PASSWORD, visitor))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(Fault.ADDRESS_BLOCKED));
    }

    @Test
    void ten_failures_over_two_nodes_block_an_address_until_thirty_quiet_minutes_have_passed() {
        Token before = node.logIn("anna", PASSWORD, from("192.0.2.1")).opened().token();
        fail(node, 6, from("192.0.2.1"));
        fail(other, 4, from("192.0.2.1"));

        blocked(from("192.0.2.1"));
        assertThat(await(node.sessions.find(before))).isPresent();
        assertThat(node.logIn("anna", PASSWORD, from("192.0.2.2"))).isNotNull();
        clock.pass(Duration.ofMinutes(29));
        // This was an attempt: the quiet time begins anew.
        blocked(from("192.0.2.1"));
        clock.pass(Duration.ofMinutes(29));
        blocked(from("192.0.2.1"));
        clock.pass(Duration.ofMinutes(30));
        assertThat(node.logIn("anna", PASSWORD, from("192.0.2.1"))).isNotNull();
        assertThat(postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'login.blocked'"))
                .isEqualTo("1");
    }

    @Test
    void of_a_hundred_attempts_at_once_over_two_nodes_ten_are_judged() {
        List<Future<Begun>> begun = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            begun.add((i % 2 == 0 ? node : other).logIns.begin("n,,n=anna,r=rOprNGfwEbeRWgbNEkqO", from("192.0.2.3")));
        }
        begun.forEach(TestDatabase::await);
        List<Future<Fault>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Begun one = begun.get(i).result();
            answers.add((i % 2 == 0 ? other : node)
                    .logIns
                    .finish(one.exchange(), wrong(one), Kind.BROWSER, from("192.0.2.3"))
                    .map(in -> Fault.INTERNAL)
                    .recover(failure -> Future.succeededFuture(((Refusal) failure).fault())));
        }
        List<Fault> faults = answers.stream().map(TestDatabase::await).toList();

        assertThat(faults.stream().filter(Fault.LOGIN_REFUSED::equals)).hasSize(LockOut.MOST);
        assertThat(faults.stream().filter(Fault.ADDRESS_BLOCKED::equals)).hasSize(90);
        assertThat(postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'login.failed'"))
                .isEqualTo("10");
    }

    @Test
    void an_attacker_behind_the_same_address_does_not_lock_out_a_browser_that_is_known() {
        String marks = node.logIn("anna", PASSWORD, from("192.0.2.4")).marks();
        fail(node, 10, from("192.0.2.4"));
        blocked(from("192.0.2.4"));

        assertThat(other.logIn("anna", PASSWORD, from("192.0.2.4", marks))).isNotNull();
        // To somebody else's account it is not known, and its own failures count as well.
        node.person("bert");
        assertThat(await(attempt(node, "bert", from("192.0.2.4", marks)))).isEqualTo(Fault.ADDRESS_BLOCKED);
        fail(node, 10, from("198.51.100.1", marks));
        blocked(from("198.51.100.1", marks));
        assertThat(node.logIn("anna", PASSWORD, from("198.51.100.1"))).isNotNull();
        String forged = marks.substring(0, 40) + (marks.charAt(40) == '0' ? '1' : '0') + marks.substring(41);
        assertThat(await(attempt(node, "anna", from("192.0.2.4", forged)))).isEqualTo(Fault.ADDRESS_BLOCKED);
    }

    @Test
    void ipv6_is_counted_by_its_64() {
        for (int i = 0; i < 10; i++) {
            fail(node, 1, from("2001:db8:1:2::" + Integer.toHexString(i + 1)));
        }
        blocked(from("2001:db8:1:2:ffff::9"));
        assertThat(node.logIn("anna", PASSWORD, from("2001:db8:1:3::1"))).isNotNull();
        assertThat(await(node.lockOut.list(ROOT)))
                .extracting(LockOut.Blocked::counter)
                .containsExactly("address:2001:db8:1:2:0:0:0:0/64");
    }

    @Test
    void forwarded_addresses_are_believed_from_configured_proxies_only() {
        Proxies proxies = Proxies.of(List.of("10.0.0.0/24", "2001:db8:9::1"));
        assertThat(proxies.visitor("192.0.2.5", "203.0.113.7").network()).isEqualTo("192.0.2.5");
        assertThat(proxies.visitor("10.0.0.7", "203.0.113.7").network()).isEqualTo("203.0.113.7");
        // What the visitor himself put in front does not count.
        assertThat(proxies.visitor("10.0.0.7", "1.1.1.1, 203.0.113.7").network())
                .isEqualTo("203.0.113.7");
        assertThat(proxies.visitor("10.0.0.7", "203.0.113.7:4711,10.0.0.8").network())
                .isEqualTo("203.0.113.7");
        assertThat(proxies.visitor("2001:db8:9::1", "[2001:db8:a:b::1]:443").network())
                .isEqualTo("2001:db8:a:b:0:0:0:0/64");
        assertThat(proxies.visitor("::ffff:10.0.0.7", "203.0.113.7").network()).isEqualTo("203.0.113.7");
        for (String nonsense : List.of("", "unknown", "example.org", "999.1.1.1", "_hidden", "10.0.0.9")) {
            assertThat(proxies.visitor("10.0.0.7", nonsense).proxy()).isTrue();
        }
        assertThatThrownBy(() -> Proxies.of(List.of("10.0.0.0/33"))).hasMessageContaining("1 to 32 bits");
        assertThatThrownBy(() -> Proxies.of(List.of("proxy.example"))).hasMessageContaining("no address");
    }

    @Test
    void a_proxy_of_ours_is_never_blocked_but_reported() {
        Visitor proxied = new Visitor(Proxies.of(List.of("10.0.0.7")).visitor("10.0.0.7", null), "", "");
        fail(node, 25, proxied);

        assertThat(node.logIn("anna", PASSWORD, proxied)).isNotNull();
        assertThat(postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'login.proxy-failures'"))
                .isEqualTo("1");
        assertThat(node.metrics.counter("fairlead.login.proxy.failures").count())
                .isGreaterThanOrEqualTo(25);
        assertThat(await(node.lockOut.list(ROOT))).isEmpty();
    }

    @Test
    void unblocking_is_for_those_who_may_and_stands_in_the_audit() {
        fail(node, 10, from("192.0.2.6"));
        assertThatThrownBy(() -> await(node.lockOut.unblock(Actor.person("anna", true), "address:192.0.2.6")))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(Fault.FORBIDDEN));

        assertThat(await(other.lockOut.unblock(ROOT, "address:192.0.2.6"))).isTrue();

        assertThat(node.logIn("anna", PASSWORD, from("192.0.2.6"))).isNotNull();
        assertThat(await(node.lockOut.unblock(ROOT, "address:192.0.2.6"))).isTrue();
        assertThat(await(node.lockOut.unblock(ROOT, "address:192.0.2.7"))).isFalse();
        assertThat(postgres.value(
                        "SELECT actor || ' ' || detail FROM audit_entry WHERE code = 'login.unblocked' ORDER BY id"))
                .isEqualTo("os:root counter=address:192.0.2.6");
    }

    @Test
    void a_name_that_nobody_has_costs_the_database_the_same_statements() {
        node.person("bert");
        node.password("bert", PASSWORD);
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            known.add(work("bert", "203.0.113." + i));
            unknown.add(work("nobody" + i, "198.51.100." + i));
        }

        assertThat(unknown).isEqualTo(known);
    }

    /** Rows written and index look-ups of the tables that a log-in reads and writes. */
    private long work(String name, String address) {
        long before = touched();
        assertThat(await(attempt(node, name, from(address)))).isEqualTo(Fault.LOGIN_REFUSED);
        return touched() - before;
    }

    private long touched() {
        await(node.database.inTransaction(connection ->
                connection.query("SELECT pg_stat_force_next_flush()").execute()));
        await(Future.all(java.util.stream.IntStream.range(0, 32)
                .mapToObj(i -> node.database
                        .pool()
                        .query("SELECT pg_stat_force_next_flush()")
                        .execute())
                .toList()));
        return Long.parseLong(postgres.value(
                "SELECT sum(n_tup_ins + n_tup_upd + coalesce(seq_scan, 0) + CASE relname WHEN 'person' THEN 0 ELSE"
                        + " coalesce(idx_scan, 0) END) FROM pg_stat_user_tables"
                        + " WHERE relname LIKE 'login_%' OR relname LIKE 'audit%'"));
    }
}
