package io.fairlead.enterprise.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.enterprise.kernel.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The frame of the pages in a real browser. */
class FrameTest {
    private static TestDatabase postgres;
    private static TestConsole console;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.start();
        console = TestConsole.withBanner("Demo: passkeys are waived.", postgres, new StylePages());
        console.person("anna", "operator");
        console.person("carl", "customer-user");
    }

    @AfterAll
    static void stop() {
        console.close();
        postgres.close();
    }

    @Test
    void a_page_stands_in_the_frame_without_a_complaint_and_without_a_fault_of_axe() {
        try (Tab tab = console.as("anna")) {
            tab.open("/style").axe().shots("frame-parts");
            assertThat(tab.page().locator("h1")).hasText("Parts");
            assertThat(tab.page().locator(".fl-banner")).hasText("Demo: passkeys are waived.");
            assertThat(tab.page().locator(".fl-nav a[aria-current]")).hasText("Parts");
            assertThat(tab.page().locator("time[data-form=minute]"))
                    .hasText(java.util.regex.Pattern.compile(" UTC[+]0[12]:00$"));
        }
    }

    @Test
    void a_form_that_must_be_mended_says_why_beside_the_field_and_loses_nothing() {
        try (Tab tab = console.as("anna")) {
            tab.forgive("status of 422").open("/style");
            Page page = tab.page();
            page.getByLabel("Name").fill("<b>A name that is far too long</b>");
            page.getByLabel("Hours").fill("twelve");
            page.getByLabel("Note").fill("two\nlines");
            page.getByLabel("I am sure").check();
            button(page, "Save").click();

            assertThat(page.locator("#d-f, .fl-wrong")).hasCount(2);
            assertThat(page.locator("#d-name")).containsText("At most 20 characters, please; these are 34.");
            assertThat(page.locator("#d-hours")).containsText("A whole number, please, such as 0.");
            assertThat(page.getByLabel("Name")).hasValue("<b>A name that is far too long</b>");
            assertThat(page.getByLabel("Hours")).hasValue("twelve");
            assertThat(page.getByLabel("Note")).hasValue("two\nlines");
            assertThat(page.getByLabel("I am sure")).isChecked();
            tab.axe().shots("frame-form");

            page.getByLabel("Name").fill("LAB-7");
            page.getByLabel("Hours").fill("12");
            button(page, "Save").click();
            assertThat(page.locator(".fl-toast")).hasText("Saved LAB-7, 12 h. “§ü”");
            tab.shots("frame-toast");
        }
    }

    @Test
    void htmx_changes_a_part_with_the_token_and_says_so() {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/style").page();
            button(page, "Send by htmx").click();
            assertThat(page.locator("#part")).containsText("Loading …");
            assertThat(page.locator(".fl-toast")).hasText("Sent – by htmx");
        }
    }

    @Test
    void a_hint_renews_a_part_in_every_page_over_one_stream_of_the_browser() {
        try (Tab tab = console.as("anna")) {
            Page first = tab.open("/style").page();
            assertThat(first.locator("#live")).hasText("Live");
            Page second = first.context().newPage();
            second.navigate(console.url() + "/style");
            assertThat(second.locator("#live")).hasText("Live");
            assertThat(console.live().count()).isEqualTo(1);

            String before = first.locator("#hints").innerText();
            console.live().changed("device/LAB-8");
            console.live().changed("device/LAB-7");
            assertThat(first.locator("#hints")).not().hasText(before);
            assertThat(second.locator("#hints")).containsText("<b>hint</b>");

            console.logOut("anna");
            second.waitForURL("**/login?to=%2Fstyle&ended=yes");
            first.waitForURL("**/login?to=%2Fstyle&ended=yes");
        }
    }

    @Test
    void a_page_whose_server_goes_away_says_so_comes_again_by_itself_and_reads_everything_anew() {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/style").page();
            assertThat(page.locator("#live")).hasText("Live");
            Object unused = page.evaluate("""
                    () => {
                      const live = document.getElementById('live');
                      document.addEventListener('fairlead:live', () => (document.body.dataset.said = [document.body.dataset.said, live.textContent].join(' / ')));
                    }""");
            String before = page.locator("#hints").innerText();

            console.live().stop();

            assertThat(page.locator("#hints")).not().hasText(before);
            // The page's own policy lets nobody look again and again by script, so it is looked at as it stands there.
            assertThat(page.locator("body")).hasAttribute("data-said", " / Not live / Live");
        }
    }

    @Test
    void the_theme_that_was_chosen_stays_and_the_menu_is_there_on_a_narrow_screen() {
        try (Tab tab = console.as("carl")) {
            Page page = tab.open("/style").page();
            page.locator(".fl-menu-end summary").click();
            button(page, "Dark").click();
            page.reload();
            assertThat(page.locator("html")).hasAttribute("data-bs-theme", "dark");

            page.setViewportSize(390, 844);
            page.locator(".fl-narrow-menu summary").click();
            assertThat(page.locator(".fl-narrow-menu a:visible")).hasCount(2);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(java.nio.file.Path.of("target/screenshots/frame-menu-narrow.png")));
        }
    }

    @Test
    void the_keyboard_goes_to_the_search_to_pages_and_to_the_help() {
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/style").page();
            page.keyboard().press("/");
            assertThat(page.getByLabel("Hours")).isFocused();
            page.getByLabel("Hours").blur();
            page.keyboard().press("?");
            assertThat(page.locator("#keys")).isVisible();
            tab.axe().shots("frame-keys");
            page.keyboard().press("Escape");
            assertThat(page.locator("#keys")).isHidden();
            page.keyboard().press("g");
            page.keyboard().press("a");
            page.waitForURL("**/audit");
            page.keyboard().press("Tab");
            assertThat(page.locator(".fl-skip")).isFocused();
        }
    }

    @Test
    void errors_are_pages_too() {
        try (Tab tab = console.as("carl")) {
            tab.forgive("status of 4").forgive("status of 500");
            tab.open("/nowhere").axe().shots("frame-404");
            assertThat(tab.page().locator("h1")).hasText("There is nothing here");
            tab.open("/audit").axe().shots("frame-403");
            tab.open("/broken").axe().shots("frame-500");
        }
        try (Tab tab = console.stranger()) {
            tab.open("/style").axe().shots("frame-bare");
            assertThat(tab.path()).isEqualTo("/login?to=%2Fstyle");
        }
    }

    @Test
    void a_virtual_authenticator_makes_passkeys_here() {
        try (Tab tab = console.stranger()) {
            tab.open("/login");
            assertThat(tab.authenticator()).isNotEmpty();
            Object id = tab.page().evaluate("""
                            async () => (await navigator.credentials.create({ publicKey: {
                              challenge: new Uint8Array(32), rp: { name: 'Fairlead' },
                              user: { id: new Uint8Array(16), name: 'anna', displayName: 'Anna' },
                              pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }] } })).id""");
            assertThat((String) id).isNotEmpty();
        }
    }

    private static com.microsoft.playwright.Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
