package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static io.fairlead.enterprise.login.TestLogins.PASSWORD;
import static io.fairlead.enterprise.login.TestLogins.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.login.LogIns.Begun;
import io.fairlead.enterprise.login.LogIns.Finished;
import io.fairlead.enterprise.login.Session.Kind;
import io.fairlead.enterprise.login.TestLogins.StillClock;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LogInsTest {
    private static TestDatabase postgres;
    private static StillClock clock;
    private static TestLogins node;
    private static TestLogins other;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.start();
        clock = new StillClock();
        node = new TestLogins(postgres, clock, true);
        other = new TestLogins(postgres, clock, true);
        for (String name : List.of("anna", "bert", "carla", "dora")) {
            node.person(name);
        }
        node.password("anna", PASSWORD);
        node.password("bert", "bert's own long password");
        node.password("carla", PASSWORD);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static void refused(Fault fault, Runnable step) {
        assertThatThrownBy(step::run)
                .isInstanceOf(AssertionError.class)
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }

    @Test
    void a_password_gives_a_session_that_any_node_knows() {
        Finished in = node.logIn("Anna ", PASSWORD, from("192.0.2.1"));

        Session session = await(other.sessions.find(in.opened().token())).orElseThrow();
        assertThat(session.person()).isEqualTo("anna");
        assertThat(session.waiting()).isFalse();
        assertThat(session.confirmed()).isFalse();
        assertThat(session.actor().audited()).isEqualTo("person:anna");
    }

    @Test
    void the_two_messages_may_go_to_two_nodes() {
        ScramClient client = TestLogins.client("anna", PASSWORD);
        Begun begun = await(node.logIns.begin(client.first(), from("192.0.2.2")));

        Finished in = await(
                other.logIns.finish(begun.exchange(), client.answer(begun.message()), Kind.BROWSER, from("192.0.2.2")));

        assertThat(client.proves(in.message())).isTrue();
    }

    @Test
    void a_client_of_another_make_understands_it_too() throws Exception {
        com.ongres.scram.client.ScramClient client = com.ongres.scram.client.ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-SHA-256"))
                .username("anna")
                .password(PASSWORD.toCharArray())
                .stringPreparation(com.ongres.scram.common.StringPreparation.NO_PREPARATION)
                .build();
        Begun begun = await(node.logIns.begin(client.clientFirstMessage().toString(), from("192.0.2.15")));
        client.serverFirstMessage(begun.message());
        Finished in = await(node.logIns.finish(
                begun.exchange(), client.clientFinalMessage().toString(), Kind.COMMAND_LINE, from("192.0.2.15")));

        assertThat(client.serverFinalMessage(in.message())).isNotNull();
    }

    @Test
    void the_same_characters_from_another_keyboard_are_the_same_password() {
        node.person("erik");
        // Å as one code point and as two, the ligature ﬁ and two letters.
        node.password("erik", "\u00c5ngstr\u00f6m \ufb01ndet alles");

        Finished in = node.logIn("erik", "A\u030angstro\u0308m findet alles", from("192.0.2.3"));

        assertThat(in.opened().session().person()).isEqualTo("erik");
    }

    @Test
    void a_wrong_password_an_unknown_name_and_one_without_a_password_are_refused_alike() {
        refused(Fault.LOGIN_REFUSED, () -> node.logIn("anna", "not the right password", from("192.0.2.4")));
        refused(Fault.LOGIN_REFUSED, () -> node.logIn("nobody", PASSWORD, from("192.0.2.4")));
        refused(Fault.LOGIN_REFUSED, () -> node.logIn("dora", PASSWORD, from("192.0.2.4")));
    }

    @Test
    void a_disabled_person_is_refused_and_his_sessions_are_over() {
        node.person("frida");
        node.password("frida", PASSWORD);
        Token before = node.logIn("frida", PASSWORD, from("192.0.2.5")).opened().token();
        postgres.execute("UPDATE person SET disabled_at = now() WHERE name = 'frida'");

        assertThat(await(node.sessions.find(before))).isEmpty();
        refused(Fault.LOGIN_REFUSED, () -> node.logIn("frida", PASSWORD, from("192.0.2.5")));
    }

    @Test
    void an_answer_is_taken_once() {
        ScramClient client = TestLogins.client("anna", PASSWORD);
        Begun begun = await(node.logIns.begin(client.first(), from("192.0.2.6")));
        String answer = client.answer(begun.message());
        assertThat(await(node.logIns.finish(begun.exchange(), answer, Kind.BROWSER, from("192.0.2.6"))))
                .isNotNull();

        refused(
                Fault.LOGIN_REFUSED,
                () -> await(other.logIns.finish(begun.exchange(), answer, Kind.BROWSER, from("192.0.2.6"))));
    }

    @Test
    void another_ones_exchange_a_forged_one_and_an_old_one_are_refused() {
        ScramClient anna = TestLogins.client("anna", PASSWORD);
        ScramClient carla = TestLogins.client("carla", PASSWORD);
        Begun annas = await(node.logIns.begin(anna.first(), from("192.0.2.7")));
        Begun carlas = await(node.logIns.begin(carla.first(), from("192.0.2.7")));
        String answer = anna.answer(annas.message());
        String forged = annas.exchange().substring(0, 40)
                + (annas.exchange().charAt(40) == 'A' ? 'B' : 'A')
                + annas.exchange().substring(41);

        refused(
                Fault.LOGIN_REFUSED,
                () -> await(node.logIns.finish(carlas.exchange(), answer, Kind.BROWSER, from("192.0.2.7"))));
        refused(Fault.LOGIN_REFUSED, () -> await(node.logIns.finish(forged, answer, Kind.BROWSER, from("192.0.2.7"))));
        clock.pass(Duration.ofMinutes(2));
        refused(
                Fault.LOGIN_REFUSED,
                () -> await(node.logIns.finish(annas.exchange(), answer, Kind.BROWSER, from("192.0.2.7"))));
    }

    @Test
    void a_name_that_nobody_has_looks_like_one_that_somebody_has() {
        List<String> salts = new ArrayList<>();
        Set<Integer> lengths = new HashSet<>();
        for (String name : List.of("anna", "nobo", "anna", "nobo", "else", "bert")) {
            Begun begun = await(node.logIns.begin("n,,n=" + name + ",r=rOprNGfwEbeRWgbNEkqO", from("192.0.2.8")));
            assertThat(begun.message())
                    .matches("r=rOprNGfwEbeRWgbNEkqO[A-Za-z0-9+/]{32},s=[A-Za-z0-9+/]{22}==,i=600000");
            salts.add(begun.message().replaceAll(".*s=(.*),i=.*", "$1"));
            lengths.add(begun.exchange().length());
        }

        assertThat(lengths).hasSize(1);
        assertThat(salts.get(0)).isEqualTo(salts.get(2));
        assertThat(salts.get(1)).isEqualTo(salts.get(3)).isNotEqualTo(salts.get(4));
        assertThat(new HashSet<>(salts)).hasSize(4);
        // Another node, and the same after a restart.
        Begun elsewhere = await(other.logIns.begin("n,,n=nobo,r=rOprNGfwEbeRWgbNEkqO", from("192.0.2.8")));
        assertThat(elsewhere.message()).contains("s=" + salts.get(1) + ",");
    }

    @Test
    void the_database_knows_neither_tokens_nor_keys() {
        Finished in = node.logIn("bert", "bert's own long password", from("192.0.2.9"));

        String dump = postgres.value("SELECT string_agg(s::text, '') FROM login_session s")
                + postgres.value("SELECT string_agg(p::text, '') FROM login_password p")
                + postgres.value("SELECT string_agg(a::text, '') FROM audit_entry a");
        String hex = java.util.HexFormat.of()
                .formatHex(in.opened().token().value().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(dump).doesNotContain(in.opened().token().value()).doesNotContain(hex);
        PasswordKeys keys = node.keys
                .openPassword(
                        java.util.HexFormat.of()
                                .parseHex(postgres.value(
                                        "SELECT encode(sealed, 'hex') FROM login_password WHERE person = 'bert'")),
                        "bert")
                .orElseThrow();
        for (byte[] secret : List.of(keys.storedKey(), keys.serverKey(), keys.salt())) {
            assertThat(dump).doesNotContain(java.util.HexFormat.of().formatHex(secret));
        }
    }

    @Test
    void a_log_in_gives_a_session_of_its_own_each_time() {
        Token first = node.logIn("anna", PASSWORD, from("192.0.2.10")).opened().token();
        Token second = node.logIn("anna", PASSWORD, from("192.0.2.10")).opened().token();

        assertThat(second).isNotEqualTo(first);
        // What nobody was given opens nothing, and is not taken over by a log-in.
        assertThat(await(node.sessions.find(new Token("A".repeat(43))))).isEmpty();
    }

    @Test
    void a_session_ends_when_it_is_idle_when_it_is_old_and_when_its_person_says_so() {
        Finished idle = node.logIn("carla", PASSWORD, from("192.0.2.11"));
        clock.pass(Duration.ofMinutes(29));
        assertThat(await(node.sessions.find(idle.opened().token()))).isPresent();
        clock.pass(Duration.ofMinutes(29));
        assertThat(await(node.sessions.find(idle.opened().token()))).isPresent();
        clock.pass(Duration.ofMinutes(31));
        assertThat(await(node.sessions.find(idle.opened().token()))).isEmpty();

        Finished old = node.logIn("carla", PASSWORD, from("192.0.2.11"));
        for (int i = 0; i < 12 * 3; i++) {
            assertThat(await(node.sessions.find(old.opened().token()))).isPresent();
            clock.pass(Duration.ofMinutes(20));
        }
        assertThat(await(node.sessions.find(old.opened().token()))).isEmpty();

        Finished here = node.logIn("carla", PASSWORD, from("192.0.2.11"));
        Finished there = node.logIn("carla", PASSWORD, from("192.0.2.12"));
        assertThat(await(node.sessions.of("carla")))
                .filteredOn(one -> one.endedAt() == null)
                .extracting(Session::address)
                .containsExactlyInAnyOrder("192.0.2.11", "192.0.2.12");
        await(node.sessions.close(
                here.opened().session(), there.opened().session().id()));
        assertThat(await(other.sessions.find(there.opened().token()))).isEmpty();
        refused(
                Fault.NOT_FOUND,
                () -> await(node.sessions.close(
                        here.opened().session(),
                        node.logIn("anna", PASSWORD, from("192.0.2.13"))
                                .opened()
                                .session()
                                .id())));
        assertThat(await(node.sessions.logOutEverywhere(here.opened().session())))
                .isPositive();
        assertThat(await(node.sessions.find(here.opened().token()))).isEmpty();
    }

    @Test
    void whoever_may_do_what_is_guarded_waits_for_a_passkey() {
        node.person("gerd");
        node.password("gerd", PASSWORD);
        node.grant("gerd", "operator");

        Finished in = node.logIn("gerd", PASSWORD, from("192.0.2.14"));

        assertThat(in.opened().session().waiting()).isTrue();
        assertThat(in.opened().session().confirmed()).isFalse();
        TestLogins demo = new TestLogins(postgres, clock, false);
        Finished waived = demo.logIn("gerd", PASSWORD, from("192.0.2.14"));
        assertThat(waived.opened().session().waiting()).isFalse();
        assertThat(waived.opened().session().confirmed()).isTrue();
    }
}
