package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.login.Session;
import io.fairlead.enterprise.login.TestLogins;
import io.fairlead.enterprise.people.Actor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log-in as people use it, in a real browser with a virtual authenticator. */
class LogInPagesTest {
    private static final String PASSWORD = "seven purple owls dance";
    private static final Actor ROOT = Actor.operatingSystem("root");

    private TestDatabase postgres;
    private TestLogInConsole console;

    @BeforeEach
    void start() throws IOException {
        postgres = TestDatabase.start();
        console = new TestLogInConsole(postgres);
    }

    @AfterEach
    void stop() {
        console.close();
        postgres.close();
    }

    private static void fill(Page page, Map<String, String> fields) {
        fields.forEach((id, value) -> page.locator("#" + id).fill(value));
    }

    private static void send(Page page, String form) {
        page.locator("#" + form + " [type=submit]").click();
    }

    private void logIn(Tab tab, String name, String password, String to) {
        tab.open("/login?to=" + to);
        fill(tab.page(), Map.of("name", name, "password", password));
        send(tab.page(), "login");
    }

    @Test
    void the_first_administrator_sets_a_password_and_a_passkey_and_logs_in_with_both() {
        try (Tab tab = console.browser()) {
            Page page = tab.page();
            String unused = tab.authenticator();
            tab.forgive("status of 401").forgive("status of 410");
            String link =
                    console.path(await(console.logins.links.first("server")).orElseThrow());
            tab.open(link);
            page.locator("#link").waitFor();
            assertThat(tab.path()).isEqualTo("/login/link");

            fill(
                    page,
                    Map.of(
                            "name",
                            "Mara",
                            "displayName",
                            "Mara Miller",
                            "organisation",
                            "Fairlead",
                            "new",
                            "too short"));
            send(page, "link");
            assertThat(page.locator("#new-wrong")).hasText("At least 15 characters, please; these are 9.");
            assertThat(page.locator("#again-wrong")).hasText("This is not the same.");
            tab.axe().shots("login-link");
            fill(page, Map.of("new", PASSWORD, "again", PASSWORD));
            send(page, "link");
            page.locator("#done a").click();

            logIn(tab, "mara", "not what she chose", "/style");
            assertThat(page.locator("#login [data-fault]")).hasText("Name or password are wrong.");
            assertThat(page.locator("#name")).hasValue("mara");
            tab.axe().shots("login");
            fill(page, Map.of("password", PASSWORD));
            page.keyboard().press("Enter");
            page.waitForURL("**/login/passkey**");
            String waiting = tab.cookies().get("__Host-fairlead").value;
            tab.axe().shots("login-passkey");
            send(page, "passkey");
            page.waitForURL("**/style");

            var cookie = tab.cookies().get("__Host-fairlead");
            assertThat(cookie.value).isNotEqualTo(waiting);
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.sameSite).hasToString("STRICT");
            assertThat(cookie.path).isEqualTo("/");
            assertThat(await(console.logins.sessions.of("mara")))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.confirmed()).isTrue();
                        assertThat(one.client()).contains("Chrome");
                    });

            tab.open(link);
            assertThat(page.locator("[role=alert]").first())
                    .hasText("This link is unknown, used or too old. Ask for another one.");
        }
    }

    @Test
    void who_gets_a_guarded_right_while_logged_in_by_password_is_asked_for_the_passkey_and_comes_back() {
        console.logins.person("anna");
        console.logins.password("anna", PASSWORD);
        try (Tab tab = console.browser()) {
            Page page = tab.page();
            String unused = tab.authenticator();
            logIn(tab, "anna", PASSWORD, "/account");
            page.waitForURL("**/account");
            fill(page, Map.of("passkeyName", "laptop"));
            send(page, "addPasskey");
            assertThat(page.locator(".fl-toast")).containsText("The passkey is registered.");
            tab.axe().shots("login-account");

            console.logins.grant("anna", "operator");
            tab.open("/guarded");
            page.waitForURL("**/login/passkey?to=%2Fguarded");
            send(page, "passkey");
            page.waitForURL("**/style");

            // It is the last one now, and she needs it.
            tab.open("/account");
            page.locator("text=Remove").first().click();
            assertThat(page.locator(".fl-toast")).containsText("This is your last passkey");

            tab.open("/lockouts");
            assertThat(page.locator("main")).containsText("Nothing is blocked");
            tab.axe().shots("login-blocked");
            page.locator("summary[aria-label*=account]").click();
            page.locator("text=Log out").click();
            page.waitForURL("**/login");
            tab.open("/account");
            page.waitForURL("**/login?to=%2Faccount");
        }
    }

    @Test
    void a_lost_passkey_is_replaced_by_a_link_of_somebody_else() {
        console.logins.person("bert");
        console.logins.password("bert", PASSWORD);
        console.logins.grant("bert", "operator");
        String lost = console.path(await(console.logins.links.make(ROOT, "bert", false)));
        for (String link : List.of(lost, "")) {
            try (Tab tab = console.browser()) {
                Page page = tab.page();
                String unused = tab.authenticator();
                tab.open(link.isEmpty() ? console.path(await(console.logins.links.make(ROOT, "bert", true))) : link);
                page.locator("#link").waitFor();
                fill(page, Map.of("new", PASSWORD, "again", PASSWORD, "passkeyName", "key" + link.length()));
                send(page, "link");
                page.locator("#done a").click();
                logIn(tab, "bert", PASSWORD, "/style");
                page.waitForURL("**/login/passkey**");
                send(page, "passkey");
                page.waitForURL("**/style");
            }
        }
        assertThat(await(console.logins.passkeys.of("bert")))
                .singleElement()
                .extracting(one -> one.name())
                .isEqualTo("key0");
        assertThat(postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'login.passkey-removed'"))
                .isEqualTo("1");
    }

    @Test
    void the_command_line_is_confirmed_by_the_same_person_only() {
        console.logins.person("carl");
        console.logins.grant("carl", "operator");
        console.logins.person("eve");
        console.logins.password("eve", PASSWORD);
        try (Tab tab = console.browser();
                Tab stranger = console.browser()) {
            Page page = tab.page();
            String unused = tab.authenticator();
            tab.open(console.path(await(console.logins.links.make(ROOT, "carl", false))));
            page.locator("#link").waitFor();
            fill(page, Map.of("new", PASSWORD, "again", PASSWORD));
            send(page, "link");
            page.locator("#done a").click();
            logIn(tab, "carl", PASSWORD, "/style");
            page.waitForURL("**/login/passkey**");
            send(page, "passkey");
            page.waitForURL("**/style");
            Session.Opened opened = console.logins
                    .logIn("carl", PASSWORD, Session.Kind.COMMAND_LINE, TestLogins.from("192.0.2.9"))
                    .opened();
            Session cli = opened.session();
            assertThat(cli.waiting()).isTrue();
            String code = await(console.logins.confirmations.make(cli)).code();

            stranger.forgive("status of 404");
            logIn(stranger, "eve", PASSWORD, "/account/confirm");
            stranger.page().waitForURL("**/account/confirm");
            fill(stranger.page(), Map.of("code", code));
            send(stranger.page(), "confirm");
            assertThat(stranger.page().locator("#confirm [data-fault]")).containsText("No such code");

            tab.open("/account/confirm#" + code.toLowerCase(java.util.Locale.ROOT));
            assertThat(page.locator("#whatAddress")).hasText("192.0.2.9");
            tab.axe().shots("login-confirm");
            send(page, "confirm");
            page.locator("#done").waitFor();

            Session now = await(console.logins.sessions.look(opened.token())).orElseThrow();
            assertThat(now.waiting()).isFalse();
            assertThat(now.confirmed()).isTrue();
        }
    }

    @Test
    void no_password_leaves_the_browser() {
        List<String> canaries = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            canaries.add("canary-" + i + "-sings-Ångström-" + (i * 7919 % 1000));
        }
        console.logins.person("dora");
        try (Tab tab = console.browser()) {
            Page page = tab.page();
            tab.forgive("status of 401");
            page.onRequest(request -> sent.add(request.url() + " " + request.headers() + " " + request.postData()));
            tab.open(console.path(await(console.logins.links.make(ROOT, "dora", false))));
            page.locator("#link").waitFor();
            fill(page, Map.of("new", canaries.get(0), "again", canaries.get(0)));
            send(page, "link");
            page.locator("#done a").click();
            for (String wrong : List.of(canaries.get(1), canaries.get(2))) {
                logIn(tab, "dora", wrong, "/account");
                assertThat(page.locator("#login [data-fault]")).hasText("Name or password are wrong.");
            }
            logIn(tab, "nobody", canaries.get(3), "/account");
            assertThat(page.locator("#login [data-fault]")).hasText("Name or password are wrong.");
            logIn(tab, "dora", canaries.get(0), "/account");
            page.waitForURL("**/account");
            for (int i = 4; i < 20; i++) {
                fill(
                        page,
                        Map.of(
                                "old",
                                i == 4 ? canaries.get(0) : canaries.get(i - 1),
                                "new",
                                canaries.get(i),
                                "again",
                                canaries.get(i)));
                send(page, "change");
                assertThat(page.locator(".fl-toast")).containsText("Your password is changed");
                page.locator(".fl-toast button").click();
            }
        }
        String all = console.received() + sent + dump();

        assertThat(sent).hasSizeGreaterThan(50);
        assertThat(console.received()).contains("POST /login/final").contains("dora");
        for (String canary : canaries) {
            for (String form : List.of(
                    canary,
                    canary.replace("Å", "").replace("ö", ""),
                    "canary-" + canaries.indexOf(canary) + "-sings",
                    java.net.URLEncoder.encode(canary, java.nio.charset.StandardCharsets.UTF_8),
                    java.util.Base64.getEncoder()
                            .encodeToString(("canary-" + canaries.indexOf(canary) + "-sings")
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .substring(0, 16))) {
                assertThat(all).doesNotContain(form);
            }
        }
    }

    /** Every row of every table, as text. */
    private String dump() {
        StringBuilder all = new StringBuilder();
        for (String table : postgres.value(
                        "SELECT string_agg(format('%I.%I', schemaname, tablename), ' ') FROM pg_tables"
                                + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
                .split(" ")) {
            all.append(postgres.value("SELECT string_agg(t::text, chr(10)) FROM " + table + " t"));
        }
        assertThat(all.toString()).contains("dora").contains("login.password-set");
        return all.toString();
    }
}
