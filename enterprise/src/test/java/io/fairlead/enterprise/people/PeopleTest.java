package io.fairlead.enterprise.people;

import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private static final Actor ROOT = Actor.operatingSystem("root");
    private static final String ST_MARY = "St. Mary";
    private static final Scope AT_ST_MARY = new Scope(null, ST_MARY, null);

    private final TestDatabase postgres = TestDatabase.start();
    private final Database database = postgres.database();
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final Rights rights = new Rights(database, clock);
    private final Audit audit = new Audit(database);
    private final List<String> ended = new ArrayList<>();
    private final Set<String> withoutLogIn = new HashSet<>();
    private People people;
    private Grants grants;

    @BeforeEach
    void open() {
        people = new People(
                database,
                rights,
                audit,
                (connection, name) -> {
                    ended.add(name);
                    return Future.succeededFuture();
                },
                clock);
        grants = new Grants(
                database,
                rights,
                audit,
                (client, names) -> {
                    Set<String> able = new HashSet<>(names);
                    able.removeAll(withoutLogIn);
                    return Future.succeededFuture(able);
                },
                clock);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void the_first_administrator_is_made_alone_and_from_then_on_it_takes_two() {
        vendor("anna");
        assertThat(await(grants.widen(ROOT, operator("anna"))).isInEffect()).isTrue();
        vendor("ben");
        assertThat(await(grants.widen(ROOT, operator("ben"))).isInEffect())
                .as("anna is there to approve")
                .isFalse();
        assertThat(roles("ben")).isEmpty();
        Proposal proposal = await(grants.waiting(ROOT)).get(0);
        assertThat(refused(grants.approve(Actor.operatingSystem("other"), proposal.id())))
                .as("users of the operating system are one person")
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(grants.approve(Actor.person("anna", false), proposal.id())))
                .isEqualTo(Fault.PASSKEY_NEEDED);
        done(grants.approve(person("anna"), proposal.id()));
        assertThat(roles("ben")).containsExactly(Role.OPERATOR);
        assertThat(await(people.details(ROOT, "ben")).grants().get(0).approvedBy())
                .isEqualTo("person:anna");
        assertThat(codes("person:ben"))
                .containsExactly("person.added", "proposal.made", "proposal.approved", "grant.given");
        assertThat(refused(grants.approve(person("anna"), proposal.id()))).isEqualTo(Fault.CONFLICT);
    }

    @Test
    void an_administrator_who_cannot_log_in_is_nobodys_second_person() {
        operators("anna");
        withoutLogIn.add("anna");
        vendor("ben");
        assertThat(await(grants.widen(ROOT, operator("ben"))).isInEffect()).isTrue();
    }

    @Test
    void nobody_changes_his_own_rights_or_training_or_gets_them_back_by_himself() {
        operators("anna", "ben");
        Actor anna = person("anna");
        assertThat(refused(grants.widen(anna, engineer("anna")))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(grants.widen(anna, training("anna", clock.instant().plusSeconds(60)))))
                .isEqualTo(Fault.FORBIDDEN);
        long own = await(people.details(anna, "anna")).grants().get(0).grant().id();
        assertThat(refused(grants.withdraw(anna, "anna", own, "-"))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(people.disable(anna, "anna", "-"))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(people.change(anna, "anna", "Dr. Anna", "Hospital"))).isEqualTo(Fault.FORBIDDEN);
        assertThat(await(grants.widen(person("ben"), engineer("anna"))).isInEffect())
                .as("nobody but ben could say yes")
                .isTrue();
        operators("carla");
        Widened waits = await(
                grants.widen(person("ben"), training("anna", clock.instant().plusSeconds(60))));
        assertThat(waits.isInEffect()).isFalse();
        assertThat(refused(grants.approve(anna, id(waits))))
                .as("whom it is about")
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(grants.approve(person("ben"), id(waits))))
                .as("who proposed")
                .isEqualTo(Fault.FORBIDDEN);
        done(grants.approve(person("carla"), id(waits)));
        assertThat(await(people.details(anna, "anna")).trainings()).hasSize(1);
    }

    @Test
    void a_customers_administrator_manages_his_own_people_and_gives_no_more_than_he_may() {
        administrator("cora", ST_MARY);
        customers("ulla", ST_MARY);
        customers("olaf", "Other");
        vendor("vera");
        Actor cora = person("cora");
        assertThat(await(people.list(cora, PersonFilter.all())))
                .extracting(one -> one.person().name())
                .containsExactly("cora", "ulla");
        assertThat(await(people.add(cora, new NewPerson("una", "Una", ST_MARY, ST_MARY)))
                        .customer())
                .isEqualTo(ST_MARY);
        assertThat(refused(people.add(cora, new NewPerson("xeno", "Xeno", "Other", "Other"))))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(people.add(cora, new NewPerson("xeno", "Xeno", "Vendor", null))))
                .isEqualTo(Fault.FORBIDDEN);
        for (String unseen : List.of("olaf", "vera", "nobody")) {
            assertThat(refused(people.get(cora, unseen))).isEqualTo(Fault.NOT_FOUND);
            assertThat(refused(people.disable(cora, unseen, "-"))).isEqualTo(Fault.NOT_FOUND);
            assertThat(refused(grants.widen(cora, role(unseen, Role.CUSTOMER_USER, AT_ST_MARY))))
                    .isEqualTo(Fault.NOT_FOUND);
        }
        assertThat(refused(grants.widen(cora, role("ulla", Role.OPERATOR, AT_ST_MARY))))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(grants.widen(cora, role("ulla", Role.CUSTOMER_USER, new Scope(null, "Other", null)))))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(grants.widen(cora, training("ulla", clock.instant().plusSeconds(9)))))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(await(grants.widen(cora, role("ulla", Role.CUSTOMER_USER, AT_ST_MARY)))
                        .isInEffect())
                .isTrue();
        assertThat(refused(grants.widen(cora, role("ulla", Role.CUSTOMER_USER, AT_ST_MARY))))
                .as("has it already")
                .isEqualTo(Fault.CONFLICT);
        assertThat(refused(grants.widen(ROOT, role("ulla", Role.CUSTOMER_USER, new Scope(null, "Other", null)))))
                .as("is another customer's")
                .isEqualTo(Fault.INVALID);
    }

    @Test
    void a_customers_administrator_cannot_bring_back_what_he_could_not_give() {
        administrator("cora", ST_MARY);
        customers("ulla", ST_MARY);
        put(role("ulla", Role.OPERATOR, AT_ST_MARY));
        assertThat(refused(rights.mustStandAbove(person("cora"), "ulla", ST_MARY)))
                .as("nor set her password and be her")
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(await(people.disable(person("cora"), "ulla", "left"))).isTrue();
        assertThat(refused(grants.widen(person("cora"), new Widening.Enabling("ulla"))))
                .isEqualTo(Fault.FORBIDDEN);
    }

    @Test
    void disabling_ends_everything_at_once_and_coming_back_is_a_widening() {
        operators("anna", "ben", "carla");
        assertThat(await(people.disable(person("anna"), "ben", "left"))).isTrue();
        assertThat(await(people.disable(person("anna"), "ben", "left"))).isFalse();
        assertThat(ended).containsExactly("ben");
        assertThat(await(rights.of(person("ben"))).judge(Action.SEE_AUDIT, Scope.PLATFORM))
                .isEqualTo(Judgement.DISABLED);
        assertThat(refused(grants.widen(person("anna"), engineer("ben")))).isEqualTo(Fault.CONFLICT);
        Widened back = await(grants.widen(person("anna"), new Widening.Enabling("ben")));
        assertThat(back.isInEffect()).isFalse();
        done(grants.approve(person("carla"), id(back)));
        assertThat(await(rights.of(person("ben"))).may(Action.SEE_AUDIT, Scope.PLATFORM))
                .isTrue();
    }

    @Test
    void of_many_who_approve_at_once_one_does_and_it_is_in_effect_once() {
        operators("anna", "ben", "carla", "dora");
        vendor("nina");
        long id = id(await(grants.widen(person("anna"), engineer("nina"))));
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String who = List.of("ben", "carla", "dora").get(i % 3);
            all.add((i == 7 ? grants.reject(person("dora"), id, "no") : grants.approve(person(who), id))
                    .transform(result -> result.succeeded()
                            ? Future.succeededFuture(true)
                            : ((Refusal) result.cause()).fault() == Fault.CONFLICT
                                    ? Future.succeededFuture(false)
                                    : Future.failedFuture(result.cause())));
        }
        List<Boolean> approved = await(Future.all(all).map(every -> every.<Boolean>list()));
        assertThat(approved).filteredOn(one -> one).hasSize(1);
        boolean rejected =
                postgres.value("SELECT approved FROM person_proposal").equals("f");
        assertThat(roles("nina")).hasSize(rejected ? 0 : 1);
    }

    @Test
    void an_approval_that_races_with_the_end_of_the_approver_or_the_proposer_comes_before_it_or_not_at_all() {
        operators("anna", "ben", "carla", "dora");
        for (int round = 0; round < 8; round++) {
            String nina = "nina-" + round;
            vendor(nina);
            long id = id(await(grants.widen(person("anna"), engineer(nina))));
            String victim = round % 2 == 0 ? "ben" : "anna";
            Future<Boolean> ending = people.disable(person("carla"), victim, "race");
            Future<Boolean> approving =
                    grants.approve(person("ben"), id).transform(result -> Future.succeededFuture(result.succeeded()));
            assertThat(await(ending)).isTrue();
            boolean approved = await(approving);
            assertThat(roles(nina)).hasSize(approved ? 1 : 0);
            if (approved) {
                assertThat(postgres.value(
                                "SELECT min(id) FROM audit_entry WHERE code = 'grant.given' AND subject = 'person:"
                                        + nina + "'"))
                        .satisfies(given -> assertThat(Long.parseLong(given))
                                .isLessThan(Long.parseLong(postgres.value(
                                        "SELECT max(id) FROM audit_entry WHERE code = 'person.disabled'"))));
            } else {
                done(grants.reject(person("dora"), id, "void"));
            }
            Widened back = await(grants.widen(person("carla"), new Widening.Enabling(victim)));
            done(grants.approve(person("dora"), id(back)));
        }
    }

    @Test
    void a_proposal_is_void_when_its_proposer_has_lost_the_right_and_expires_after_seven_days() {
        operators("anna", "ben", "carla");
        vendor("nina");
        long id = id(await(grants.widen(person("anna"), engineer("nina"))));
        long role = await(people.details(ROOT, "anna")).grants().get(0).grant().id();
        done(grants.withdraw(person("carla"), "anna", role, "moved"));
        assertThat(refused(grants.approve(person("ben"), id))).isEqualTo(Fault.CONFLICT);
        assertThat(refused(grants.approve(person("anna"), id)))
                .as("no longer an administrator, who sees nobody")
                .isEqualTo(Fault.NOT_FOUND);
        done(grants.reject(person("ben"), id, "void"));
        long late = id(await(grants.widen(person("ben"), engineer("nina"))));
        assertThat(refused(grants.widen(person("ben"), engineer("nina"))))
                .as("waits already")
                .isEqualTo(Fault.CONFLICT);
        clock.advance(Duration.ofDays(7));
        assertThat(await(grants.waiting(ROOT))).isEmpty();
        assertThat(refused(grants.approve(person("carla"), late))).isEqualTo(Fault.CONFLICT);
        assertThat(roles("nina")).isEmpty();
    }

    @Test
    void a_proposal_that_would_only_have_effect_in_the_past_has_none() {
        operators("anna", "ben");
        vendor("nina");
        long id = id(await(grants.widen(
                person("anna"),
                new Widening.OfRole(
                        "nina", Role.AUDITOR, Scope.PLATFORM, clock.instant().plusSeconds(60)))));
        clock.advance(Duration.ofSeconds(60));
        assertThat(refused(grants.approve(person("ben"), id))).isEqualTo(Fault.INVALID);
        assertThat(refused(grants.widen(person("anna"), training("nina", clock.instant()))))
                .isEqualTo(Fault.INVALID);
    }

    @Test
    void narrowing_works_at_once_and_is_audited() {
        operators("anna");
        vendor("nina");
        put(engineer("nina"));
        put(training("nina", clock.instant().plusSeconds(3600)));
        Scope device = new Scope("eu", ST_MARY, "AU480");
        assertThat(await(rights.of(person("nina"))).may(Action.INSTRUCT, device))
                .isTrue();
        PersonDetails nina = await(people.details(person("anna"), "nina"));
        done(grants.withdrawTraining(
                person("anna"), "nina", nina.trainings().get(0).training().id(), "wrong"));
        assertThat(await(rights.of(person("nina"))).judge(Action.INSTRUCT, device))
                .isEqualTo(Judgement.TRAINING_MISSING);
        done(grants.withdraw(
                person("anna"), "nina", nina.grants().get(0).grant().id(), "moved"));
        assertThat(await(rights.of(person("nina"))).judge(Action.INSTRUCT, device))
                .isEqualTo(Judgement.NO_ROLE);
        assertThat(refused(grants.withdraw(
                        person("anna"), "nina", nina.grants().get(0).grant().id(), "again")))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(codes("person:nina")).endsWith("training.withdrawn", "grant.withdrawn");
    }

    @Test
    void what_ends_while_somebody_is_logged_in_ends_with_his_next_request() {
        vendor("nina");
        put(engineer("nina"));
        put(training("nina", clock.instant().plusSeconds(60)));
        Scope device = new Scope("eu", ST_MARY, "AU480");
        assertThat(await(rights.of(person("nina"))).may(Action.SEE_DEVICE, device))
                .isTrue();
        clock.advance(Duration.ofSeconds(60));
        assertThat(await(rights.of(person("nina"))).judge(Action.SEE_DEVICE, device))
                .isEqualTo(Judgement.TRAINING_EXPIRED);
    }

    @Test
    void lists_search_and_page() {
        for (int i = 0; i < 25; i++) {
            vendor("person-%02d".formatted(i));
        }
        customers("ulla", ST_MARY);
        List<PersonListed> first = await(people.list(ROOT, new PersonFilter("PERSON", null, 10)));
        assertThat(first).hasSize(10);
        List<PersonListed> last = await(people.list(ROOT, new PersonFilter("person", "person-19", 10)));
        assertThat(last)
                .extracting(one -> one.person().name())
                .containsExactly("person-20", "person-21", "person-22", "person-23", "person-24");
        assertThat(await(people.list(ROOT, new PersonFilter("mary", null, 10)))).hasSize(1);
        assertThat(await(people.list(ROOT, new PersonFilter("%_'", null, 10)))).isEmpty();
        assertThat(await(people.list(person("ulla"), PersonFilter.all())))
                .as("everybody sees himself")
                .hasSize(1);
    }

    @Test
    void bad_input_says_what_is_wrong() {
        for (String name : List.of("", "a", "Anna", "-anna", "anna berg", "ann\u0000", "a".repeat(65), "änna")) {
            assertThatThrownBy(() -> new NewPerson(name, "Anna", "Vendor", null))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("a name has 2 to 64 characters");
        }
        for (String text : List.of("", " ", " x", "x".repeat(129), "x\u202ey", "x\ny")) {
            assertThatThrownBy(() -> new NewPerson("anna", text, "Vendor", null))
                    .hasMessageContaining("display name");
        }
        assertThatThrownBy(() -> role("anna", Role.CUSTOMER_USER, Scope.PLATFORM))
                .hasMessageContaining("at a customer");
        vendor("anna");
        assertThat(refused(people.add(ROOT, new NewPerson("anna", "Other", "Vendor", null))))
                .isEqualTo(Fault.CONFLICT);
        assertThat(refused(people.change(ROOT, "anna", "", "Vendor"))).isEqualTo(Fault.INVALID);
        assertThat(refused(grants.approve(ROOT, 99))).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void a_person_at_the_instrument_reads_who_it_is_in_at_most_128_plain_characters() {
        done(people.add(ROOT, new NewPerson("anna", "Anna Berg", "Example Service", null)));
        assertThat(words("anna")).isEqualTo("Anna Berg (anna), Example Service");
        String name = "n".repeat(64);
        done(people.add(ROOT, new NewPerson(name, "D".repeat(128), "😀".repeat(64), null)));
        assertThat(words(name))
                .hasSizeLessThanOrEqualTo(128)
                .contains("(" + name + ")")
                .contains("D…");
        assertThat(words("nobody")).isEqualTo("nobody");
    }

    private String words(String name) {
        return await(rights.inWords(database.pool(), person(name)));
    }

    private static long id(Widened waits) {
        return Objects.requireNonNull(waits.proposal()).id();
    }

    private void vendor(String name) {
        done(people.add(ROOT, new NewPerson(name, name, "Vendor", null)));
    }

    private void customers(String name, String customer) {
        done(people.add(ROOT, new NewPerson(name, name, customer, customer)));
    }

    private void operators(String... names) {
        for (String name : names) {
            vendor(name);
            put(operator(name));
        }
    }

    private void administrator(String name, String customer) {
        customers(name, customer);
        put(role(name, Role.CUSTOMER_ADMINISTRATOR, new Scope(null, customer, null)));
    }

    /** As if it had been approved. */
    private void put(Widening widening) {
        GrantStore store = new GrantStore();
        done(
                widening instanceof Widening.OfRole of
                        ? store.insert(database.pool(), of, "server", null, clock.instant())
                        : store.insert(
                                database.pool(), (Widening.OfTraining) widening, "server", null, clock.instant()));
    }

    private static Widening.OfRole operator(String name) {
        return role(name, Role.OPERATOR, Scope.PLATFORM);
    }

    private static Widening.OfRole engineer(String name) {
        return role(name, Role.SERVICE_ENGINEER, Scope.PLATFORM);
    }

    private static Widening.OfRole role(String name, Role role, Scope scope) {
        return new Widening.OfRole(name, role, scope, null);
    }

    private static Widening.OfTraining training(String name, Instant until) {
        return new Widening.OfTraining(name, "AU480", until, "course 7");
    }

    private List<Role> roles(String name) {
        return await(people.details(ROOT, name)).grants().stream()
                .map(one -> one.grant().role())
                .toList();
    }

    private List<String> codes(String subject) {
        return await(audit.list(100, subject)).stream()
                .sorted(Comparator.comparingLong(row -> row.id()))
                .map(row -> row.code())
                .toList();
    }

    private static Actor person(String name) {
        return Actor.person(name, true);
    }

    private static void done(Future<?> future) {
        Object unused = await(future);
    }
}
