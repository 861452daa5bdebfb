package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Note;
import io.fairlead.enterprise.fleet.Remark;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.status.Alarm;
import io.fairlead.enterprise.status.AlarmChange;
import io.fairlead.enterprise.status.Alarms.Acknowledgement;
import io.fairlead.enterprise.status.Severity;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do shows on the open pages of a device when it is done. */
class DeviceLiveTest {
    private static final Actor ERIK = Actor.person("erik", true);
    private static DeviceConsole all;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        all = new DeviceConsole(folder);
        all.console.person("erik", "operator");
        all.console.training("erik", "Analyser 3");
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    /** A page that hears of changes, and never asks just because time has passed. */
    private static Page listening(Tab tab, String path) {
        tab.page().addInitScript("""
                const later = window.setTimeout;
                window.setTimeout = (call, millis, ...more) => (millis > 15_000 ? 0 : later(call, millis, ...more));
                """);
        Page page = tab.open(path).page();
        assertThat(page.locator("#live")).hasText("Live");
        return page;
    }

    @Test
    void a_note_of_another_arrives_and_what_is_being_typed_stays() {
        DeviceId device = all.device("LIVE-1");
        try (Tab tab = all.console.as("anna")) {
            Page page = listening(tab, "/devices/LIVE-1/notes");
            page.locator("#f-text").fill("I am still typing");

            Note note = await(all.notes.write(ERIK, device, new Remark("Door switch is sticky.")));
            assertThat(page.locator(".dv-written")).hasText("Door switch is sticky.");
            Note right = await(all.notes.edit(ERIK, device, note.id(), note.version(), new Remark("Door is new.")));
            assertThat(page.locator("#n" + right.id() + " .dv-written")).hasText("Door is new.");

            assertThat(page.locator("#f-text")).hasValue("I am still typing");
        }
    }

    @Test
    void a_note_that_is_being_put_right_is_not_taken_from_under_the_hands() {
        DeviceId device = all.device("LIVE-2");
        try (Tab tab = all.console.as("anna")) {
            Note mine = await(all.notes.write(Actor.person("anna", true), device, new Remark("mine")));
            Page page = listening(tab, "/devices/LIVE-2/notes");
            Locator summary = page.locator("summary", new Page.LocatorOptions().setHasText("Put right"));
            summary.click();
            page.locator("#note-" + mine.id()).fill("better");

            Note other = await(all.notes.write(ERIK, device, new Remark("meanwhile")));
            page.locator("#notes[data-waits]").waitFor();
            assertThat(page.locator("#note-" + mine.id())).hasValue("better");
            summary.click();
            assertThat(page.locator("#n" + other.id())).containsText("meanwhile");
        }
    }

    @Test
    void what_another_does_about_an_alarm_shows_among_alarms_and_in_the_record() {
        DeviceId device = all.device("LIVE-3");
        all.alarm(device, new AlarmChange("door", Severity.ERROR, "The door is open", true));
        try (Tab tab = all.console.as("anna");
                Tab reader = all.console.as("anna")) {
            Page page = listening(tab, "/devices/LIVE-3/alarms");
            Page record = listening(reader, "/devices/LIVE-3/record");
            long alarm = await(all.alarms.open(ERIK, device)).get(0).id();

            Acknowledgement seen = await(all.alarms.acknowledge(ERIK, alarm, null));
            assertThat(page.locator(".dv-ack")).containsText("Acknowledged by erik");
            assertThat(record.locator("#record")).containsText("alarm.acknowledged");
            Alarm said = await(all.alarms.comment(ERIK, seen.alarm().id(), new Remark("Switch ordered.")));
            assertThat(page.locator(".dv-comments")).containsText("Switch ordered.");
            Alarm over = await(all.alarms.close(ERIK, said.id(), new Remark("Switch replaced.")));
            assertThat(page.locator("#open")).not().containsText(over.code());
            assertThat(record.locator("#record")).containsText("alarm.closed");
        }
    }
}
