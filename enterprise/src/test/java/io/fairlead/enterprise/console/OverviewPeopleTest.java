package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.people.Widened;
import io.fairlead.enterprise.people.Widening;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.roster.TestPeople;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the overview says of people: to those who can do something about it, and to nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewPeopleTest {
    private static final Scope SAINT_MARY = new Scope(null, "St. Mary", null);

    private TestFleet fleet;
    private TestConsole console;

    @BeforeAll
    void open() {
        fleet = new TestFleet(Clock.systemUTC());
        PendingPeople pending = new PendingPeople(fleet.database, fleet.rights, fleet.clock);
        console = TestConsole.open(
                fleet.postgres,
                new FleetPages(
                        new Roster(fleet.database, fleet.rights, fleet.clock),
                        new Groups(fleet.database, fleet.devices, fleet.rights, fleet.audit, fleet.clock),
                        pending,
                        fleet.audit,
                        List::of,
                        fleet.clock),
                new PeoplePages(
                        fleet.people,
                        fleet.grants,
                        new DeviceViewers(fleet.devices, fleet.rights, fleet.people),
                        pending,
                        fleet.clock));
        console.person("anna", "operator");
        console.person("ben", "operator");
        console.person("emil", "service-engineer");
        TestPeople.with(fleet.postgres, "cora", "customer-administrator", "St. Mary", null);
        TestPeople.with(fleet.postgres, "carl", "customer-administrator", "St. Mary", null);
        TestPeople.with(fleet.postgres, "ulla", "customer-user", "St. Mary", null);
        TestPeople.with(fleet.postgres, "gone", "service-engineer", null, null);
        trained("emil", "Analyser 1", "9 days");
        trained("emil", "Analyser 2", "-3 days");
        trained("emil", "Analyser 3", "-3 days");
        trained("emil", "Analyser 3", "300 days");
        trained("gone", "Analyser 1", "2 days");
        trained("ulla", "Analyser 1", "40 days");
        fleet.postgres.execute("UPDATE person SET disabled_at = now() WHERE name = 'gone'");
        Widened vendors = await(fleet.grants.widen(
                Actor.person("anna", true), new Widening.OfRole("emil", Role.AUDITOR, Scope.PLATFORM, null)));
        Widened customers = await(fleet.grants.widen(
                Actor.person("cora", true), new Widening.OfRole("ulla", Role.IT_ADMINISTRATOR, SAINT_MARY, null)));
        assertThat(vendors.isInEffect()).isFalse();
        assertThat(customers.isInEffect()).isFalse();
    }

    @AfterAll
    void close() {
        console.close();
        fleet.close();
    }

    private void trained(String person, String model, String ends) {
        fleet.postgres.execute(
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by) VALUES ('"
                        + person + "', '" + model + "', now() + interval '" + ends + "', 'test', now(), 'test')");
    }

    @Test
    void a_proposal_shows_to_those_who_may_decide_it() {
        try (Tab ben = console.as("ben");
                Tab anna = console.as("anna");
                Tab carl = console.as("carl");
                Tab emil = console.as("emil")) {
            Page page = ben.open("/").page();
            assertThat(proposals(page).locator("h3")).hasText("2 · Proposals wait for a second administrator");
            assertThat(proposals(page).locator("li").first()).containsText("Role Auditor, everywhere");
            ben.axe().shots("overview-people");
            assertThat(proposals(anna.open("/").page()).locator("h3"))
                    .hasText("1 · A proposal waits for a second administrator");
            assertThat(proposals(carl.open("/").page()).locator("li")).hasCount(1);
            assertThat(proposals(carl.page()).locator("li")).containsText("ulla");
            assertThat(proposals(emil.open("/").page())).hasCount(0);

            proposals(page).locator("h3 a").click();
            page.waitForURL("**/proposals");
            assertThat(page.locator("button:has-text('Approve')")).hasCount(2);
            assertThat(anna.open("/proposals").page().locator("button:has-text('Approve')"))
                    .hasCount(1);
            assertThat(anna.page().locator("button:has-text('Take back')")).hasCount(1);
        }
    }

    @Test
    void a_training_that_ends_shows_to_its_owner_and_to_who_may_see_him() {
        try (Tab anna = console.as("anna");
                Tab emil = console.as("emil");
                Tab cora = console.as("cora")) {
            Page page = anna.open("/").page();
            assertThat(trainings(page).locator("h3")).hasText("2 · Trainings end soon, or have ended");
            assertThat(trainings(page).locator("li").first()).containsText("Emil BergAnalyser 2");
            assertThat(trainings(page).locator("li").first().locator(".fl-state-bad"))
                    .hasText("3 days ago");
            assertThat(trainings(emil.open("/").page()).locator("li")).hasCount(2);
            assertThat(trainings(cora.open("/").page())).hasCount(0);

            trainings(page).locator("h3 a").click();
            page.waitForURL("**/trainings");
            assertThat(page.locator("tbody tr")).hasCount(2);
            assertThat(page.locator("tbody tr").last()).containsText("Ends within 30 days");
            anna.axe().shots("trainings");
            assertThat(cora.open("/trainings").page().locator(".fl-empty-title"))
                    .hasText("No training has to be renewed");
        }
    }

    private static Locator proposals(Page page) {
        return page.locator(".fl-need-proposals");
    }

    private static Locator trainings(Page page) {
        return page.locator(".fl-need-trainings");
    }
}
