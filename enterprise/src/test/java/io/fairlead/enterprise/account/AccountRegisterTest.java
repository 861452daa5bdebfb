package io.fairlead.enterprise.account;

import static io.fairlead.enterprise.account.TestAccounts.ROOT;
import static io.fairlead.enterprise.account.TestAccounts.USUAL;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.login.TestLogins;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.enterprise.people.PersonFilter;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.people.Widened;
import io.fairlead.enterprise.people.Widening;
import io.fairlead.enterprise.roster.TestPeople;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountRegisterTest {
    private static final String ST_MARY = "St. Mary";
    private static final Actor ERP = Actor.integration("erp", true);

    private static final TestCertificate CERTIFICATE =
            TestCertificate.of("CN=erp", Instant.parse("2026-11-22T00:00:00Z"), Instant.parse("2030-11-22T00:00:00Z"));

    private final TestAccounts room = new TestAccounts();

    @AfterEach
    void close() {
        room.close();
    }

    private Widening.OfRole role(String name, Role role, Scope scope) {
        return new Widening.OfRole(name, role, scope, null);
    }

    private Widening.OfTraining training(String name) {
        return new Widening.OfTraining(name, "AU480", room.clock.instant().plus(Duration.ofDays(9)), "course");
    }

    private void given(String name, Role role) {
        assertThat(await(room.grants.widen(ROOT, role(name, role, Scope.PLATFORM)))
                        .isInEffect())
                .isTrue();
    }

    private long waiting(Future<Widened> wanted) {
        return Objects.requireNonNull(await(wanted).proposal()).id();
    }

    @Test
    void a_customers_administrator_manages_the_accounts_of_his_own_customer_that_may_no_more_than_he_gives() {
        Actor cora = TestPeople.with(room.postgres, "cora", "customer-administrator", ST_MARY, null);
        assertThat(TestPeople.with(room.postgres, "ulla", "customer-user", ST_MARY, null))
                .isNotNull();
        room.accountOf(ST_MARY, "lims");
        room.accountOf("Other", "other");
        room.account("erp");
        NewPerson own = new NewPerson("own", "Own", ST_MARY, ST_MARY);
        assertThat(refused(room.register.add(Actor.person("cora", false), own, AddressLimit.NONE, USUAL)))
                .isEqualTo(Fault.PASSKEY_NEEDED);
        assertThat(await(room.register.add(cora, own, AddressLimit.NONE, USUAL)).account())
                .isEqualTo("own");
        assertThat(refused(room.register.add(cora, own, AddressLimit.NONE, USUAL)))
                .isEqualTo(Fault.CONFLICT);
        NewPerson vendors = new NewPerson("more", "More", "Vendor", null);
        assertThat(refused(room.register.add(cora, vendors, AddressLimit.NONE, USUAL)))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(await(room.register.list(cora, PersonFilter.all())))
                .extracting(one -> one.listed().person().name())
                .containsExactly("lims", "own");
        for (String unseen : List.of("erp", "other", "nobody", "ulla")) {
            for (Function<String, Future<?>> deed : deeds(cora)) {
                assertThat(refused(deed.apply(unseen))).as(unseen).isEqualTo(Fault.NOT_FOUND);
            }
        }
        assertThat(await(room.register.limit(cora, "lims", AddressLimit.of(List.of("192.0.2.7")))))
                .isTrue();
        room.postgres.execute("INSERT INTO person_grant (person, role, customer, granted_at, granted_by)"
                + " VALUES ('lims', 'service-engineer', '" + ST_MARY + "', now(), 'test')");
        assertThat(refused(room.register.rotate(cora, "lims", USUAL))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(room.register.limit(cora, "lims", AddressLimit.NONE)))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(room.certificates.add(cora, "lims", CERTIFICATE.read(), null)))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(await(room.register.disable(cora, "lims", "-"))).isTrue();
    }

    private List<Function<String, Future<?>>> deeds(Actor actor) {
        return List.of(
                name -> room.register.rotate(actor, name, USUAL),
                name -> room.register.forgetOld(actor, name),
                name -> room.register.limit(actor, name, AddressLimit.NONE),
                name -> room.register.disable(actor, name, "-"),
                name -> room.register.enable(actor, name),
                name -> room.certificates.add(actor, name, CERTIFICATE.read(), null),
                name -> room.certificates.remove(actor, name, CERTIFICATE.read().sha256()),
                name -> room.failedCalls.list(actor, name));
    }

    @Test
    void no_account_changes_itself_another_account_or_a_persons_password_whatever_its_roles() {
        room.account("erp", "192.0.2.0/24");
        room.account("lims");
        room.logins.person("anna");
        room.postgres.execute("INSERT INTO person_grant (person, role, granted_at, granted_by)"
                + " VALUES ('erp', 'operator', now(), 'test')");
        for (String name : List.of("erp", "lims")) {
            assertThat(refused(room.register.rotate(ERP, name, USUAL))).isEqualTo(Fault.FORBIDDEN);
            assertThat(refused(room.register.forgetOld(ERP, name))).isEqualTo(Fault.FORBIDDEN);
            assertThat(refused(room.register.limit(ERP, name, AddressLimit.NONE)))
                    .isEqualTo(Fault.FORBIDDEN);
        }
        NewPerson more = new NewPerson("more", "More", "Vendor", null);
        assertThat(refused(room.register.add(ERP, more, AddressLimit.NONE, USUAL)))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(room.register.disable(ERP, "erp", "-"))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(room.grants.widen(ERP, role("erp", Role.AUDITOR, Scope.PLATFORM))))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(room.grants.widen(ERP, training("erp")))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(room.logins.links.make(ERP, "anna", false))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(room.logins.links.make(ROOT, "erp", false)))
                .as("nobody logs in as an account")
                .isEqualTo(Fault.NOT_FOUND);
        assertThatThrownBy(() -> room.grants
                        .widen(ROOT, role("lims", Role.OPERATOR, Scope.PLATFORM))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get())
                .hasMessageContaining("is an account");
    }

    @Test
    void what_an_account_wants_waits_for_a_person_and_no_account_is_the_second_one() {
        room.account("lms", "192.0.2.0/24");
        room.account("hr", "192.0.2.0/24");
        given("lms", Role.TRAINING_SYSTEM);
        room.postgres.execute("INSERT INTO person_grant (person, role, granted_at, granted_by)"
                + " VALUES ('hr', 'operator', now(), 'test')");
        room.logins.person("nina");
        assertThat(await(room.grants.widen(ROOT, role("nina", Role.AUDITOR, Scope.PLATFORM)))
                        .isInEffect())
                .as("no account is there to approve")
                .isTrue();

        Actor lms = Actor.integration("lms", true);
        assertThat(refused(room.grants.widen(Actor.integration("lms", false), training("nina"))))
                .isEqualTo(Fault.ADDRESS_LIMIT_NEEDED);
        assertThat(refused(room.grants.widen(lms, role("nina", Role.CUSTOMER_USER, new Scope(null, ST_MARY, null)))))
                .isEqualTo(Fault.FORBIDDEN);
        long proposal = waiting(room.grants.widen(lms, training("nina")));
        Actor hr = Actor.integration("hr", true);
        assertThat(refused(room.grants.approve(hr, proposal))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(room.grants.reject(hr, proposal, "-"))).isEqualTo(Fault.FORBIDDEN);
        assertThat(await(room.people.details(ROOT, "nina")).trainings()).isEmpty();
        Void unused = await(room.grants.approve(ROOT, proposal));
        assertThat(await(room.people.details(ROOT, "nina")).trainings())
                .extracting(one -> one.by())
                .containsExactly("integration:lms");
        long mistaken = waiting(room.grants.widen(lms, training("hr")));
        assertThat(refused(room.grants.approve(lms, mistaken))).isEqualTo(Fault.FORBIDDEN);
        Void withdrawn = await(room.grants.reject(lms, mistaken, "a mistake"));
        assertThat(withdrawn).isNull();
    }

    @Test
    void names_are_shared_with_people_and_each_is_only_what_it_is() {
        room.account("erp");
        room.logins.person("anna");
        given("erp", Role.AUDITOR);
        given("anna", Role.AUDITOR);
        NewPerson anna = new NewPerson("anna", "A", "B", null);
        assertThat(refused(room.register.add(ROOT, anna, AddressLimit.NONE, USUAL)))
                .isEqualTo(Fault.CONFLICT);
        assertThat(refused(room.people.add(ROOT, new NewPerson("erp", "A", "B", null))))
                .isEqualTo(Fault.CONFLICT);
        for (Actor right : List.of(Actor.person("anna", false), Actor.integration("erp", false))) {
            assertThat(await(room.rights.of(right)).may(Action.SEE_AUDIT, Scope.PLATFORM))
                    .isTrue();
        }
        for (Actor wrong : List.of(Actor.person("erp", true), Actor.integration("anna", true))) {
            assertThat(await(room.rights.of(wrong)).may(Action.SEE_AUDIT, Scope.PLATFORM))
                    .isFalse();
        }
        assertThat(await(room.people.list(ROOT, PersonFilter.all())))
                .extracting(one -> one.person().name())
                .containsExactly("anna");
        assertThat(Actor.ofAudited("integration:erp")).isEqualTo(Actor.integration("erp", true));
        assertThat(await(room.rights.inWords(room.database.pool(), Actor.integration("erp", true))))
                .isEqualTo("The erp (erp), Somewhere");
        assertThatThrownBy(() -> room.logins.logIn("erp", TestLogins.PASSWORD, TestLogins.from("192.0.2.1")))
                .hasMessageContaining("login-refused");
    }
}
