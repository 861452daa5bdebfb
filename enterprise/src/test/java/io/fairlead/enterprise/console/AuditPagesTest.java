package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.audit.Sealer;
import io.fairlead.enterprise.audit.SignedCheckpoint;
import io.fairlead.enterprise.audit.TestSeal;
import io.fairlead.enterprise.audit.Verifier;
import io.fairlead.enterprise.audit.WitnessFile;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor does: finds who did what, takes it away, and proves that it is what it was. */
class AuditPagesTest {
    @TempDir
    Path folder;

    private TestSeal rig;
    private Sealer sealer;
    private TestConsole console;

    @BeforeEach
    void open() {
        rig = new TestSeal(folder.resolve("rig"));
        sealer = rig.sealer();
        Clock clock = Clock.systemUTC();
        Rights rights = new Rights(rig.database, clock);
        Verifier verifier = new Verifier(
                new Blocking(rig.vertx).ofThreads("verify", 1),
                rig.postgres::app,
                () -> rig.anchors,
                folder.resolve("none.witness"),
                Timers.of(rig.vertx),
                clock);
        console = TestConsole.open(
                rig.postgres,
                new AuditPages(
                        rig.audit,
                        new AuditExport(rig.database),
                        new DeviceRecords(rig.audit, rights, new Devices(rig.database, rights, rig.audit, clock)),
                        rig.seals,
                        verifier,
                        clock));
        console.person("auda", "auditor");
        console.person("carla", "customer-user");
    }

    @AfterEach
    void close() {
        console.close();
        rig.close();
    }

    private static Locator rows(Page page) {
        return page.locator(".fl-audit tbody tr");
    }

    private void seal() {
        while (await(sealer.seal()) > 0) {
            // Until nothing is left.
        }
    }

    @Test
    void an_auditor_finds_what_was_done_pages_through_it_and_takes_it_away() throws IOException {
        rig.record(120);
        rig.postgres.execute("INSERT INTO audit_entry (actor, code, subject, detail) VALUES"
                + " ('person:eve', 'device.muted', 'LAB-1', 'reason=<b>=1+1</b>')");
        seal();
        rig.record(1);
        try (Tab tab = console.as("auda").forgive("422").forgive("does not conform")) {
            Page page = tab.open("/audit").page();
            assertThat(page.locator("#audit-sealed")).containsText("Up to row 121");
            assertThat(rows(page)).hasCount(100);
            assertThat(rows(page).first()).containsText("not sealed yet");
            assertThat(rows(page).nth(1)).containsText("121");
            assertThat(rows(page).nth(1)).containsText("Muted the device");
            assertThat(rows(page).nth(1)).containsText("reason=<b>=1+1</b>");
            tab.axe();
            page.click("a[rel=next]");
            assertThat(rows(page)).hasCount(22);

            page.fill("#f-who", "eve");
            page.selectOption("#f-what", "device.muted");
            page.click("#audit-filter button");
            assertThat(rows(page)).hasCount(1);
            assertThat(page.locator("#f-who")).hasValue("eve");
            tab.shots("audit");
            Download csv = page.waitForDownload(() -> page.click("#audit-csv"));
            assertThat(Files.readAllLines(csv.path()))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("\"reason=<b>=1+1</b>\"");
            Download json = page.waitForDownload(() -> page.click("#audit-json"));
            assertThat(Files.readAllLines(json.path()))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("\"number\":121");
            Download log = page.waitForDownload(() -> page.click("#audit-log"));
            assertThat(Files.readAllLines(log.path()))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("device.muted");
            page.navigate(console.url() + "/audit?what=audit.exported");
            assertThat(rows(page)).hasCount(3);
            assertThat(rows(page).last()).containsText("format=csv filter=who=eve,what=device.muted");

            tab.open("/audit?from=nonsense&what=nothing&text=kept");
            assertThat(page.locator("#d-from .fl-wrong")).containsText("A date, please");
            assertThat(page.locator("#d-what .fl-wrong")).containsText("not one of the choices");
            assertThat(page.locator("#f-text")).hasValue("kept");
            tab.open("/audit?from=" + LocalDate.now().plusDays(3));
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing fits");
        }
    }

    @Test
    void an_auditor_proves_it_with_a_witness_and_sees_what_somebody_changed() throws Exception {
        rig.record(9);
        seal();
        try (Tab tab = console.as("auda").forgive("422")) {
            Page page = tab.open("/audit").page();
            Download file = page.waitForDownload(() -> page.click("#audit-witness"));
            String witness = Files.readString(file.path());
            SignedCheckpoint newest = rig.witness();
            assertThat(witness).isEqualTo(WitnessFile.line(newest) + "\n");

            String first = rows(tab.open("/audit?text=4").page()).first().textContent();
            page.click(".fl-verify summary");
            page.fill("#f-witness", "no witness");
            page.click("text=Verify now");
            assertThat(page.locator("#d-witness .fl-wrong")).containsText("line 1 is no checkpoint");
            assertThat(page.locator("#f-witness")).hasValue("no witness");
            assertThat(page.locator("#f-text")).hasValue("4");
            assertThat(rows(page).first()).hasText(first);
            page.navigate(page.url());
            assertThat(page).hasURL(console.url() + "/audit?text=4");
            assertThat(rows(page).first()).hasText(first);
            page.click(".fl-verify summary");
            page.fill("#f-witness", witness.replace("number 9", "number 8"));
            page.click("text=Verify now");
            assertThat(page.locator("#d-witness .fl-wrong")).containsText("is not this server's");
            tab.axe().shots("audit-witness");

            page.setInputFiles("#witness-file", file.path());
            assertThat(page.locator("#f-witness")).hasValue(witness);
            page.click("text=Verify now");
            assertThat(page.locator("#audit-verdict")).containsText("Nothing is wrong. 9 sealed rows were read");
            assertThat(page.locator("#audit-verdict")).containsText("1 checkpoint of your witness agrees");
            tab.axe().shots("audit-clean");

            try (Connection superuser = rig.postgres.superuser();
                    Statement run = superuser.createStatement()) {
                run.execute("SET session_replication_role = replica");
                run.execute("UPDATE audit_entry SET detail = 'nothing' WHERE id = 4");
            }
            page.click("text=Verify now");
            assertThat(page.locator("#audit-verdict")).containsText("WRONG from row");
            assertThat(page.locator("#audit-verdict")).containsText("1 fault");
            assertThat(page.locator("#audit-verdict .fl-findings")).containsText("changed");
            tab.axe().shots("audit-wrong");
            page.navigate(console.url() + "/audit?what=audit.verified");
            assertThat(rows(page)).hasCount(2);
        }
    }

    @Test
    void rows_that_wait_too_long_for_their_seal_are_warned_of_and_a_customer_sees_none_of_it() {
        try (Tab tab = console.as("auda")) {
            Page page = tab.open("/audit").page();
            assertThat(page.locator("#audit-sealed")).containsText("Nothing is sealed yet");
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing was done yet");
            rig.postgres.execute("INSERT INTO audit_entry (at, actor, code, subject, detail) VALUES"
                    + " (now() - interval '2 minutes', 'server', 'server.started', '', '')");
            page.reload();
            assertThat(page.locator("#audit-sealed .alert-warning")).containsText("not sealed");
        }
        try (Tab tab = console.as("carla").forgive("403")) {
            for (String path : List.of("/audit", "/audit.csv", "/audit.witness", "/audit/verification")) {
                assertThat(tab.open(path).page().locator("h1")).hasText("This is not for you");
            }
        }
    }
}
