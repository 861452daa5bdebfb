package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.roster.ManyDevices;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.roster.TestPeople;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Ten thousand devices, as those who look after them, and one customer, see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetPagesTest {
    private TestFleet fleet;
    private TestConsole console;
    private volatile List<String> troubles = List.of();
    private Instant heard = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeAll
    void open() {
        fleet = new TestFleet(Clock.systemUTC());
        ManyDevices.insert(fleet.postgres, heard.toString());
        fleet.postgres.execute(
                "UPDATE device SET site = '=1+1' WHERE id = 'LAB-04711'",
                "UPDATE alarm SET text = '<img src=x onerror=alert(1)>' WHERE device = 'LAB-00200' AND code = 'E-900'");
        console = TestConsole.open(
                fleet.postgres,
                new FleetPages(
                        new Roster(fleet.database, fleet.rights, fleet.clock),
                        new Groups(fleet.database, fleet.devices, fleet.rights, fleet.audit, fleet.clock),
                        new PendingPeople(fleet.database, fleet.rights, fleet.clock),
                        fleet.audit,
                        () -> troubles,
                        fleet.clock));
        console.person("anna", "operator");
        TestPeople.with(fleet.postgres, "carla", "customer-user", "Hospital 05", null);
        TestPeople.with(fleet.postgres, "ivan", "it-administrator", "Hospital 05", null);
    }

    /** All the tests may take minutes, and whoever was heard of before them would be late by then. */
    @BeforeEach
    void hearAgain() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        fleet.postgres.execute("UPDATE device_contact SET last_contact = last_contact + interval '"
                + Duration.between(heard, now).toSeconds() + " seconds'");
        heard = now;
    }

    @AfterAll
    void close() {
        console.close();
        fleet.close();
    }

    private static Locator rows(Page page) {
        return page.locator(".fl-fleet tbody tr");
    }

    @Test
    void a_device_is_found_by_typing_and_opened_by_the_keyboard_alone() {
        try (Tab tab = console.as("anna").forgive("404")) {
            Page page = tab.open("/devices").page();
            page.keyboard().press("/");
            Request asked =
                    page.waitForRequest("**/devices?*", () -> page.keyboard().type("lab-04711"));

            assertThat(asked.headerValue("fairlead-by-itself")).isNull();

            assertThat(rows(page)).hasCount(1);
            assertThat(rows(page).first()).containsText("LAB-04711");
            assertThat(page).hasURL(Pattern.compile(".*/devices\\?q=lab-04711$"));

            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            assertThat(page).hasURL(Pattern.compile(".*/devices/LAB-04711$"));
        }
    }

    @Test
    void the_filter_stands_in_the_address_and_goes_back_and_forth() {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/devices").page();
            assertThat(page.locator("#fleet-lines")).hasText("1–50 of 10,000");
            tab.axe().shots("fleet");

            page.selectOption("#f-customer", "Hospital 11");
            assertThat(page.locator("#fleet-lines")).hasText("1–50 of 200");
            page.locator(".fl-chip", new Page.LocatorOptions().setHasText("Late"))
                    .click();
            assertThat(page.locator("#fleet-lines")).hasText("1–10 of 10");
            assertThat(page.locator(".fl-chip[aria-current]")).hasText("Late10");
            page.goBack();
            assertThat(page.locator("#fleet-lines")).hasText("1–50 of 200");
            page.fill("#f-q", "no such thing");
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing fits");
            tab.axe().shots("fleet-nothing");
            page.locator("#fleet-all").click();
            assertThat(page.locator("#fleet-lines")).hasText("1–50 of 10,000");
            assertThat(page.locator("#f-customer")).hasValue("");

            fleet.postgres.execute(
                    "INSERT INTO device_group (id, description, created_at, created_by) VALUES ('nights', '', now(), 'person:anna')",
                    "INSERT INTO device_group_member SELECT 'nights', id FROM device WHERE id IN ('LAB-00001', 'LAB-00002')");
            tab.open("/devices");
            page.selectOption("#f-group", "nights");
            assertThat(page.locator("#fleet-lines")).hasText("1–2 of 2");
            assertThat(page).hasURL(Pattern.compile(".*/devices\\?group=nights$"));
            tab.open("/devices?group=nights&state=late");
            assertThat(page.locator("#f-group")).hasValue("nights");

            tab.open("/devices?customer=Hospital+11&model=Model+H&sort=health&size=20&page=1");
            assertThat(rows(page)).hasCount(20);
            assertThat(page.locator("#f-customer")).hasValue("Hospital 11");
            assertThat(page.locator("#f-model")).hasValue("Model H");
            assertThat(page.locator("th[aria-sort=ascending]")).hasText("Worst open alarm");
            tab.open("/devices?state=nonsense&page=-3&size=99999999&sort=DROP&q=" + "x".repeat(500));
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing fits");
        }
    }

    @Test
    void what_changes_shows_without_a_reload_and_without_losing_the_place() {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/devices?q=LAB-0981").page();
            assertThat(page.locator("#live")).hasText("Live");
            assertThat(rows(page)).hasCount(10);
            page.locator("[data-row]").nth(3).focus();

            fleet.postgres.execute("UPDATE device SET muted = true WHERE id = 'LAB-09812'");
            Request asked =
                    page.waitForRequest("**/devices?*", () -> console.live().changed("device/LAB-09812"));

            assertThat(asked.headerValue("fairlead-by-itself")).isEqualTo("yes");
            assertThat(rows(page).nth(2)).containsText("Muted");
            assertThat(page.locator("[data-row]").nth(3)).isFocused();
        } finally {
            fleet.postgres.execute("UPDATE device SET muted = false WHERE id = 'LAB-09812'");
        }
    }

    @Test
    void ten_thousand_are_paged_through_and_what_a_device_says_is_text() {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/devices").page();
            page.locator(".fl-pages a[rel=next]").click();
            assertThat(page.locator("#fleet-lines")).hasText("51–100 of 10,000");
            assertThat(page.locator(".fl-pages a[aria-current=page]")).hasText("2");
            page.locator(".fl-pages a", new Page.LocatorOptions().setHasText("200"))
                    .click();
            assertThat(page.locator("#fleet-lines")).hasText("9,951–10,000 of 10,000");
            assertThat(rows(page).last()).containsText("LAB-10000");
            assertThat(page).hasURL(Pattern.compile(".*page=200$"));

            page.locator("th a", new Page.LocatorOptions().setHasText("Worst open alarm"))
                    .click();
            assertThat(rows(page).first()).containsText("Critical");
            page.fill("#f-q", "LAB-00200");
            assertThat(rows(page)).hasCount(1);
            assertThat(rows(page).first()).containsText("<img src=x onerror=alert(1)>");
            assertThat(page.locator(".fl-fleet img")).hasCount(0);
        }
    }

    @Test
    void what_is_listed_goes_into_a_file_that_no_spreadsheet_runs() throws IOException {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/devices?q=LAB-0471").page();
            assertThat(rows(page)).hasCount(10);

            Download file = page.waitForDownload(() -> page.click("#fleet-file"));

            List<String> lines = Files.readAllLines(file.path());
            assertThat(file.suggestedFilename()).isEqualTo("devices.csv");
            assertThat(lines).hasSize(11);
            assertThat(lines.get(0)).startsWith("\uFEFFdevice,customer,site,");
            assertThat(lines.get(2)).startsWith("LAB-04711,Hospital 11,'=1+1,ap,Model H,SN732977,online,no,20");
        }
    }

    @Test
    void the_file_is_whole_in_the_order_of_the_list_and_the_audit_knows_who_took_it() throws IOException {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/devices?sort=contact&order=desc").page();

            Download file = page.waitForDownload(() -> page.click("#fleet-file"));

            List<String> lines = Files.readAllLines(file.path());
            assertThat(lines).hasSize(10_001).doesNotHaveDuplicates();
            assertThat(lines.get(1)).startsWith("LAB-00001,");
            assertThat(lines.get(9_970)).contains(",missing,");
            assertThat(lines.get(10_000)).contains(",never,");
            assertThat(fleet.postgres.value(
                            "SELECT actor || ' ' || detail FROM audit_entry WHERE code = 'devices.exported'"
                                    + " ORDER BY id DESC LIMIT 1"))
                    .isEqualTo("person:anna devices=10000 filter=sort=contact&order=desc");
        }
    }

    @Test
    void the_overview_leads_to_what_needs_somebody() {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/").page();
            assertThat(page.locator(".fl-fleet-sum")).containsText("10,000");
            assertThat(page.locator(".fl-need")).hasCount(3);
            tab.axe().shots("overview");

            page.locator(".fl-need-missing h3 a").click();
            assertThat(page.locator("#fleet-lines")).hasText("1–50 of 50");
            assertThat(rows(page).first()).containsText("Missing");
        }
    }

    @Test
    void a_customer_sees_his_own_devices_and_a_hospitals_it_no_alarms() {
        try (Tab tab = console.as("carla")) {
            Page page = tab.open("/devices").page();
            assertThat(page.locator("#fleet-lines")).hasText("1–50 of 200");
            assertThat(page.locator("#f-customer")).hasCount(0);
            assertThat(page.locator("text=Hospital 06")).hasCount(0);
            assertThat(page.locator("a[href='/enrol']")).hasCount(0);
            tab.open("/devices?customer=Hospital+06&q=LAB-00006");
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing fits");
            tab.open("/");
            assertThat(page.locator(".fl-fleet-sum")).containsText("200");
            tab.axe().shots("overview-customer");
        }
        try (Tab tab = console.as("ivan")) {
            Page page = tab.open("/devices").page();
            assertThat(page.locator("#fleet-lines")).hasText("1–50 of 200");
            assertThat(page.locator("th", new Page.LocatorOptions().setHasText("alarm")))
                    .hasCount(0);
            tab.open("/");
            assertThat(page.locator("text=Alarms raised")).hasCount(0);
        }
    }

    @Test
    void whoever_may_see_nothing_is_told_so() {
        fleet.postgres.execute("INSERT INTO person (name, display_name, organisation, created_at, created_by)"
                + " VALUES ('nora', 'Nora', 'Test', now(), 'test')");
        try (Tab tab = console.as("nora").forgive("403")) {
            assertThat(tab.open("/").page().locator(".fl-empty-title")).hasText("No devices");
            tab.axe().shots("overview-none");
            assertThat(tab.open("/devices").page().locator("h1")).hasText("This is not for you");
        }
    }

    @Test
    void an_audit_that_is_behind_is_told_to_who_may_read_it_and_to_nobody_else() {
        troubles = List.of("7 rows of the audit wait for a seal, the oldest for 3 min.");
        try (Tab anna = console.as("anna");
                Tab carla = console.as("carla")) {
            assertThat(anna.open("/").page().locator(".fl-need-audit"))
                    .containsText("7 rows of the audit wait for a seal, the oldest for 3 min.");
            assertThat(carla.open("/").page().locator("#needs")).isVisible();
            assertThat(carla.page().locator(".fl-need-audit")).hasCount(0);
        } finally {
            troubles = List.of();
        }
    }
}
