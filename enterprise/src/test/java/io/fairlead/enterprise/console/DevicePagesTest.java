package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.file.Transfer;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Remark;
import io.fairlead.enterprise.instruction.Outcome;
import io.fairlead.enterprise.reach.CheckedRow;
import io.fairlead.enterprise.reach.Reached;
import io.fairlead.enterprise.reach.SiteCheck;
import io.fairlead.enterprise.reach.Trouble;
import io.fairlead.enterprise.reach.Way;
import io.fairlead.enterprise.status.AlarmChange;
import io.fairlead.enterprise.status.DataItem;
import io.fairlead.enterprise.status.DeviceEvent;
import io.fairlead.enterprise.status.InstructionResult;
import io.fairlead.enterprise.status.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a device, used as their users would. */
class DevicePagesTest {
    private static final String EVIL = "<script>document.title='owned'</script><img src=x onerror=alert(1)>";
    private static final String TURNED = "abc\u202egpj.exe \u001b[31mred\u001b[0m \u200bhidden";
    private static DeviceConsole all;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        all = new DeviceConsole(folder);
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static Tab tab() {
        Tab tab = all.console.as("anna");
        tab.page().setDefaultTimeout(30_000);
        return tab;
    }

    /** Opens the form of a deed on an alarm. */
    private static Locator opened(Page page, String alarm, String deed) {
        Locator form = page.locator("#open article", new Page.LocatorOptions().setHasText(alarm))
                .locator("details.dv-deed", new Locator.LocatorOptions().setHasText(deed));
        form.locator("summary").click();
        return form;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void the_newest_values_stand_with_unit_and_age_and_open_alarms_above_them() {
        DeviceId device = all.device("NOW-1");
        all.values(
                device,
                DataItem.ofNumber("pc.cpu", 12.5, "%"),
                DataItem.ofNumber("pc.memory", 71, "%"),
                DataItem.ofNumber("pc.uptime", 93_784, "s"),
                DataItem.ofNumber("pc.disk.root.free", 123_456_789_012.0, "By"),
                DataItem.ofNumber("lamp.hours", 1_204, "h"),
                DataItem.ofText("lamp.state", "warming up"),
                DataItem.ofText("lamp.serial", "LX-2209-A"));
        all.alarm(
                device,
                new AlarmChange("lamp.weak", Severity.WARNING, "Lamp is below 70 % of its light", true),
                new AlarmChange("door", Severity.CRITICAL, "The door is open", true));
        all.fleet.postgres.execute("UPDATE latest_value SET observed_at = now() - interval '3 hours'"
                + " WHERE device = 'NOW-1' AND item = 'lamp.serial'");
        try (Tab tab = tab()) {
            tab.open("/devices/NOW-1").axe().shots("device-now");
            Page page = tab.page();
            assertThat(page.locator("h1")).hasText("NOW-1");
            assertThat(page.locator(".dv-sub")).containsText("Online");
            assertThat(page.getByText("1 d 2 h")).isVisible();
            assertThat(page.getByText("123 GB")).isVisible();
            assertThat(page.locator("tr.dv-stale")).containsText("lamp.serial");
            assertThat(page.locator("#now table").first()).containsText("The door is open");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("lamp.hours"))
                    .click();
            assertThat(tab.path()).contains("/devices/NOW-1/history?item=lamp.hours");
        }
    }

    @Test
    void an_alarm_is_acknowledged_and_commented_and_bad_input_is_said_beside_the_field() {
        DeviceId device = all.device("ALARM-1");
        all.alarm(device, new AlarmChange("door", Severity.ERROR, "The door is open", true));
        all.alarm(device, new AlarmChange("lamp", Severity.INFO, "Lamp changed", true));
        all.alarm(device, new AlarmChange("lamp", Severity.INFO, null, false));
        all.event(
                device,
                new DeviceEvent("E-17", Severity.WARNING, "Sample 4711 repeated"),
                new DeviceEvent("E-20", Severity.INFO, "Maintenance done"));
        try (Tab tab = tab()) {
            tab.forgive("status of 422");
            Page page = tab.open("/devices/ALARM-1/alarms").page();
            Locator form = opened(page, "door", "Comment door");
            form.locator("textarea").fill("x\u202ey");
            form.locator("button").click();
            assertThat(page.locator("details[open] .fl-wrong")).containsText("turn writing round");
            assertThat(page.locator("details[open] textarea")).hasValue("x\u202ey");
            page.locator("details[open] textarea").fill("Seen at the rounds.\nDoor switch?");
            page.locator("details[open] form button").click();
            assertThat(page.locator(".dv-comments")).containsText("Door switch?");

            opened(page, "door", "Acknowledge door").locator("button").click();
            assertThat(page.locator(".dv-ack")).containsText("Acknowledged by anna");
            tab.axe().shots("device-alarms");
            assertThat(page.locator("#past").locator("..").locator("..")).containsText("Lamp changed");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("warning +"))
                    .click();
            assertThat(page.getByText("Sample 4711 repeated")).isVisible();
            assertThat(page.getByText("Maintenance done")).hasCount(0);
        }
        assertThat(await(all.alarms.open(ANNA, device)).get(0).acknowledged().by())
                .isEqualTo("person:anna");
    }

    @Test
    void who_acknowledges_second_is_told() {
        DeviceId device = all.device("ALARM-2");
        all.alarm(device, new AlarmChange("door", Severity.ERROR, "The door is open", true));
        try (Tab tab = tab()) {
            Page page = tab.open("/devices/ALARM-2/alarms").page();
            // Open before: the page hears of the other's deed, and leaves alone only what somebody types in.
            Locator form = opened(page, "door", "Acknowledge door");
            long alarm = await(all.alarms.open(ANNA, device)).get(0).id();
            assertThat(await(all.alarms.acknowledge(ANNA, alarm, new Remark("mine")))
                            .first())
                    .isTrue();
            form.locator("textarea").fill("I as well");
            form.locator("button").click();
            assertThat(page.locator(".fl-toast-fault")).containsText("anna (command line) had acknowledged");
            assertThat(page.locator(".dv-comments")).containsText("I as well");
        }
    }

    @Test
    void an_instruction_is_sent_and_its_result_arrives_without_loading_the_page_again() {
        DeviceId device = all.device("INST-1");
        try (Tab tab = tab()) {
            tab.forgive("status of 422");
            Page page = tab.open("/devices/INST-1/instructions").page();
            page.getByLabel("Set change a setting").check();
            page.getByLabel("Value").fill("5");
            button(page, "Send").click();
            assertThat(page.locator(".fl-wrong")).hasText("From 10 to 3600, please.");
            assertThat(page.getByLabel("Value")).hasValue("5");
            tab.shots("device-instructions-mend");
            page.getByLabel("Value").fill("30");
            page.locator("#f-reason").fill("ticket 4711");
            button(page, "Send").click();
            assertThat(page.locator("#i-1")).containsText("Set sample.period=30");
            assertThat(page.locator("#i-1")).containsText("waiting");
            assertThat(page.locator("#i-1")).containsText("ticket 4711");
            page.evaluate("window.sameDocument = true");

            all.result(device, new InstructionResult(1, Outcome.DONE, "sample.period is 30", all.clock.instant()));
            assertThat(page.locator("#i-1")).containsText("done");
            assertThat(page.locator("#i-1")).containsText("sample.period is 30");
            assertThat((Boolean) page.evaluate("window.sameDocument === true")).isTrue();

            page.getByLabel("Collect sample everything").check();
            button(page, "Send").click();
            button(page, "Cancel instruction 2").click();
            assertThat(page.locator("#i-2")).containsText("cancelled");
            tab.axe().shots("device-instructions");
        }
    }

    @Test
    void a_chart_is_zoomed_read_as_a_table_and_exported() throws IOException {
        DeviceId device = all.device("HIST-1");
        all.values(
                device,
                DataItem.ofNumber("lamp.temperature", 50, "°C"),
                DataItem.ofText("lamp.state", "ready"),
                DataItem.ofNumber("pc.cpu", 3, "%"));
        all.history(device, "lamp.temperature");
        try (Tab tab = tab()) {
            tab.forgive("status of 4");
            Page page = tab.open("/devices/HIST-1/history?item=lamp.temperature&item=lamp.state&range=1d")
                    .page();
            Locator chart = page.locator("[data-item='lamp.temperature'].dv-chart");
            assertThat(chart.locator("canvas")).isVisible();
            assertThat(chart.locator(".dv-summary")).containsText("least");
            assertThat(page.locator(".dv-states")).containsText("ready");
            tab.axe().shots("device-history");

            // Two days are too many values: they come as bands.
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("7 days"))
                    .click();
            assertThat(page.locator("a[data-range='7d']")).hasAttribute("aria-current", "true");
            assertThat(chart.locator("canvas")).isVisible();
            tab.shots("device-history-week");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("24 hours"))
                    .click();
            assertThat(chart.locator(".dv-plot")).not().hasAttribute("aria-busy", "true");
            Locator over = chart.locator(".u-over");
            var box = over.boundingBox();
            page.mouse().move(box.x + box.width * 0.5, box.y + 40);
            page.mouse().down();
            page.mouse().move(box.x + box.width * 0.75, box.y + 60);
            page.mouse().up();
            page.waitForURL(url -> url.contains("from="));
            assertThat(page.locator("a[data-range='1d']")).not().hasAttribute("aria-current", "true");
            Download csv = page.waitForDownload(() -> {
                page.locator("summary", new Page.LocatorOptions().setHasText("Export"))
                        .click();
                page.getByText("CSV, every value").click();
            });
            List<String> lines = Files.readString(csv.path()).lines().toList();
            assertThat(lines.get(0)).isEqualTo("device,item,observed_at,received_at,value,unit");
            assertThat(lines.size()).isBetween(290, 310);
            assertThat(csv.suggestedFilename()).endsWith(".csv");

            page.locator("#f-to").fill("2020-01-01T00:00");
            button(page, "Show").click();
            assertThat(page.locator("#span-wrong")).hasText("The end lies after the beginning.");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("As a table"))
                    .click();
            assertThat(page.locator("section.card").first()).containsText("lamp.state");
            tab.axe().shots("device-history-table");
            tab.open("/devices/HIST-1/history?item=lamp.temperature&from=soon&to=2026-01-01");
            assertThat(page.locator(".dv-span-said")).containsText("A time in UTC, please");
        }
    }

    @Test
    void files_are_asked_for_taken_sent_and_cancelled() throws IOException {
        DeviceId device = all.device("FILE-1");
        byte[] log = "line\n".repeat(90_000).getBytes(StandardCharsets.UTF_8);
        var done = all.files.uploaded(device, "logs/<b>app.log", log);
        try (Tab tab = tab()) {
            tab.forgive("status of 422");
            Page page = tab.open("/devices/FILE-1/files").page();
            Locator row = page.locator("#t-" + done.value());
            assertThat(row).containsText("app");
            Download download =
                    page.waitForDownload(() -> row.getByRole(AriaRole.LINK).click());
            assertThat(Files.readAllBytes(download.path())).isEqualTo(log);

            page.getByLabel("Path").fill("../../etc/shadow\u202e");
            page.locator("form[action$='files/upload'] button").click();
            assertThat(page.locator(".alert-danger").first()).isVisible();
            assertThat(page.getByLabel("Path")).hasValue("../../etc/shadow\u202e");
            page.getByLabel("Path").fill("logs/today.log");
            page.locator("form[action$='files/upload'] button").click();
            assertThat(page.locator("#files")).containsText("today.log");

            byte[] sent = new byte[700_000];
            new java.util.Random(5).nextBytes(sent);
            button(page, "Send").click();
            assertThat(page.locator("#send-file-wrong")).hasText("Choose a file.");
            page.setInputFiles("#send-file", new FilePayload("fix.zip", "application/zip", sent));
            assertThat(page.locator("#send-name")).hasValue("fix.zip");
            page.locator("#send-reason").fill("ticket 4711");
            button(page, "Send").click();
            assertThat(page.locator("#files")).containsText("fix.zip");
            Transfer transfer = await(all.files.transfers.list(ANNA, device, 10)).stream()
                    .filter(one -> one.asked().equals("fix.zip"))
                    .findFirst()
                    .orElseThrow();
            assertThat(transfer.offer().size()).isEqualTo(700_000);
            assertThat(transfer.offer().sha256()).isEqualTo(io.fairlead.enterprise.file.TestFiles.sha256(sent));
            tab.axe().shots("device-files");
            page.locator("#t-" + transfer.id().value())
                    .getByRole(AriaRole.BUTTON)
                    .click();
            assertThat(page.locator("#t-" + transfer.id().value())).containsText("cancelled");
        }
    }

    @Test
    void a_device_is_muted_and_unmuted_and_reported_stolen_only_by_its_name() {
        all.device("MUTE-1");
        try (Tab tab = tab()) {
            tab.forgive("status of 422");
            Page page = tab.open("/devices/MUTE-1").page();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Mute…"))
                    .click();
            button(page, "Mute").click();
            assertThat(page.locator(".fl-wrong")).hasText("This is needed.");
            page.locator("#f-reason").fill("sends nonsense");
            tab.axe().shots("device-mute");
            button(page, "Mute").click();
            assertThat(page.locator(".alert-warning")).containsText("Muted.");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Unmute…"))
                    .click();
            page.locator("#f-reason").fill("repaired");
            button(page, "Unmute").click();
            assertThat(page.locator(".alert-warning")).hasCount(0);

            tab.open("/devices/MUTE-1/stolen");
            page.locator("#f-reason").fill("the room was broken into");
            page.getByLabel("Type the device").fill("mute-1");
            button(page, "Report stolen").click();
            assertThat(page.locator(".fl-wrong")).containsText("exactly");
            tab.axe().shots("device-stolen");
            page.getByLabel("Type the device").fill("MUTE-1");
            button(page, "Report stolen").click();
            assertThat(page.locator(".alert-danger")).containsText("Reported stolen");
            tab.open("/devices/MUTE-1/record").axe().shots("device-record");
            assertThat(page.locator("table")).containsText("reported it stolen: the room was broken into");
            assertThat(page.locator("table")).containsText("unmuted it: repaired");
            tab.open("/devices/MUTE-1/identity").axe().shots("device-identity");
        }
    }

    @Test
    void a_device_is_changed_put_into_a_group_retired_by_its_name_and_brought_back() {
        all.device("RETIRE-1");
        try (Tab tab = tab()) {
            tab.forgive("status of 422");
            Page page = tab.open("/devices/RETIRE-1/change").page();
            page.locator("#f-site").fill("Bern");
            page.locator("#f-serial").fill("");
            button(page, "Save").click();
            assertThat(page.locator(".fl-wrong")).hasText("This is needed.");
            page.locator("#f-serial").fill("S-1");
            all.fleet.postgres.execute("UPDATE device SET region = 'CH', version = version + 1 WHERE id = 'RETIRE-1'");
            button(page, "Save").click();
            assertThat(page.locator("[role=alert]")).containsText("Somebody has changed this device");
            assertThat(page.locator("#f-site")).hasValue("Bern");
            tab.axe().shots("device-change");
            page.locator("#f-region").fill("CH");
            button(page, "Save").click();
            assertThat(page.locator(".fl-facts").nth(2)).containsText("Bern");

            tab.open("/groups");
            page.locator("#f-name").fill("night shift");
            button(page, "Make").click();
            assertThat(page.locator(".fl-wrong")).containsText("Letters, digits");
            page.locator("#f-name").fill("night-shift");
            button(page, "Make").click();
            page.locator("#f-devices").fill("RETIRE-1, NO-SUCH");
            button(page, "Put in").click();
            assertThat(page.locator("#members")).containsText("RETIRE-1");
            assertThat(page.locator("#f-devices")).hasValue("NO-SUCH");
            tab.axe().shots("group");
            tab.open("/groups").axe().shots("groups");
            tab.open("/devices/RETIRE-1/identity").axe().shots("device-groups");
            page.getByLabel("Take out of night-shift").click();
            page.locator("select[name=group]").selectOption("night-shift");
            button(page, "Put in").click();
            assertThat(page.locator(".dv-groups")).containsText("night-shift");

            page.locator(".dv-deeds summary").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Retire…"))
                    .click();
            page.locator("#f-reason").fill("worn out");
            page.getByLabel("Type the device").fill("RETIRE-1");
            tab.axe().shots("device-retire");
            button(page, "Retire").click();
            assertThat(page.locator(".alert-warning")).containsText("Retired.");
            assertThat(page.getByText("Mute…")).hasCount(0);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Bring back…"))
                    .click();
            page.locator("#f-reason").fill("repaired");
            tab.axe().shots("device-unretire");
            button(page, "Bring back").click();
            assertThat(page.locator(".dv-sub")).containsText("Not enrolled");
            tab.open("/devices/RETIRE-1/record");
            assertThat(page.locator("table")).containsText("brought it back into service: repaired");
        }
    }

    @Test
    void a_note_is_added_put_right_and_nothing_typed_is_lost() {
        DeviceId device = all.device("NOTE-1");
        try (Tab tab = tab()) {
            tab.forgive("status of 422");
            Page page = tab.open("/devices/NOTE-1/notes").page();
            tab.shots("device-notes-empty");
            page.locator("#f-text").fill("x".repeat(4_001));
            button(page, "Add note").click();
            assertThat(page.locator(".fl-wrong")).containsText("At most 4000 characters");
            assertThat(page.locator("#f-text")).hasValue("x".repeat(4_001));
            page.locator("#f-text").fill("Door switch is sticky.\n" + EVIL);
            button(page, "Add note").click();
            assertThat(page.locator(".dv-written")).containsText(EVIL);
            long id = await(all.notes.list(ANNA, device, 0, 1)).get(0).id();
            page.locator("summary", new Page.LocatorOptions().setHasText("Put right"))
                    .click();
            page.locator("#note-" + id).fill("Door switch replaced.");
            tab.axe().shots("device-notes");
            button(page, "Save").click();
            assertThat(page.locator(".dv-written")).hasText("Door switch replaced.");
            page.locator("summary", new Page.LocatorOptions().setHasText("Put right"))
                    .click();
            all.fleet.postgres.execute(
                    "UPDATE device_note SET written_at = now() - interval '1 hour' WHERE id = " + id);
            page.locator("#note-" + id).fill("typed for a quarter of an hour");
            button(page, "Save").click();
            assertThat(page.locator("#f-text")).hasValue("typed for a quarter of an hour");
            assertThat(page.locator(".alert-danger")).containsText("can no longer be put right");
        }
    }

    @Test
    void what_the_site_lets_through_is_shown_failing_rows_first_and_beside_the_check_before() {
        DeviceId device = all.device("REACH-1");
        try (Tab tab = tab()) {
            Page page = tab.open("/devices/REACH-1/reach").page();
            assertThat(page.locator("#reach")).containsText("Never checked");
            reached(device, Instant.now().minusSeconds(60), null, "");
            assertThat(page.locator("#reach")).containsText("All 2 required rows are reached.");
            assertThat(page.locator("#reach")).containsText("version 2026112200");
            tab.axe().shots("device-reach-good");
            reached(device, Instant.now().minusSeconds(7_200), Trouble.TLS_INSPECTION, EVIL);
            assertThat(page.locator("#reach")).containsText("1 of 2 required rows are not reached.");
            Locator first = page.locator("#reach tbody tr").first();
            assertThat(first).containsText("files.service.example");
            assertThat(first).containsText("TLS inspected");
            assertThat(first).containsText("was open");
            assertThat(first).containsText(EVIL);
            assertThat(page.locator("#reach")).containsText("earlier by the device's clock");
            assertThat(page.locator("main script, main img[src=x], main b")).hasCount(0);
            tab.axe().shots("device-reach");
        }
    }

    private static void reached(DeviceId device, Instant at, @Nullable Trouble trouble, String found) {
        CheckedRow open = new CheckedRow(
                "agents.service.example", CheckedRow.Protocol.TCP, 443, true, Reached.OPEN, null, Way.DIRECT, "");
        CheckedRow other = new CheckedRow(
                "files.service.example",
                CheckedRow.Protocol.TCP,
                443,
                true,
                trouble == null ? Reached.OPEN : Reached.FAILED,
                trouble,
                Way.HTTP_PROXY,
                found);
        Void unused = await(all.checks.take(device, new SiteCheck(at, "2026112200", 0, List.of(open, other))));
    }

    @Test
    void texts_of_a_device_are_shown_and_do_nothing() {
        DeviceId device = all.device("EVIL-1");
        String instruction = "line <b>1</b> \u001b[2J " + TURNED + "\n" + "x".repeat(900);
        all.values(
                device,
                DataItem.ofText("evil.text", EVIL),
                DataItem.ofText("evil.turned", TURNED.replace("\u001b", "")));
        all.alarm(device, new AlarmChange("evil", Severity.ERROR, EVIL, true));
        all.event(device, new DeviceEvent("evil", Severity.ERROR, EVIL + "\n" + "y".repeat(900)));
        long number = await(all.instructions.create(
                ANNA, device, new io.fairlead.enterprise.instruction.Act.Collect(), java.time.Duration.ofHours(1)));
        all.fleet.postgres.execute(
                "UPDATE instruction SET outcome = 'DONE', reported_at = now(), finished_at = now(), detail = repeat('"
                        + EVIL.replace("'", "''") + "', 900) WHERE device = 'EVIL-1' AND sequence = " + number);
        assertThat(instruction).isNotEmpty();
        try (Tab tab = tab()) {
            for (String path : List.of("", "/alarms", "/instructions", "/record", "/history?item=evil.text")) {
                Page page = tab.open("/devices/EVIL-1" + path).page();
                assertThat(page.title()).startsWith("EVIL-1");
                assertThat(page.locator("main script, main img[src=x], main b")).hasCount(0);
            }
            Page page = tab.open("/devices/EVIL-1").page();
            assertThat(page.locator("#now")).containsText(EVIL);
            assertThat(page.locator("#now")).containsText("⟨U+202E⟩gpj.exe");
            tab.axe().shots("device-hostile");
            tab.open("/devices/EVIL-1/instructions").axe().shots("device-hostile-instructions");
        }
    }

    @Test
    void who_lacks_training_or_rights_is_told_or_shown_nothing() {
        all.device("SEEN-1");
        all.console.person("eve", "service-engineer");
        all.console.person("olga", "operator");
        try (Tab olga = all.console.as("olga")) {
            Page page = olga.open("/devices/SEEN-1/instructions").page();
            assertThat(page.locator(".dv-lack")).hasText("You have no training for Analyser 3 on record.");
            assertThat(button(page, "Send")).isDisabled();
            olga.axe().shots("device-untrained");
        }
        try (Tab eve = all.console.as("eve")) {
            eve.forgive("status of 404");
            Page page = eve.open("/devices/SEEN-1").page();
            assertThat(page.locator("main")).containsText("There is nothing here");
            eve.open("/devices/no%20such");
            assertThat(page.locator("main")).containsText("There is nothing here");
        }
    }
}
