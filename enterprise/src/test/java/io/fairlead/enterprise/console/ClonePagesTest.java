package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.soap.Fault;
import java.time.Clock;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two PCs with one identity, and who decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClonePagesTest {
    private TestFleet fleet;
    private TestConsole console;

    @BeforeAll
    void open() {
        fleet = new TestFleet(Clock.systemUTC());
        console = TestConsole.open(fleet.postgres, new ClonePages(fleet.clones, fleet.devices));
        console.person("anna", "operator");
        console.person("carla", "customer-user");
    }

    @AfterAll
    void close() {
        console.close();
        fleet.close();
    }

    private static Polled poll(DeviceId device, String token, String address) {
        return new Polled(device, token, 0, "0.1.0", address, TestFleet.hex(0xc1));
    }

    private String rolled(DeviceId device, String token, String address) {
        return await(fleet.polled(poll(device, token, address))).token();
    }

    /** Two that go on from one token. */
    private DeviceId cloned(String id) {
        DeviceId device = fleet.enrolled(id, TestFleet.hex(id.hashCode() & 0xffff));
        String both = rolled(device, null, "10.0.0.1");
        String mine = rolled(device, both, "10.0.0.1");
        String yours = rolled(device, both, "10.0.0.2");
        String next = rolled(device, mine, "10.0.0.1");
        assertThat(TestFleet.refused(fleet.polled(poll(device, yours, "10.0.0.2"))))
                .isEqualTo(Fault.IDENTITY_HELD);
        assertThat(next).isNotEmpty();
        return device;
    }

    @Test
    void the_holders_are_compared_the_consequences_read_and_one_is_kept() {
        DeviceId device = cloned("LAB-1");
        try (Tab tab = console.as("anna").forgive("422").forgive("404")) {
            Page page = tab.open("/clones").page();
            assertThat(page.locator("table")).containsText("LAB-1");
            tab.axe().shots("clones");
            page.locator("a", new Page.LocatorOptions().setHasText("Compare and decide"))
                    .first()
                    .click();
            assertThat(page.locator(".fl-holders")).containsText("10.0.0.2");
            tab.axe().shots("clone");

            page.click("main button[type=submit]");
            assertThat(page.locator("#d-keep .fl-wrong")).hasText("Choose one, please.");
            assertThat(page.locator("#d-reason .fl-wrong")).hasText("This is needed.");
            page.check("input[name=keep][value='1']");
            page.fill("#f-reason", "Dr. Hart at the site, ticket 4711");
            page.click("main button[type=submit]");
            assertThat(page.locator("h2").first()).hasText("This is what will happen");
            assertThat(page.locator(".card-body")).containsText("turned away for good");
            assertThat(await(fleet.clones.list(TestFleet.ANNA)))
                    .as("nothing was done yet")
                    .hasSize(1);
            tab.axe().shots("clone-confirm");

            page.locator("button", new Page.LocatorOptions().setHasText("Keep holder 1"))
                    .click();
            assertThat(page).hasURL(Pattern.compile(".*/clones/LAB-1/decided$"));
            assertThat(page.locator(".fl-steps")).containsText("--new-device");
            tab.axe().shots("clone-decided");
            assertThat(await(fleet.clones.list(TestFleet.ANNA))).isEmpty();
            assertThat(fleet.postgres.value(
                            "SELECT actor || ' ' || detail FROM audit_entry WHERE code = 'clone.decided'"))
                    .startsWith("person:anna keep=1 of=2 reason=Dr. Hart");
            tab.open("/clones");
            assertThat(page.locator(".fl-empty-title")).hasText("No identity is held");
            assertThat(device).isNotNull();
        }
    }

    @Test
    void a_customer_does_not_learn_of_a_device_that_is_not_his() {
        fleet.postgres.execute(
                "INSERT INTO device (id, customer, site, region, model, serial, created_at)"
                        + " VALUES ('OTHER-1', 'Other', 's', 'eu', 'm', '1', now())",
                "INSERT INTO device_contact (device, held_at, held_why) VALUES ('OTHER-1', now(), 'secret why')");
        try (Tab tab = console.as("carla").forgive("404")) {
            assertThat(tab.open("/clones").page().locator(".fl-empty-title")).hasText("No identity is held");
            assertThat(tab.open("/clones/OTHER-1").page().locator("h1")).hasText("There is nothing here");
            assertThat(tab.open("/clones/NO-SUCH").page().locator("h1")).hasText("There is nothing here");
        }
        fleet.postgres.execute("UPDATE device_contact SET held_at = NULL WHERE device = 'OTHER-1'");
    }
}
