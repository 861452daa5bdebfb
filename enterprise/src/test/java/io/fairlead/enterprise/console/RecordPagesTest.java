package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.roster.TestPeople;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a hospital's own people read: what was done to their devices, and which policy counts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordPagesTest {
    private TestFleet fleet;
    private TestConsole console;

    @BeforeAll
    void open() {
        fleet = new TestFleet(Clock.systemUTC());
        Roster roster = new Roster(fleet.database, fleet.rights, fleet.clock);
        console = TestConsole.open(fleet.postgres, new RecordPages(roster, fleet.audit), new PolicyPages(roster));
        console.person("carla", "customer-user");
        console.person("ivan", "it-administrator");
        console.person("eve", "operator");
        fleet.enrolled("LAB-1", TestFleet.hex(1));
        fleet.enrolled("LAB-2", TestFleet.hex(2));
        fleet.enrolled("LAB-3", TestFleet.hex(3));
        fleet.enrolled("OTHER-1", TestFleet.hex(4));
        fleet.postgres.execute(
                "UPDATE device SET customer = 'Saint Mary', site = 'Core lab' WHERE id LIKE 'LAB-%'",
                "UPDATE device SET customer = 'Other' WHERE id = 'OTHER-1'",
                "INSERT INTO instruction (device, sequence, enrolment, kind, subject, body, signature, key_id, not_after, created_by,"
                        + " created_at, reason) SELECT id, 7, repeat('0', 32), 'upload', 'analyser.log', 'x', 'y', repeat('0', 32),"
                        + " now(), 'person:eve', now(), '=HYPERLINK(\"http://x\")' FROM device",
                "INSERT INTO audit_entry (actor, code, subject, detail) SELECT 'person:eve', 'instruction.created', id,"
                        + " 'sequence=7 kind=upload subject=analyser.log' FROM device ORDER BY id",
                "INSERT INTO audit_entry (actor, code, subject, detail) SELECT 'device:' || id, 'instruction.finished', id,"
                        + " 'sequence=7 outcome=REFUSED' FROM device ORDER BY id",
                "INSERT INTO audit_entry (actor, code, subject, detail) VALUES ('person:eve', 'device.muted', 'LAB-1',"
                        + " 'reason=<b>service</b> until noon')",
                """
                INSERT INTO latest_value (device, item, observed_at, received_at, text, first_received)
                VALUES ('LAB-1', 'agent/policy', now(), now(), 'believed=yes\ncollect=allow\nset=allow\ndiagnose=ask\nrestart=deny
                upload=allow 07:00-19:00\npackage=allow\nreceive=ask 07:00-19:00\napprovers=group, 2 people
                sha256=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', now()),
                       ('LAB-2', 'agent/policy', now(), now(),
                        'believed=no: everything is denied: /etc/fairlead/site.conf is missing', now())
                """);
    }

    @AfterAll
    void close() {
        console.close();
        fleet.close();
    }

    private static Locator rows(Page page) {
        return page.locator(".fl-record tbody tr");
    }

    @Test
    void a_hospital_reads_what_was_done_by_whom_and_why_and_finds_it_again() throws IOException {
        try (Tab tab = console.as("carla").forgive("422").forgive("does not conform")) {
            Page page = tab.open("/record").page();
            assertThat(page.locator("h1")).hasText("What was done here");
            assertThat(page.locator("text=OTHER-1")).hasCount(0);
            assertThat(rows(page).first()).containsText("Muted the device: it gets no instructions");
            assertThat(rows(page).first()).containsText("Reason: <b>service</b> until noon");
            assertThat(rows(page).first()).containsText("Eve Berg");
            assertThat(page.locator(".fl-record")).containsText("Asked the device to: upload analyser.log");
            assertThat(page.locator(".fl-record")).containsText("and it was refused at the site");
            tab.axe().shots("record");

            page.fill("#f-device", "lab-1");
            page.check("#f-people");
            page.click("#record-filter button");
            assertThat(rows(page)).hasCount(3);
            page.fill("#f-to", LocalDate.now().minusDays(2).toString());
            page.click("#record-filter button");
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing fits");

            tab.open("/record?from=nonsense");
            assertThat(page.locator("#d-from .fl-wrong")).containsText("A date, please");

            tab.open("/record");
            Download file = page.waitForDownload(() -> page.click("#record-file"));
            List<String> lines = Files.readAllLines(file.path());
            assertThat(lines).noneMatch(line -> line.contains("OTHER-1"));
            assertThat(lines).anyMatch(line -> line.contains(",\"'=HYPERLINK(\"\"http://x\"\")\","));
        }
    }

    @Test
    void the_file_is_whole_however_much_was_done_and_the_audit_knows_who_took_it() throws IOException {
        TestPeople.with(fleet.postgres, "otto", "customer-user", "Other", null);
        fleet.postgres.execute("INSERT INTO audit_entry (actor, code, subject, detail)"
                + " SELECT 'person:eve', 'note.written', 'OTHER-1', 'note=' || n FROM generate_series(1, 5500) n");
        try (Tab tab = console.as("otto")) {
            Page page = tab.open("/record?who=eve").page();

            Download file = page.waitForDownload(() -> page.click("#record-file"));

            List<String> lines = Files.readAllLines(file.path());
            assertThat(lines).hasSize(5_502).doesNotHaveDuplicates();
            assertThat(lines.get(1)).endsWith(",note.written,note=5500");
            assertThat(lines.get(5_500)).endsWith(",note.written,note=1");
            assertThat(lines.get(5_501)).contains(",instruction.created,");
            assertThat(fleet.postgres.value(
                            "SELECT actor || ' ' || detail FROM audit_entry WHERE code = 'record.exported' ORDER BY id DESC"
                                    + " LIMIT 1"))
                    .isEqualTo("person:otto entries=5501 filter=who=eve");
        }
    }

    @Test
    void what_is_done_meanwhile_shows_by_itself_and_what_is_being_typed_stays() {
        fleet.enrolled("THIRD-1", TestFleet.hex(5));
        fleet.postgres.execute("UPDATE device SET customer = 'Third' WHERE id = 'THIRD-1'");
        try (Tab tab = console.as("eve")) {
            Page page = tab.open("/record?who=eve").page();
            assertThat(page.locator("#live")).hasText("Live");
            page.fill("#f-device", "typing");
            fleet.postgres.execute("INSERT INTO audit_entry (actor, code, subject, detail) VALUES ('person:eve',"
                    + " 'device.muted', 'THIRD-1', 'reason=just now')");
            console.live().changed("device/THIRD-1");
            assertThat(rows(page).first())
                    .containsText("Reason: just now", new ContainsTextOptions().setTimeout(20_000));
            assertThat(page.locator("#f-device")).hasValue("typing");
        }
    }

    @Test
    void a_hospital_reads_its_own_policy_as_the_agents_report_it() {
        try (Tab tab = console.as("carla")) {
            Page page = tab.open("/policy").page();
            Locator lines = page.locator(".fl-policy tbody tr");
            assertThat(lines).hasCount(3);
            assertThat(lines.nth(0)).containsText("denied");
            assertThat(lines.nth(0)).containsText("07:00-19:00");
            assertThat(lines.nth(0)).containsText("0123456789ab");
            assertThat(lines.nth(1)).containsText("Everything is denied");
            assertThat(lines.nth(1)).containsText("site.conf is missing");
            assertThat(lines.nth(2)).containsText("Not reported yet");
            tab.axe().shots("policy");
        }
    }

    @Test
    void a_hospitals_it_reads_neither_what_was_done_nor_the_policy() {
        try (Tab tab = console.as("ivan").forgive("403")) {
            for (String path : List.of("/record", "/record.csv", "/policy")) {
                assertThat(tab.open(path).page().locator("h1")).hasText("This is not for you");
            }
        }
    }
}
