package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.login.Session;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was typed outlives a log-in or a passkey that is asked for in between, for its own writer and nobody else. */
class DraftTest {
    private static final String PASSWORD = "correct horse battery staple";

    private TestDatabase postgres;
    private TestLogInConsole console;

    @BeforeEach
    void start() throws IOException {
        postgres = TestDatabase.start();
        console = new TestLogInConsole(postgres);
        for (String name : new String[] {"anna", "bert"}) {
            console.logins.person(name);
            console.logins.password(name, PASSWORD);
        }
    }

    @AfterEach
    void stop() {
        console.close();
        postgres.close();
    }

    private static void logIn(Page page, String name) {
        page.locator("#name").fill(name);
        page.locator("#password").fill(PASSWORD);
        page.locator("#login [type=submit]").click();
    }

    private static void write(Page page) {
        page.getByLabel("Log-in name").fill("nina");
        page.getByLabel("Display name").fill("Nina “Ä” <b>Lind</b> \uD83D\uDE00");
    }

    private static void add(Page page) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Add").setExact(true))
                .click();
    }

    private static void isBack(Page page) {
        assertThat(page.locator(".fl-toast")).containsText("What you had typed is back");
        assertThat(page.getByLabel("Log-in name")).hasValue("nina");
        assertThat(page.getByLabel("Display name")).hasValue("Nina “Ä” <b>Lind</b> \uD83D\uDE00");
    }

    @Test
    void a_form_is_as_it_was_when_the_passkey_has_been_shown() {
        try (Tab tab = console.browser().forgive("422")) {
            Page page = tab.page();
            String unused = tab.authenticator();
            tab.open("/login?to=/account");
            logIn(page, "anna");
            page.waitForURL("**/account");
            page.locator("#passkeyName").fill("laptop");
            page.locator("#addPasskey [type=submit]").click();
            assertThat(page.locator(".fl-toast")).containsText("The passkey is registered.");
            console.logins.grant("anna", "operator");

            tab.open("/new-person");
            add(page);
            assertThat(page.locator("main form")).isVisible();
            write(page);
            add(page);
            page.waitForURL("**/login/passkey?to=%2Fnew-person");
            page.locator("#passkey [type=submit]").click();
            page.waitForURL("**/new-person");
            isBack(page);

            add(page);
            page.waitForURL("**/style");
            tab.open("/new-person");
            assertThat(page.getByLabel("Log-in name")).hasValue("");
        }
    }

    @Test
    void a_form_is_as_it_was_when_its_writer_has_logged_in_again_and_empty_for_anybody_else() {
        try (Tab tab = console.browser()) {
            Page page = tab.page();
            tab.open("/login?to=/new-person");
            logIn(page, "anna");
            page.waitForURL("**/new-person");
            write(page);
            leave("anna");
            add(page);
            page.waitForURL("**/login?to=%2Fnew-person**");
            logIn(page, "anna");
            page.waitForURL("**/new-person");
            isBack(page);

            leave("anna");
            add(page);
            page.waitForURL("**/login?to=%2Fnew-person**");
            logIn(page, "bert");
            page.waitForURL("**/new-person");
            assertThat(page.getByLabel("Log-in name")).hasValue("");
            assertThat(page.locator(".fl-toast")).hasCount(0);
        }
    }

    private void leave(String person) {
        for (Session one : await(console.logins.sessions.of(person))) {
            if (one.endedAt() == null) {
                Void unused = await(console.logins.sessions.logOut(one));
            }
        }
    }
}
