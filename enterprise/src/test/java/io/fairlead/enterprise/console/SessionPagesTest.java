package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.remote.DeviceWord.Said;
import io.fairlead.enterprise.remote.RemoteSession;
import io.fairlead.enterprise.remote.SessionWish;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of remote sessions, used as their users would; the instrument is played. */
class SessionPagesTest {
    private static final SessionService VIEW = new SessionService("desktop", Mode.VIEW);
    private static final SessionService CONTROL = new SessionService("desktop", Mode.CONTROL);
    private static final String EVIL = "<img src=x onerror=alert(1)>";
    private static DeviceConsole all;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        all = new DeviceConsole(folder);
        all.console.person("carla", "customer-user");
        all.console.person("erik", "service-engineer");
        all.console.training("erik", "Analyser 3");
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    private static Tab tab(String person) {
        Tab tab = all.console.as(person);
        tab.page().setDefaultTimeout(30_000);
        return tab;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static RemoteSession asked(TestInstrument lab, String by, String reason, SessionService... services) {
        return await(
                all.sessions.request(new SessionWish(Actor.person(by, true), lab.id(), reason, 30, List.of(services))));
    }

    private static String field(RemoteSession one, String column) {
        return all.fleet.postgres.value("SELECT " + column + " FROM remote_session WHERE id = '" + one.id() + "'");
    }

    @Test
    void an_engineer_asks_for_what_the_site_offers_and_sees_it_granted_used_and_ended_without_a_reload()
            throws IOException {
        TestInstrument lab = TestInstrument.of(all, "SESSION-1");
        lab.policy("believed=yes\nsession=ask 07:00-19:00\nservices=3\nservice.desktop=rfb\nservice.shell=terminal\n"
                + "service.database=raw");
        try (Tab tab = tab("erik").forgive("422")) {
            Page page = tab.open("/devices/SESSION-1/sessions").axe().page();
            assertThat(page.locator(".dv-side"))
                    .containsText("Somebody at the instrument is asked (07:00-19:00 by the PC’s clock)");
            button(page, "Ask").click();
            assertThat(page.locator(".dv-side")).containsText("Choose what the session is to be about.");
            assertThat(page.locator("#d-reason")).containsText("This is needed.");
            page.getByText("View and control").click();
            page.getByText("database").click();
            page.locator("#f-reason").fill("ticket 4711 " + EVIL);
            page.locator("#f-minutes").fill("481");
            button(page, "Ask").click();
            assertThat(page.locator("#d-minutes")).containsText("From 1 to 480");
            tab.shots("session-ask");
            page.locator("#f-minutes").fill("45");
            button(page, "Ask").click();

            page.waitForURL(Pattern.compile("/sessions/[0-9a-f]{32}$"));
            String id = page.url().substring(page.url().lastIndexOf('/') + 1);
            assertThat(page.locator(".se-state")).hasText("on its way");
            assertThat(page.locator("#session")).containsText("ticket 4711 " + EVIL);
            tab.axe().shots("session-asked");
            RemoteSession one = await(all.sessions.get(Actor.person("erik", true), id));
            assertThat(one.services()).containsExactly(CONTROL, new SessionService("database", Mode.USE));
            assertThat(one.minutes()).isEqualTo(45);

            assertThat(lab.says(one, Said.ASKED, "")).isEmpty();
            assertThat(page.locator(".se-state")).hasText("being asked");
            page.locator("#f-reason").fill("being typed");
            assertThat(lab.grants(one, "lab3 " + EVIL, VIEW, new SessionService("database", Mode.USE)))
                    .isEmpty();
            assertThat(page.locator(".se-state")).hasText("open");
            assertThat(page.locator(".se-left")).hasText(Pattern.compile("4[34]:[0-5][0-9]"));
            assertThat(page.locator("#session")).containsText("desktop, view only");
            assertThat(page.locator("#session")).containsText("lab3 " + EVIL);
            assertThat(page.locator("#f-reason")).hasValue("being typed");
            assertThat(page.locator(".se-ways a")).hasAttribute("href", "/sessions/" + id + "/desktop/desktop/view");
            assertThat(page.locator(".se-command code")).hasText("fairlead connect SESSION-1 database --listen 0");
            tab.axe().shots("session-open");

            Download download =
                    page.waitForDownload(() -> page.getByText("Download").click());
            assertThat(download.suggestedFilename()).isEqualTo(id + ".receipt");
            assertThat(Files.readString(download.path()))
                    .startsWith("fairlead receipt 1\ndevice SESSION-1\n")
                    .containsPattern("\nnumber 1\nsignature [A-Za-z0-9+/=]+\n-----BEGIN CERTIFICATE-----\n")
                    .satisfies(text ->
                            assertThat(text.split("BEGIN CERTIFICATE", -1)).hasSize(3));

            all.fleet.postgres.execute("INSERT INTO remote_stream (id, session, service, viewer, bound, relay, made_at,"
                    + " opened_at, from_agent, from_viewer) VALUES (repeat('a', 32), '" + id
                    + "', 'view/desktop', 'person:erik', repeat('b', 64), 'x', now(), now(), 1234567, 89)");
            assertThat(page.locator("#streams")).containsText("1.2 MB");
            assertThat(lab.says(one, Said.ENDED, "stopped by \u202edlrow\nlab3"))
                    .isPresent();
            assertThat(page.locator(".se-state")).hasText("ended");
            assertThat(page.locator(".se-says")).hasText("It is over: ended at the instrument.");
            assertThat(page.locator("#session")).containsText("⟨U+202E⟩dlrow");
            assertThat(page.locator(".se-end")).isHidden();
            tab.axe().shots("session-over");
        }
    }

    @Test
    void another_engineer_asks_to_watch_and_the_first_says_yes_and_stops_him_without_a_reload() {
        TestInstrument lab = TestInstrument.of(all, "SESSION-9");
        all.console.person("vera", "auditor");
        all.console.person("bert", "service-engineer");
        all.console.training("bert", "Analyser 3");
        RemoteSession one = asked(lab, "erik", "ticket 4711", CONTROL);
        assertThat(lab.grants(one, "lab3", CONTROL)).isEmpty();
        try (Tab first = tab("erik");
                Tab second = tab("bert");
                Tab auditor = tab("vera")) {
            Page his = first.open("/sessions/" + one.id()).page();
            Page page = second.open("/sessions/" + one.id()).page();
            assertThat(button(his, "Ask to watch")).hasCount(0);
            assertThat(button(auditor.open("/sessions/" + one.id()).page(), "Ask to watch"))
                    .hasCount(0);
            button(page, "Ask to watch").click();
            assertThat(page.locator(".se-watch-says")).hasText("Erik Berg is being asked.");
            second.axe().shots("session-watch-asks");
            assertThat(his.locator(".se-watcher-asks")).containsText("asks to watch");
            first.axe().shots("session-watch-asked");
            button(his, "No").click();
            assertThat(page.locator(".se-watch-says")).hasText("Erik Berg said no.");
            button(page, "Ask to watch").click();
            assertThat(page.locator("#toasts")).containsText("You have asked a moment ago.");
            all.fleet.postgres.execute("UPDATE remote_watcher SET asked_at = now() - interval '2 minutes'");
            button(page, "Ask to watch").click();
            button(his, "Allow").click();

            assertThat(page.locator(".se-ways a"))
                    .hasAttribute("href", "/sessions/" + one.id() + "/desktop/desktop/view");
            assertThat(button(his, "Allow")).hasCount(0);
            assertThat(auditor.page().locator("#session")).containsText("may watch.");
            first.axe().shots("session-watched");
            his.locator(".se-watcher button").click();
            assertThat(page.locator(".se-watch-says")).hasText("You watch no more: ended by the engineer.");
            assertThat(page.locator(".se-ways a")).hasCount(0);
        }
    }

    @Test
    void who_asks_without_a_known_policy_types_services_and_is_told_what_is_no_service() {
        TestInstrument lab = TestInstrument.of(all, "SESSION-2");
        try (Tab tab = tab("anna").forgive("422")) {
            Page page = tab.open("/devices/SESSION-2/sessions").axe().page();
            assertThat(page.locator("#d-other")).containsText("The agent has not said what can be asked for.");
            assertThat(page.locator("#sessions")).containsText("No sessions yet");
            page.locator("#f-reason").fill("x\u202ey");
            page.locator("#f-other").fill("desktop:dance");
            button(page, "Ask").click();
            assertThat(page.locator("#d-other"))
                    .containsText(
                            "\"dance\" of \"desktop:dance\" is no mode; possible are desktop:view, desktop:control");
            page.locator("#f-other").fill("desktop:view desktop:control");
            button(page, "Ask").click();
            assertThat(page.locator("#d-other")).containsText("asked for twice");
            page.locator("#f-other").fill("desktop:view, shell:terminal");
            button(page, "Ask").click();
            assertThat(page.locator("#d-reason")).containsText("turn writing round");
            assertThat(page.locator("#f-other")).hasValue("desktop:view, shell:terminal");

            all.fleet.postgres.execute("UPDATE device SET muted = true WHERE id = 'SESSION-2'");
            page.locator("#f-reason").fill("ticket 4711");
            button(page, "Ask").click();
            assertThat(page.locator(".alert-danger")).containsText("This device is muted");
            assertThat(button(page, "Ask")).isDisabled();
            assertThat(all.fleet.count("remote_session WHERE device = 'SESSION-2'"))
                    .isZero();
            int revoked = await(all.certificates.revoke("SESSION-2", "os:test", "lost"));
            assertThat(revoked).isEqualTo(1);
            all.fleet.postgres.execute("UPDATE device SET muted = false WHERE id = 'SESSION-2'");
            tab.open("/devices/SESSION-2/sessions");
            page.locator("#f-reason").fill("ticket 4711");
            page.locator("#f-other").fill("desktop:view");
            button(page, "Ask").click();
            assertThat(page.locator(".alert-danger")).containsText("certificates are revoked or have ended");
            for (String[] state : List.of(
                    new String[] {"UPDATE device SET stolen_at = now() WHERE id = 'SESSION-2'", "reported stolen"},
                    new String[] {"UPDATE device SET stolen_at = NULL, muted = true WHERE id = 'SESSION-2'", "muted"},
                    new String[] {
                        "UPDATE device SET muted = false, enrolment = NULL WHERE id = 'SESSION-2'",
                        "No agent is enrolled"
                    })) {
                all.fleet.postgres.execute(state[0]);
                tab.open("/devices/SESSION-2/sessions");
                assertThat(page.locator(".dv-side .dv-lack").first()).containsText(state[1]);
                assertThat(button(page, "Ask")).isDisabled();
            }
        }
    }

    @Test
    void who_is_not_trained_is_told_so_and_who_only_looks_has_no_form() {
        TestInstrument lab = TestInstrument.of(all, "SESSION-3");
        all.console.person("olga", "operator");
        all.console.person("ada", "auditor");
        try (Tab operator = tab("olga");
                Tab auditor = tab("ada")) {
            Page page = operator.open("/devices/" + lab.id() + "/sessions").page();
            assertThat(page.locator(".dv-side")).containsText("You have no training for Analyser 3 on record.");
            assertThat(button(page, "Ask")).isDisabled();
            Page looks = auditor.open("/devices/" + lab.id() + "/sessions").page();
            assertThat(looks.locator(".dv-main")).containsText("No sessions yet");
            assertThat(looks.locator(".dv-side")).hasCount(0);
            assertThat(looks.locator(".fl-part")).hasCount(0);
        }
    }

    @Test
    void a_customer_reads_who_asked_why_what_was_granted_and_by_whom_at_his_own_devices_only() {
        TestInstrument own = TestInstrument.of(all, "SESSION-4");
        TestInstrument others = TestInstrument.of(all, "SESSION-5");
        all.fleet.postgres.execute(
                "UPDATE device SET customer = 'Saint Mary', site = 'Core lab' WHERE id = 'SESSION-4'");
        RemoteSession one = asked(own, "erik", "ticket 4711", CONTROL);
        assertThat(own.grants(one, "lab3", VIEW)).isEmpty();
        assertThat(await(all.sessions.end(Actor.person("erik", true), one.id(), "all done"))
                        .cause())
                .isNotNull();
        RemoteSession no = asked(own, "anna", "look at the log", VIEW);
        assertThat(own.says(no, Said.DECLINED, "not during a run")).isPresent();
        RemoteSession another = asked(others, "erik", "other place", VIEW);
        try (Tab tab = tab("carla").forgive("404")) {
            Page page = tab.open("/sessions").axe().shots("sessions-customer").page();
            assertThat(page.locator("h1")).hasText("Remote sessions at your devices");
            Locator rows = page.locator("#sessions tbody tr");
            assertThat(rows).hasCount(2);
            assertThat(rows.nth(1)).containsText("Erik Berg");
            assertThat(rows.nth(1)).containsText("ticket 4711");
            assertThat(rows.nth(1)).containsText("desktop, view only");
            assertThat(rows.nth(1)).containsText("granted by lab3");
            assertThat(rows.nth(1)).containsText("ended by the engineer");
            assertThat(page.locator("#sessions")).not().containsText("SESSION-5");
            assertThat(page.locator("#open")).containsText("Nothing is open or asked for.");
            page.locator("#f-end").selectOption("DECLINED");
            button(page, "Search").click();
            assertThat(rows).hasCount(1);
            rows.first().locator("a").first().click();
            assertThat(page.locator(".se-state")).hasText("declined");
            assertThat(page.locator(".se-now")).containsText("not during a run");
            assertThat(page.locator(".se-end")).hasCount(0);
            tab.open("/sessions/" + another.id());
            assertThat(page.locator("h1")).hasText("There is nothing here");
        }
    }

    @Test
    void what_is_open_is_counted_in_the_corner_and_an_operator_ends_all_of_it_with_a_reason() {
        TestInstrument lab = TestInstrument.of(all, "SESSION-6");
        RemoteSession before = asked(lab, "erik", "first", VIEW);
        try (Tab tab = tab("anna").forgive("422")) {
            Page page = tab.open("/devices/SESSION-6/sessions").page();
            Locator count = page.locator(".fl-open b");
            assertThat(count).hasText(Pattern.compile("[1-9][0-9]*"));
            int open = Integer.parseInt(count.textContent());
            RemoteSession second = asked(lab, "erik", "second", VIEW);
            assertThat(count).hasText(Integer.toString(open + 1));
            assertThat(lab.grants(second, "lab3", VIEW)).isEmpty();
            assertThat(page.locator("#s-" + second.id())).containsText("open");

            page.getByText("End all of this device").click();
            tab.axe().shots("sessions-end");
            button(page, "End all 2").click();
            assertThat(page.locator("#d-reason")).containsText("This is needed.");
            page.locator("#f-reason").fill("called by the customer");
            button(page, "End all 2").click();
            assertThat(page.locator("#toasts")).containsText("2 sessions are ended.");
            assertThat(page.locator("h1")).hasText("SESSION-6");
            assertThat(field(before, "state")).isEqualTo("WITHDRAWN");
            assertThat(field(second, "state || ' ' || cause || ' ' || detail"))
                    .isEqualTo("ENDED ENDED_BY_OPERATOR called by the customer");
            assertThat(all.fleet.count("audit_entry WHERE code = 'session.ended' AND subject = 'SESSION-6'"
                            + " AND actor = 'person:anna' AND detail LIKE '%called by the customer'"))
                    .isEqualTo(2);

            RemoteSession third = asked(lab, "erik", "third", VIEW);
            tab.open("/sessions");
            assertThat(page.locator("#open")).containsText("SESSION-6");
            tab.axe().shots("sessions");
            page.getByText("End all…").click();
            page.locator("#f-reason").fill("maintenance");
            page.locator("button.btn-danger").click();
            assertThat(page.locator("#toasts")).containsText(Pattern.compile("ended"));
            assertThat(page.locator("#open")).containsText("Nothing is open or asked for.");
            assertThat(field(third, "state")).isEqualTo("WITHDRAWN");
            assertThat(page.locator(".fl-open")).hasCount(0);
        }
    }
}
