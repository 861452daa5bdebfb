package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.allowlist.TestAllowlists.CATALOGUE;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.enterprise.allowlist.CustomerLinks;
import io.fairlead.enterprise.allowlist.CustomerLists;
import io.fairlead.enterprise.allowlist.TestAllowlists;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.publication.FirewallRoutes;
import io.fairlead.enterprise.roster.Roster;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllowlistPagesTest {
    private static final String ROOT = "5f3a".repeat(16);

    @TempDir
    private Path folder;

    private final TestDatabase postgres = TestDatabase.start();
    private final Vertx vertx = Vertx.vertx();
    private MovingClock clock;
    private TestAllowlists list;
    private TestConsole console;

    @BeforeEach
    void open() {
        postgres.execute(
                "DELETE FROM allowlist_edition",
                "DELETE FROM allowlist_live",
                "DELETE FROM allowlist_link",
                "DELETE FROM device");
        clock = new MovingClock(Instant.parse("2026-11-22T10:30:00Z"));
        list = new TestAllowlists(postgres, vertx, "agents.elsewhere.example", folder.resolve("list.yaml"), clock);
        FirewallRoutes firewall =
                new FirewallRoutes(list.lists, () -> new byte[0], "https://console.example", clock, () -> "c");
        console = TestConsole.beside(
                firewall::mount,
                postgres,
                new AllowlistPages(
                        list.lists,
                        new CustomerLists(postgres.database(), list.lists),
                        new Roster(postgres.database(), new Rights(postgres.database(), clock), clock),
                        () -> ROOT,
                        "https://console.example",
                        clock),
                new AllowlistLinkPages(
                        new CustomerLinks(
                                postgres.database(),
                                new Rights(postgres.database(), clock),
                                new Audit(postgres.database()),
                                Ids.random(),
                                clock),
                        "https://console.example"),
                doors -> List.of("Overview Devices Remote Enrol Clones Record Policy Audit People Integration Blocked"
                                .split(" "))
                        .forEach(word -> doors.menu(new MenuItem(word, "/" + word, "plug", "", Access.PERSON))));
    }

    @AfterEach
    void close() {
        console.close();
    }

    @AfterAll
    void end() {
        postgres.close();
        await(vertx.close());
    }

    @Test
    void an_administrator_who_is_nobody_here_chooses_reads_copies_and_takes_his_list() throws IOException {
        list.publish(CATALOGUE);
        try (Tab tab = console.stranger()) {
            Page page = tab.open("/allowlist").page();
            page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            assertThat(page.locator("#rows tbody tr")).hasCount(3);
            assertThat(page.locator("#rows")).containsText("Software packages <b>signed</b>");
            assertThat(page.locator("#root")).hasText(ROOT);
            tab.axe().shots("allowlist");

            page.getByLabel("Product").selectOption("Blood analysers");
            page.getByLabel("Site lets out").selectOption("443");
            page.getByLabel("Networks of the instruments").fill("10.20.0.0/16, 2001:DB8:7::/48");
            page.getByLabel("Format").selectOption("nftables");
            page.getByLabel("Format").press("Tab");
            page.keyboard().press("Enter");
            page.waitForURL("**/allowlist?product=blood-analysers&region=&profile=443&source=*");
            assertThat(page.locator("#rows tbody tr")).hasCount(2);
            assertThat(page.locator("#rows")).not().containsText("17001");
            assertThat(page.locator("#preview")).containsText("10.20.0.0/16");
            String shown = page.locator("#preview").textContent();
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Copy").setExact(true))
                    .click();
            assertThat(page.locator(".fl-toast")).hasText("Copied.");
            assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(shown);
            Download file =
                    page.waitForDownload(() -> page.getByText("Download").click());
            assertThat(file.suggestedFilename()).isEqualTo("fairlead-allowlist.nft");
            try (InputStream in = file.createReadStream()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(shown);
            }
            assertThat(page.locator("#curl"))
                    .containsText(
                            "'https://console.example/firewall/endpoints?format=nftables"
                                    + "&product=blood-analysers&profile=443&source=10.20.0.0%2F16&source=2001%3Adb8%3A7%3A%3A%2F48'");
            assertThat(page.locator("#edl-ip")).containsText("format=paloalto-edl&product=blood-analysers");
            tab.shots("allowlist-chosen");
        }
    }

    @Test
    void an_administrator_of_a_customer_reads_its_own_list_and_makes_and_revokes_a_link_to_it() {
        console.person("clara", "customer-administrator");
        postgres.execute(
                "INSERT INTO device (id, customer, site, region, model, serial, created_at) VALUES"
                        + " ('one', 'Saint Mary', 'S', 'eu', 'AU480', '1', now()), ('two', 'Other', 'S', 'eu', 'X', '1', now())");
        list.publish(CATALOGUE.replace("name: Blood analysers }", "name: Blood analysers, models: [AU480] }"));
        try (Tab tab = console.as("clara")) {
            Page page = tab.open("/allowlist").page();
            assertThat(page.getByLabel("Customer").locator("option"))
                    .hasText(new String[] {"All customers", "Saint Mary"});
            page.getByLabel("Customer").selectOption("Saint Mary");
            page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("#rows tbody tr")).hasCount(2);
            assertThat(page.locator("#curl")).hasCount(0);
            tab.axe();
            page.getByText("Make one").click();
            assertThat(page.getByLabel("Customer")).hasValue("Saint Mary");
            page.getByLabel("For whom or what").fill("Firewall <b>");
            page.getByLabel("Networks of the instruments").fill("10.20.0.0/33");
            page.getByText("Make", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator(".fl-wrong")).hasCount(1);
            Tab unused = tab.forgive("status of 422");
            page.getByLabel("Networks of the instruments").fill("10.20.0.0/16");
            page.getByText("Make", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("#link"))
                    .hasText(Pattern.compile("https://console.example/firewall/c/[0-9a-f]{64}/endpoints"));
            tab.axe().shots("allowlist-links");
            assertThat(tab.open("/allowlist/links").page().locator("#link")).hasCount(0);
            assertThat(page.locator("#links")).containsText(new String[] {"10.20.0.0/16"});
            page.getByText("Revoke", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator(".fl-toast")).containsText("Revoked");
            assertThat(page.locator("#links")).hasCount(0);
        }
        try (Tab tab = console.stranger()) {
            Page page = tab.open("/allowlist?customer=Saint+Mary").page();
            assertThat(page.locator(".fl-wrong")).containsText("not logged in");
            assertThat(page.locator("#rows")).hasCount(0);
        }
    }

    @Test
    void a_page_to_print_is_opened_and_looks_as_it_should() {
        list.publish(CATALOGUE);
        try (Tab tab = console.stranger()) {
            Page page = tab.open("/allowlist?format=html").page();
            assertThat(page.locator("#preview")).hasCount(0);
            Page print = page.waitForPopup(() -> page.getByText("Open to print").click());
            assertThat(print.locator("h1")).containsText("Example Diagnostics");
            assertThat(print.locator("td").first()).hasCSS("font-family", Pattern.compile(".*monospace"));
        }
    }

    @Test
    void what_is_typed_wrong_is_said_beside_it_and_no_list_is_shown_for_it() {
        list.publish(CATALOGUE);
        try (Tab tab = console.stranger()) {
            Page page = tab.open(
                            "/allowlist?product=stool-analysers&source=10.0.0.1/8&source=%3Cb%3E&format=pdf&profile=80")
                    .page();
            assertThat(page.locator(".fl-wrong")).containsText(new String[] {
                "no such product", "Choose one", "10.0.0.1/8 has bits set", "no such format"
            });
            assertThat(page.locator("#f-source")).hasValue("10.0.0.1/8 <b>");
            assertThat(page.locator("#rows")).hasCount(0);
            assertThat(page.locator("#preview")).hasCount(0);
            tab.axe().shots("allowlist-wrong");
            page.getByText("Show all").click();
            assertThat(page.locator("#rows tbody tr")).hasCount(3);
        }
    }

    @Test
    void who_is_logged_in_has_it_in_the_console_and_only_operators_hear_what_keeps_it_from_being_true() {
        console.person("anna", "operator");
        console.person("ines", "it-administrator");
        list.publish(CATALOGUE);
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/allowlist").page();
            assertThat(page.locator(".fl-nav a[aria-current]")).hasText("Allowlist");
            assertThat(page.locator(".alert-warning")).containsText("agents.elsewhere.example");
            // Every word of the menu has room.
            for (int width : new int[] {1280, 1366, 1441, 1761}) {
                page.setViewportSize(width, 800);
                assertThat((Integer) page.evaluate("(() => { const nav = document.querySelector('.fl-nav');"
                                + " return nav.clientWidth - nav.scrollWidth; })()"))
                        .as("at " + width)
                        .isZero();
            }
        }
        for (Tab each : List.of(console.as("ines"), console.stranger())) {
            try (Tab tab = each) {
                Page page = tab.open("/allowlist").page();
                assertThat(page.locator("#rows tbody tr")).hasCount(3);
                assertThat(page.content()).doesNotContain("elsewhere");
            }
        }
    }

    @Test
    void each_edition_says_what_it_changed_and_an_announced_row_is_marked() {
        try (Tab tab = console.stranger()) {
            Page page = tab.open("/allowlist").page();
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing is published yet");
            tab.open("/allowlist/changes");
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing is published yet");
            tab.axe();

            list.publish(CATALOGUE);
            clock.advance(Duration.ofDays(1));
            list.publish(CATALOGUE
                    .replace("required: false", "required: true")
                    .replace("203.0.113.0/24", "198.51.100.0/24")
                    .replace("[443, 8443]", "[443, 8444]"));
            tab.open("/allowlist?format=paloalto-edl");
            assertThat(page.locator(".fl-announced").first()).containsText("dialled from 2026-12-01");
            assertThat(page.locator("#rows")).containsText("198.51.100.0/24");
            assertThat(page.locator("#preview")).not().containsText("198.51.100.0/24");
            tab.shots("allowlist-announced");
            clock.advance(Duration.ofDays(61));
            list.publish(CATALOGUE
                    .replace("required: false", "required: true")
                    .replace("203.0.113.0/24", "198.51.100.0/24")
                    .replace("[443, 8443]", "[443, 8444]"));
            tab.open("/allowlist/changes");
            assertThat(page.locator("section h2"))
                    .hasText(new String[] {"Version 2027012300", "Version 2026112300", "Version 2026112200"});
            assertThat(page.locator("section").first()).containsText("The same rows, issued again");
            assertThat(page.locator("section").last()).containsText("The first list, of 3 rows.");
            assertThat(page.locator(".fl-changes tbody tr"))
                    .containsText(new String[] {"Added", "Added", "Changed", "Removed", "Removed"});
            assertThat(page.locator(".fl-changes tbody tr").nth(0)).containsText("from 2026-12-01");
            assertThat(page.locator(".fl-changes tbody tr").nth(2)).containsText("needed: required (was: optional)");
            tab.axe().shots("allowlist-changes");
            tab.open("/allowlist/changes?before=2026112300");
            assertThat(page.locator("section")).hasCount(1);
            tab.open("/allowlist/changes?before=1");
            assertThat(page.locator(".fl-empty-title")).hasText("Nothing older is kept");
        }
    }

    @Test
    void it_works_without_scripts() {
        list.publish(CATALOGUE);
        try (Tab tab = console.stranger()) {
            Page page = tab.page();
            page.route(Pattern.compile(".*\\.js"), route -> route.abort());
            tab.forgive("ERR_FAILED").open("/allowlist");
            page.getByLabel("Format").selectOption("csv");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                    .click();
            assertThat(page.locator("#preview")).containsText("agents.eu.service.example");
        }
    }
}
