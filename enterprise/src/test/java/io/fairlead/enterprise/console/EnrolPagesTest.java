package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Enrolments;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.CertificateRequest;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentCodes.AgentsAddress;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.roster.Roster;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A device is registered, its string made, and its agent seen to arrive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnrolPagesTest {
    private TestFleet fleet;
    private TestConsole console;
    private EnrolmentCodes codes;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        fleet = new TestFleet(Clock.systemUTC());
        Authority authority =
                Authority.open(new DataFolder(folder), fleet.clock, new SecureRandom(), Duration.ofDays(90));
        codes = new EnrolmentCodes(
                fleet.database,
                authority,
                new DeviceCertificates(fleet.database, authority, fleet.audit, fleet.clock),
                fleet.devices,
                fleet.audit,
                new AgentsAddress("agents.example.org", 8444),
                Ids.random(),
                fleet.clock,
                new SecureRandom());
        Roster roster = new Roster(fleet.database, fleet.rights, fleet.clock);
        console = TestConsole.open(
                fleet.postgres,
                new FleetPages(
                        roster,
                        new Groups(fleet.database, fleet.devices, fleet.rights, fleet.audit, fleet.clock),
                        new PendingPeople(fleet.database, fleet.rights, fleet.clock),
                        fleet.audit,
                        List::of,
                        fleet.clock),
                new EnrolPages(
                        fleet.devices, new Enrolments(fleet.database, fleet.devices, codes), roster, fleet.clock));
        console.person("anna", "operator");
        console.person("carla", "customer-administrator");
    }

    @AfterAll
    void close() {
        console.close();
        fleet.close();
    }

    private static void fill(Page page, String device) {
        page.fill("#f-device", device);
        page.fill("#f-customer", "Saint Mary");
        page.fill("#f-site", "Core lab");
        page.fill("#f-model", "AU 480");
        page.fill("#f-serial", "4711");
        page.fill("#f-region", "eu");
    }

    /** What the agent does with the string. */
    private void enrol(String string) throws Exception {
        EnrolmentString parsed = EnrolmentString.parse(string);
        Object unused = await(codes.redeem(
                parsed.codeId(),
                parsed.secret(),
                CertificateRequest.parse(TestRequests.plain(TestRequests.p256())),
                "192.0.2.7"));
    }

    @Test
    void a_device_is_registered_its_string_made_and_its_agent_seen_to_arrive() throws Exception {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/enrol").page();
            tab.axe().shots("enrol");
            fill(page, "LAB-7");
            page.click("main button[type=submit]");

            assertThat(page.locator("#arrival")).containsText("Waiting for LAB-7 to enrol");
            assertThat(page.locator("#enrol-left")).containsText("left)");
            String string = page.inputValue("#enrol-string");
            assertThat(string).startsWith("fairlead:1:agents.example.org:8444:");
            tab.axe().shots("enrol-string");

            enrol(string);
            assertThat(page.locator("#arrival")).containsText("has its certificate");
            assertThat(page.locator("#enrol-string")).hasValue("");
            Object polled = await(
                    fleet.polled(new Polled(new DeviceId("LAB-7"), null, 0, "0.1.0", "192.0.2.7", TestFleet.hex(1))));
            assertThat(page.locator("#arrival")).containsText("LAB-7 is here. Heard from 192.0.2.7, agent 0.1.0.");
            tab.axe().shots("enrol-arrived");
            assertThat(page.locator("#arrival a").first()).hasAttribute("href", "/devices/LAB-7");
            assertThat(polled).isNotNull();
        }
    }

    @Test
    void what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost() {
        try (Tab tab = console.as("anna").forgive("422")) {
            Page page = tab.open("/enrol").page();
            fill(page, "bad name!");
            page.fill("#f-serial", "");
            page.click("main button[type=submit]");

            assertThat(page.locator("#d-device .fl-wrong")).containsText("Letters, digits and . _ - only");
            assertThat(page.locator("#d-serial .fl-wrong")).hasText("This is needed.");
            assertThat(page.locator("#f-device")).hasValue("bad name!");
            assertThat(page.locator("#f-site")).hasValue("Core lab");
            tab.axe().shots("enrol-wrong");

            DeviceId taken = fleet.registered("TAKEN-1");
            fill(page, taken.value());
            page.click("main button[type=submit]");
            assertThat(page.locator("#d-device .fl-wrong")).containsText("This name is taken by another device");
            assertThat(page.locator("#f-serial")).hasValue("4711");
        }
    }

    @Test
    void a_device_is_enrolled_anew_after_it_was_said_what_that_ends() {
        DeviceId known = fleet.enrolled("AGAIN-1", TestFleet.hex(9));
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/enrol?device=" + known).page();

            assertThat(page.locator("h1")).hasText("Enrol AGAIN-1 anew");
            assertThat(page.locator(".alert-warning")).containsText("its present identity ends");
            assertThat(page.locator("#f-serial")).hasValue("S-AGAIN-1");
            page.click("main button[type=submit]");
            assertThat(page.locator("#arrival")).containsText("Waiting for AGAIN-1");
        }
    }

    @Test
    void a_code_of_an_identity_that_two_held_is_made_only_when_that_is_meant() {
        DeviceId known = fleet.enrolled("HELD-1", TestFleet.hex(10));
        fleet.postgres.execute("UPDATE device_contact SET held_at = now(), held_why = 'test' WHERE device = 'HELD-1'");
        try (Tab tab = console.as("anna").forgive("422")) {
            Page page = tab.open("/enrol?device=" + known).page();
            page.click("main button[type=submit]");
            assertThat(page.locator("#d-replace .fl-wrong")).containsText("Two PCs held this identity");
            page.check("#f-replace");
            page.click("main button[type=submit]");
            assertThat(page.locator("#arrival")).containsText("Waiting for HELD-1");
        }
    }

    @Test
    void who_may_not_enrol_has_no_such_page_and_learns_of_no_device() {
        fleet.registered("SECRET-1");
        try (Tab tab = console.as("carla").forgive("403").forgive("404")) {
            Page page = tab.open("/devices").page();
            assertThat(page.locator("a[href='/enrol']")).hasCount(0);
            assertThat(tab.open("/enrol").page().locator("h1")).hasText("This is not for you");
            assertThat(tab.open("/enrol/SECRET-1/arrival?made=x").page().locator("h1"))
                    .hasText("This is not for you");
        }
    }
}
