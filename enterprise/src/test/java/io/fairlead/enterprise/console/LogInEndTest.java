package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.kernel.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a log-in ends, and what of it stands on open pages, in a real browser at two nodes. */
class LogInEndTest {
    private static final String PASSWORD = "seven purple owls dance";
    private static final String ENDED = "Your log-in has ended";

    private static TestDatabase postgres;
    private static TestLogInConsole node;
    private static TestLogInConsole other;

    @BeforeAll
    static void start() throws IOException {
        postgres = TestDatabase.start();
        node = new TestLogInConsole(postgres, Duration.ofMillis(100));
        // It must be told.
        other = new TestLogInConsole(postgres, Duration.ofHours(1));
    }

    @AfterAll
    static void stop() {
        other.close();
        node.close();
        postgres.close();
    }

    private static Page in(Tab tab, String name) {
        node.logins.person(name);
        node.logins.password(name, PASSWORD);
        tab.open("/login?to=/style");
        return again(tab.page(), name);
    }

    private static Page again(Page page, String name) {
        page.locator("#name").fill(name);
        page.locator("#password").fill(PASSWORD);
        page.locator("#login [type=submit]").click();
        page.waitForURL("**/style");
        assertThat(page.locator("#live")).hasText("Live");
        return page;
    }

    /** The same person in the same browser at the other node: cookies do not know ports. */
    private static Page atOther(Page page) {
        Page there = page.context().newPage();
        there.navigate(other.url() + "/style");
        assertThat(there.locator("#live")).hasText("Live");
        return there;
    }

    /** As if nothing had been done for so many minutes. */
    private static void idle(String person, int minutes) {
        postgres.execute("UPDATE login_session SET seen_at = now() - interval '" + minutes
                + " minutes' WHERE ended_at IS NULL AND person = '" + person + "'");
    }

    private static boolean seen(String person) {
        return postgres.value("SELECT max(seen_at) > now() - interval '5 minutes' FROM login_session"
                        + " WHERE ended_at IS NULL AND person = '" + person + "'")
                .equals("t");
    }

    @Test
    void a_page_that_is_open_and_refreshes_itself_is_no_sign_of_life_but_a_click_is() {
        try (Tab tab = node.browser()) {
            Page page = in(tab, "anna");
            AtomicInteger parts = new AtomicInteger();
            page.onResponse(response -> {
                if (response.url().endsWith("/style/hints")) {
                    parts.incrementAndGet();
                }
            });
            idle("anna", 29);
            for (int i = 0; i < 3; i++) {
                String before = page.locator("#hints").innerText();
                node.live().changed("device/LAB-7");
                assertThat(page.locator("#hints")).not().hasText(before);
            }
            // A stream that is opened anew.
            Object opened = page.evaluate("""
                    () => new Promise((done) => {
                      new EventSource('/live?topics=devices').addEventListener('hello', done);
                    })""");
            assertThat(opened).isNotNull();
            assertThat(parts.get()).isGreaterThan(2);
            assertThat(seen("anna")).isFalse();

            page.locator("text=Send by htmx").click();
            assertThat(page.locator("#part")).hasText("sent");
            assertThat(seen("anna")).isTrue();
        }
    }

    @Test
    void who_says_that_a_page_asks_by_itself_is_logged_out_the_sooner_and_nothing_else() {
        String ask = "async (by) => (await fetch('/style/hints', { headers: by })).status";
        try (Tab tab = node.browser()) {
            Page page = in(tab, "eve");
            idle("eve", 29);
            assertThat(page.evaluate(ask, Map.of("Fairlead-By-Itself", "no, really")))
                    .isEqualTo(200);
            assertThat(seen("eve")).isFalse();
            assertThat(page.evaluate(ask, Map.of())).isEqualTo(200);
            assertThat(seen("eve")).isTrue();
        }
    }

    @Test
    void a_page_says_by_itself_that_nothing_was_done_for_too_long_and_is_there_again_after_the_log_in() {
        try (Tab tab = node.browser()) {
            Page page = in(tab, "dora");
            page.locator("#f-note").fill("a long story");
            page.locator("#f-sure").check();
            idle("dora", 31);
            page.waitForURL("**/login?to=%2Fstyle&ended=yes");
            assertThat(page.locator(".alert-info")).containsText(ENDED);
            tab.axe().shots("login-ended");
            assertThat(again(page, "dora").locator("h1")).hasText("Parts");
            assertThat(page.locator("#f-note")).hasValue("a long story");
            assertThat(page.locator("#f-sure")).isChecked();
        }
    }

    @Test
    void a_log_out_at_one_node_ends_the_pages_at_another_at_once() {
        try (Tab tab = node.browser()) {
            Page here = in(tab, "bert");
            Page there = atOther(here);
            assertThat(other.live().count()).isEqualTo(1);

            here.locator("summary[aria-label*=account]").click();
            here.locator("text=Log out").click();

            here.waitForURL("**/login");
            assertThat(here.locator("main")).not().containsText(ENDED);
            there.waitForURL("**/login?to=%2Fstyle*");
            assertThat(other.live().count()).isZero();
        }
    }

    @Test
    void a_person_who_is_disabled_elsewhere_is_out_at_once() {
        try (Tab tab = node.browser()) {
            Page page = atOther(in(tab, "carl"));
            int ended = await(node.logins.database.inTransaction(
                    connection -> node.logins.sessions.endAll(connection, "person:mara", "carl", "disabled")));
            assertThat(ended).isEqualTo(1);
            page.waitForURL("**/login?to=%2Fstyle&ended=yes");
        }
    }
}
