package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.login.LogInStandings;
import io.fairlead.enterprise.login.LoginPolicy;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.people.Widened;
import io.fairlead.enterprise.people.Widening;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.roster.TestPeople;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** People and their rights as administrators see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeoplePagesTest {
    private TestFleet fleet;
    private TestConsole console;

    @BeforeAll
    void open() {
        fleet = new TestFleet(Clock.systemUTC());
        console = TestConsole.open(
                fleet.postgres,
                new PeoplePages(
                        fleet.people,
                        fleet.grants,
                        new DeviceViewers(fleet.devices, fleet.rights, fleet.people),
                        new PendingPeople(fleet.database, fleet.rights, fleet.clock),
                        fleet.clock),
                new PersonPages(
                        fleet.people,
                        fleet.grants,
                        (actor, name, newPasskey) -> Future.succeededFuture("https://example/login/link#x"),
                        new LogInStandings(fleet.database, policy(), fleet.clock)::of,
                        new Roster(fleet.database, fleet.rights, fleet.clock),
                        fleet.clock));
        console.person("anna", "operator");
        console.person("ben", "operator");
        console.person("emil", "service-engineer");
        TestPeople.with(fleet.postgres, "cora", "customer-administrator", "St. Mary", null);
        TestPeople.with(fleet.postgres, "ulla", "customer-user", "St. Mary", null);
        fleet.registered("LAB-7");
        console.training("emil", "Analyser 3");
        fleet.postgres.execute(
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by) VALUES"
                        + " ('emil', 'Analyser 1', now() + interval '9 days', 'course 1', now(), 'test'),"
                        + " ('emil', 'Analyser 2', now() - interval '1 day', '<b>course 2</b>', now(), 'test')");
    }

    private static LoginPolicy policy() {
        return LoginPolicy.at("https://localhost", true, Duration.ofMinutes(30), Duration.ofHours(12));
    }

    @AfterAll
    void close() {
        console.close();
        fleet.close();
    }

    @Test
    void an_account_has_a_page_for_its_roles_but_is_none_of_the_people_and_gets_no_link() {
        fleet.postgres.execute("INSERT INTO person (kind, name, display_name, organisation, created_at, created_by)"
                + " VALUES ('integration', 'erp', 'SAP', 'Example', now(), 'os:root')");
        try (Tab anna = console.as("anna")) {
            Page page = anna.open("/people").page();
            assertThat(page.locator("tbody")).not().containsText("SAP");
            anna.open("/people/erp");
            assertThat(page.locator("h2").first()).hasText("Account of another system");
            assertThat(page.locator("#give-role option").allTextContents())
                    .contains("Training system", "Integration")
                    .doesNotContain("Operator");
            assertThat(page.locator("#link-form")).hasCount(0);
            anna.axe().shots("people-account");
        }
        fleet.postgres.execute("DELETE FROM person WHERE name = 'erp'");
    }

    @Test
    void a_person_is_added_given_a_role_that_a_second_one_approves_and_disabled() {
        try (Tab anna = console.as("anna").forgive("422");
                Tab ben = console.as("ben")) {
            Page page = anna.open("/people").page();
            assertThat(page.locator("tbody tr")).hasCount(5);
            anna.axe().shots("people");
            button(page, "link", "Add a person").click();
            page.getByLabel("Log-in name").fill("Nina Lind");
            page.getByLabel("Display name").fill("Nina Lind");
            button(page, "button", "Add").click();
            assertThat(page.locator(".fl-wrong").first()).containsText("Small letters");
            assertThat(page.getByLabel("Display name")).hasValue("Nina Lind");
            anna.axe().shots("people-new-wrong");
            page.getByLabel("Log-in name").fill("emil");
            page.getByLabel("Organisation").fill("Example Service");
            button(page, "button", "Add").click();
            assertThat(page.locator(".fl-wrong").first()).containsText("Somebody has this name");
            assertThat(page.getByLabel("Organisation")).hasValue("Example Service");
            page.getByLabel("Log-in name").fill("nina");
            button(page, "button", "Add").click();
            page.waitForURL("**/people/nina");
            assertThat(page.locator(".fl-toast")).containsText("may nothing yet");

            Locator give = page.locator("#give-role");
            give.getByLabel("Role").selectOption("service-engineer");
            give.getByLabel("Last day").fill("2001-01-01");
            give.getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("#give-role .fl-wrong")).containsText("A day to come");
            assertThat(page.locator("#give-role").getByLabel("Role")).hasValue("service-engineer");
            page.locator("#give-role").getByLabel("Last day").fill("");
            page.locator("#give-role").getByLabel("Region").fill("EU");
            page.locator("#give-role").getByLabel("Model").fill("Analyzer 3");
            page.locator("#give-role").getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator(".fl-toast")).containsText("Proposed");
            assertThat(page.locator(".fl-toast"))
                    .containsText("no device that you see is there yet (region EU, model Analyzer 3)");
            anna.axe().shots("person-waiting");

            page.locator("summary", new Page.LocatorOptions().setHasText("Record a training"))
                    .click();
            Locator record = page.locator("#record-training");
            record.getByLabel("Model").fill("Analyser 3");
            record.getByLabel("Last day")
                    .fill(LocalDate.now(ZoneOffset.UTC).plusDays(10).toString());
            record.getByLabel("Evidence").fill("course 4711");
            record.getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator(".fl-toast"))
                    .hasText("Proposed. It has effect once another administrator approves of it.");

            anna.open("/proposals");
            assertThat(page.getByRole(AriaRole.BUTTON, named("Approve"))).hasCount(0);
            assertThat(page.getByRole(AriaRole.BUTTON, named("Take back"))).hasCount(2);
            Page other = ben.open("/proposals").page();
            ben.axe().shots("proposals");
            other.getByRole(AriaRole.BUTTON, named("Approve")).first().click();
            assertThat(other.locator(".fl-toast")).containsText("in effect");
            other.getByRole(AriaRole.BUTTON, named("Approve")).first().click();
            assertThat(other.locator(".fl-empty-title")).hasText("Nothing waits");

            anna.open("/people/nina");
            assertThat(page.locator("table").first()).containsText("approved by person:ben");
            assertThat(page.locator(".fl-warn-text")).hasCount(1);
            assertThat(page.locator("td:has(.fl-warn-text)")).hasText("Analyzer 3no device yet");
            assertThat(page.locator("td .fl-state-warn")).containsText("Ends within 30 days");
            page.locator("#disable").getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("#disable .fl-wrong")).containsText("This is needed");
            page.locator("#disable").getByLabel("Why").fill("left");
            page.locator("#disable").getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator(".fl-toast")).containsText("every session is over");
            assertThat(page.locator(".alert-warning")).containsText("Disabled");
        }
    }

    @Test
    void a_training_shows_how_long_it_holds_and_text_of_people_is_never_markup() {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/people/emil").page();
            assertThat(page.locator(".fl-state-good").last()).hasText("Holds");
            assertThat(page.locator("td .fl-state-warn")).hasText("Ends within 30 days");
            assertThat(page.locator("td .fl-state-bad")).hasText("Out of date");
            assertThat(page.locator("td").filter(new Locator.FilterOptions().setHasText("<b>course 2</b>")))
                    .isVisible();
            tab.axe().shots("person");
        }
    }

    @Test
    void a_customers_administrator_sees_his_own_people_and_cannot_give_more_than_he_has() {
        try (Tab tab = console.as("cora").forgive("404").forgive("422")) {
            Page page = tab.open("/people").page();
            assertThat(page.locator("tbody tr")).hasCount(2);
            tab.open("/people/anna");
            assertThat(page.locator("h1")).hasText("There is nothing here");
            tab.open("/people/ulla");
            page.locator("summary", new Page.LocatorOptions().setHasText("Give a role"))
                    .click();
            assertThat(page.locator("#give-role select option")).hasCount(4);
            page.locator("#give-role").getByLabel("Role").selectOption("it-administrator");
            page.locator("#give-role").getByLabel("Customer").fill("Other");
            page.locator("#give-role").getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("#give-role .alert-danger")).containsText("Nothing has changed");
            assertThat(page.locator("#give-role").getByLabel("Customer")).hasValue("Other");
            tab.open("/people/cora");
            assertThat(page.locator(".alert-info")).containsText("This is you");
            assertThat(page.locator("form#give-role, form#disable, form#words")).hasCount(0);
            tab.open("/new-person");
            assertThat(page.getByLabel("Customer")).hasValue("St. Mary");
        }
    }

    @Test
    void how_it_stands_with_the_log_in_is_said_to_those_who_are_asked() {
        String session =
                "INSERT INTO login_session (id, sha256, person, kind, waiting, made_at, seen_at, not_after, address,"
                        + " client, ended_at) VALUES ('%1$s', '%1$s', 'ulla', 'browser', false, now(), now(), now() + interval '1 hour',"
                        + " '192.0.2.7', 'x', %2$s)";
        fleet.postgres.execute(
                session.formatted("s1", "NULL"),
                session.formatted("s2", "now()"),
                "INSERT INTO login_password (person, sealed, key_id, set_at) VALUES ('ulla', '\\x00', 'k', now())",
                "INSERT INTO login_failure (counter, failures, last_at) VALUES ('address:192.0.2.7', 11, now()),"
                        + " ('address:192.0.2.8', 11, now() + interval '9 hours')",
                "INSERT INTO login_link (sha256, person, new_passkey, made_by, made_at, not_after) VALUES"
                        + " ('l', 'ulla', false, 'person:anna', now(), now() + interval '5 hours')",
                "INSERT INTO audit_entry (actor, code, subject, detail) VALUES ('address:192.0.2.7', 'login.failed', 'person:ulla', '')");
        try (Tab tab = console.as("cora")) {
            Locator standing = tab.open("/people/ulla").page().locator("#log-in-standing");
            assertThat(standing).containsText(Pattern.compile("Password\\s*set 20.*Passkeys\\s*none", Pattern.DOTALL));
            assertThat(standing).containsText("at one place");
            assertThat(standing).containsText("once");
            assertThat(standing).containsText("an address that this person used, until 20");
            assertThat(standing.locator("a")).hasCount(0);
            assertThat(standing).containsText("Not used yet");
            tab.axe().shots("person-log-in");
        }
        try (Tab tab = console.as("anna")) {
            assertThat(tab.open("/people/ulla").page().locator("#log-in-standing a"))
                    .hasText("Blocked addresses");
            assertThat(tab.open("/people/emil").page().locator("#log-in-standing"))
                    .containsText("None yet");
        }
    }

    @Test
    void who_may_see_a_device_is_said_with_the_reason() {
        try (Tab tab = console.as("cora").forgive("404")) {
            Page page = tab.open("/devices/LAB-7/viewers").page();
            assertThat(page.locator("tr").filter(new Locator.FilterOptions().setHasText("Anna Berg")))
                    .containsText(Pattern.compile("Operator, everywhere.*No: no training", Pattern.DOTALL));
            assertThat(page.locator("tr").filter(new Locator.FilterOptions().setHasText("Emil Berg")))
                    .containsText("Service engineer, everywhere");
            tab.open("/devices/LAB-8/viewers");
        }
    }

    @Test
    void what_was_decided_meanwhile_is_said_and_nothing_happens_twice() {
        Widened waits = await(
                fleet.grants.widen(TestFleet.ANNA, new Widening.OfRole("emil", Role.AUDITOR, Scope.PLATFORM, null)));
        try (Tab anna = console.as("anna");
                Tab ben = console.as("ben")) {
            Page first = anna.open("/proposals").page();
            Page second = ben.open("/proposals").page();
            first.getByRole(AriaRole.BUTTON, named("Reject")).first().click();
            assertThat(first.locator(".fl-toast")).containsText("Rejected");
            second.getByRole(AriaRole.BUTTON, named("Approve")).first().click();
            assertThat(second.locator(".fl-toast-fault")).containsText("decided meanwhile");
        }
        assertThat(waits.isInEffect()).isFalse();
    }

    private static Page.GetByRoleOptions named(String text) {
        return new Page.GetByRoleOptions().setName(text);
    }

    private static Locator button(Page page, String role, String text) {
        return page.getByRole(
                role.equals("link") ? AriaRole.LINK : AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName(text).setExact(true));
    }
}
