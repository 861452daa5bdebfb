package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static io.fairlead.enterprise.login.TestLogins.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.login.Links.Newcomer;
import io.fairlead.enterprise.login.TestLogins.StillClock;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final Actor ROOT = Actor.operatingSystem("root");
    private static final String CHOSEN = "a password that I chose";
    private static final PasswordKeys KEYS = PasswordKeys.of(Password.chosen(CHOSEN.toCharArray()), new SecureRandom());

    private final StillClock clock = new StillClock();
    private TestDatabase postgres;
    private TestLogins node;
    private TestLogins other;

    @BeforeEach
    void start() {
        postgres = TestDatabase.start();
        node = new TestLogins(postgres, clock, false);
        other = new TestLogins(postgres, clock, false);
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    private static void refused(Fault fault, Runnable step) {
        assertThatThrownBy(step::run)
                .isInstanceOf(AssertionError.class)
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }

    private static String token(Links.Link link) {
        return link.url().substring(link.url().indexOf('#') + 1);
    }

    @Test
    void the_first_administrator_makes_himself_by_a_link_and_nobody_after_him() {
        Links.Link first = await(node.links.first("server")).orElseThrow();
        Links.Link second = await(other.links.first("server")).orElseThrow();
        assertThat(first.url()).matches("https://localhost:8443/login/link#[A-Za-z0-9_-]{43}");
        assertThat(first.toString()).doesNotContain(token(first));

        Newcomer me = new Newcomer("Mara", "Mara Miller", "Fairlead");
        assertThat(await(node.links.use(token(first), KEYS, null, me))).isEqualTo("mara");

        assertThat(node.logIn("mara", CHOSEN, from("192.0.2.1"))
                        .opened()
                        .session()
                        .displayName())
                .isEqualTo("Mara Miller");
        assertThat(await(node.links.first("server"))).isEmpty();
        refused(Fault.LINK_REFUSED, () -> await(node.links.look(token(second))));
        refused(
                Fault.LINK_REFUSED,
                () -> await(node.links.use(token(second), KEYS, null, new Newcomer("eve", "Eve", "Elsewhere"))));
        assertThat(postgres.value("SELECT count(*) FROM person")).isEqualTo("1");
    }

    @Test
    void of_several_who_would_be_the_first_at_once_one_is() {
        List<String> tokens = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> token(
                        await((i % 2 == 0 ? node : other).links.first("server")).orElseThrow()))
                .toList();
        List<Future<String>> tries = new java.util.ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            tries.add((i % 2 == 0 ? other : node)
                    .links.use(tokens.get(i), KEYS, null, new Newcomer("person" + i, "P", "F")));
        }
        tries.forEach(one -> await(one.otherwise("")));

        assertThat(tries.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(postgres.value("SELECT count(*) FROM person_grant")).isEqualTo("1");
    }

    @Test
    void a_link_sets_a_password_once_and_ends_the_sessions_before() {
        node.person("anna");
        node.password("anna", "her password until now");
        Token before = node.logIn("anna", "her password until now", from("192.0.2.1"))
                .opened()
                .token();
        Links.Link link = await(node.links.make(ROOT, "anna", false));
        assertThat(await(other.links.look(token(link))).displayName()).isEqualTo("Somebody");

        assertThat(await(other.links.use(token(link), KEYS, null, null))).isEqualTo("anna");

        assertThat(await(node.sessions.find(before))).isEmpty();
        assertThat(node.logIn("anna", CHOSEN, from("192.0.2.1"))).isNotNull();
        refused(Fault.LOGIN_REFUSED, () -> node.logIn("anna", "her password until now", from("192.0.2.1")));
        refused(Fault.LINK_REFUSED, () -> await(node.links.use(token(link), KEYS, null, null)));
        assertThat(postgres.value("SELECT string_agg(code, ' ' ORDER BY id) FROM audit_entry"))
                .contains("login.link-made login.password-set login.ended");
        assertThat(postgres.value("SELECT string_agg(a::text, '') FROM audit_entry a"))
                .doesNotContain(token(link));
        assertThat(postgres.value("SELECT string_agg(l::text, '') FROM login_link l"))
                .doesNotContain(token(link));
    }

    @Test
    void a_link_used_by_two_at_once_works_for_one() {
        node.person("anna");
        String token = token(await(node.links.make(ROOT, "anna", false)));

        Future<String> one = node.links.use(token, KEYS, null, null);
        Future<String> two = other.links.use(token, KEYS, null, null);
        await(one.otherwise(""));
        await(two.otherwise(""));

        assertThat(one.succeeded()).isNotEqualTo(two.succeeded());
    }

    @Test
    void a_link_dies_with_time_with_the_next_one_and_with_the_person() {
        node.person("anna");
        Links.Link old = await(node.links.make(ROOT, "anna", false));
        Links.Link replaced = await(node.links.make(ROOT, "anna", false));
        refused(Fault.LINK_REFUSED, () -> await(node.links.look(token(old))));
        clock.pass(Links.LIFE);
        refused(Fault.LINK_REFUSED, () -> await(node.links.look(token(replaced))));
        Links.Link disabled = await(node.links.make(ROOT, "anna", false));
        postgres.execute("UPDATE person SET disabled_at = now()");
        refused(Fault.LINK_REFUSED, () -> await(node.links.use(token(disabled), KEYS, null, null)));
        refused(Fault.LINK_REFUSED, () -> await(node.links.look("no token at all")));
        refused(Fault.NOT_FOUND, () -> await(node.links.make(ROOT, "anna", false)));
    }

    @Test
    void nobody_makes_a_link_for_himself_and_only_who_manages_people_for_others() {
        node.person("anna");
        node.person("bert");
        node.grant("anna", "operator");
        Actor anna = Actor.person("anna", true);
        refused(Fault.FORBIDDEN, () -> await(node.links.make(anna, "anna", true)));
        refused(Fault.FORBIDDEN, () -> await(node.links.make(anna, " ANNA ", true)));
        assertThat(await(node.links.make(anna, "bert", true))).isNotNull();
        refused(Fault.PASSKEY_NEEDED, () -> await(node.links.make(Actor.person("anna", false), "bert", true)));
        refused(Fault.FORBIDDEN, () -> await(node.links.make(Actor.person("bert", true), "anna", false)));
        // Nor does he learn who is there.
        refused(Fault.FORBIDDEN, () -> await(node.links.make(Actor.person("bert", true), "nobody", false)));
    }

    @Test
    void where_passkeys_are_required_who_may_do_what_is_guarded_needs_one_to_use_a_link() {
        TestLogins strict = new TestLogins(postgres, clock, true);
        strict.person("anna");
        strict.person("bert");
        strict.grant("anna", "operator");
        String annas = token(await(strict.links.make(ROOT, "anna", false)));
        String berts = token(await(strict.links.make(ROOT, "bert", false)));
        String bertsNew = berts;

        assertThat(await(strict.links.look(annas)).passkeyNeeded()).isTrue();
        refused(Fault.PASSKEY_NEEDED, () -> await(strict.links.use(annas, KEYS, null, null)));
        assertThat(await(strict.links.look(annas)).person()).isEqualTo("anna");
        assertThat(await(strict.links.look(bertsNew)).passkeyNeeded()).isFalse();
        assertThat(await(strict.links.use(bertsNew, KEYS, null, null))).isEqualTo("bert");
        assertThat(await(strict.links.look(token(await(strict.links.make(ROOT, "bert", true)))))
                        .passkeyNeeded())
                .isTrue();
        assertThat(await(strict.links.first("server")).map(Links.Link::url)).isEqualTo(Optional.empty());
    }
}
