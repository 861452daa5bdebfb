package io.fairlead.enterprise.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.enterprise.account.Call;
import io.fairlead.enterprise.account.TestAccounts;
import io.fairlead.enterprise.account.TestCertificate;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.guide.Contracts;
import io.fairlead.enterprise.integration.IntegrationLane;
import io.fairlead.enterprise.integration.IntegrationSettings;
import io.fairlead.enterprise.integration.RefusedDeeds;
import io.fairlead.enterprise.integration.UserOperations;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.notification.DeliveryHistory;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.PeopleSearch;
import io.fairlead.enterprise.roster.TestPeople;
import io.fairlead.soap.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The pages for those who build another system, with the services beside them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntegrationPagesTest {
    private static final String PUBLISHED = "https://lab.example:8443";

    private final TestAccounts room = new TestAccounts();
    private final Vertx vertx = Vertx.vertx();
    private final List<String> cookies = new CopyOnWriteArrayList<>();
    private IntegrationLane lane;
    private TestConsole console;

    @BeforeAll
    void open() {
        lane = new IntegrationLane(
                List.of(new UserOperations(
                        room.people,
                        new PeopleSearch(room.database, room.rights, room.clock),
                        room.grants,
                        room.clock)),
                room.accounts,
                room.certified,
                room.failedCalls,
                new RefusedDeeds(room.audit, room.clock),
                Proxies.of(List.of()),
                new IntegrationSettings(true, PUBLISHED, false, Optional.empty()),
                new Blocking(vertx),
                Timers.of(vertx),
                room.clock,
                Ids.random(),
                new SimpleMeterRegistry());
        console = TestConsole.beside(
                router -> {
                    router.route("/services/*").handler(context -> {
                        cookies.add(String.valueOf(context.request().getHeader("Cookie")));
                        context.next();
                    });
                    lane.mount(router);
                },
                room.postgres,
                new IntegrationPages(
                        Optional.of(new Contracts(
                                PUBLISHED,
                                "https://certified.example:8445",
                                false,
                                lane.services(),
                                new Blocking(vertx))),
                        room.register,
                        room.clock),
                new AccountPages(
                        room.register,
                        room.certificates,
                        room.failedCalls,
                        new DeliveryHistory(room.database, room.people),
                        room.clock));
        console.person("anna", "operator");
        TestPeople.with(room.postgres, "cora", "customer-administrator", "St. Mary", null);
    }

    @AfterAll
    void close() {
        console.close();
        lane.close();
        await(vertx.close());
        room.close();
    }

    @Test
    void an_account_is_added_rotated_limited_disabled_and_its_password_shown_once() {
        try (Tab tab = console.as("anna").forgive("422")) {
            Page page = tab.open("/new-account").page();
            page.locator("#f-name").fill("ERP");
            page.getByLabel("Label").fill("SAP");
            page.getByLabel("Organisation").fill("Example");
            page.getByLabel("Addresses").fill("10.20.0.1/16");
            click(page, "Add");
            assertThat(page.locator(".fl-wrong").first()).containsText("Small letters");
            assertThat(page.locator(".fl-wrong").last()).containsText("names one address and many");
            tab.axe().shots("account-new-wrong");
            page.locator("#f-name").fill("erp");
            page.getByLabel("Addresses").fill("10.20.0.0/16\n2001:db8::/48");
            click(page, "Add");
            assertThat(page.locator("#secret")).hasValue(Pattern.compile("fla_[A-Za-z0-9_-]{32}"));
            String first = page.locator("#secret").inputValue();
            await(room.register.details(TestAccounts.ROOT, "erp"));
            tab.axe().shots("account-made");
            tab.open("/integration/accounts/erp");
            assertThat(page.locator("#secret")).hasCount(0);
            assertThat(page.content()).doesNotContain(first);

            page.getByLabel("Days that the one until now is taken beside it").fill("91");
            click(page, "Make another password");
            assertThat(page.locator("#rotate .fl-wrong")).containsText("From 0 to 90");
            page.getByLabel("Days that the one until now is taken beside it").fill("7");
            click(page, "Make another password");
            assertThat(page.locator("#secret")).not().hasValue(first);
            assertThat(page.locator("#passwords tbody tr")).hasCount(2);
            click(page, "Make another password");
            assertThat(page.locator("#rotate .fl-wrong")).containsText("two passwords already");
            click(page, "Forget the old password");
            assertThat(page.locator(".fl-toast")).containsText("only the newest");
            assertThat(page.locator("#passwords tbody tr")).hasCount(1);

            page.getByLabel("Addresses").fill("0.0.0.0/0");
            click(page, "Save");
            assertThat(page.locator("#limit .fl-wrong")).containsText("needs 1 to 32 bits");
            page.getByLabel("Addresses").fill("");
            assertThat(page.locator("#limit .fl-wrong")).not().containsText("invalid");
            click(page, "Save");
            assertThat(page.locator(".fl-toast")).containsText("Taken from anywhere");
            click(page, "Disable");
            assertThat(page.locator("#disable .fl-wrong")).containsText("This is needed");
            page.getByLabel("Why this account is disabled").fill("replaced");
            click(page, "Disable");
            assertThat(page.locator(".alert-warning")).containsText("its calls are refused");
            tab.axe().shots("account-disabled");
            tab.open("/integration?q=SAP");
            assertThat(page.locator("#accounts tbody")).containsText("Disabled");
            assertThat(page.locator("#accounts tbody")).containsText("anywhere");
        }
    }

    @Test
    void a_certificate_is_pasted_shown_by_its_fingerprint_and_removed() {
        room.account("scanner", "10.0.0.0/8");
        TestCertificate own = TestCertificate.of(
                "CN=scanner", room.clock.instant(), room.clock.instant().plus(Duration.ofDays(20)));
        try (Tab tab = console.as("anna").forgive("422")) {
            Page page = tab.open("/integration/accounts/scanner").page();
            page.locator("#certificate textarea").fill(own.pem() + own.keyPem());
            click(page, "Take this certificate");
            assertThat(page.locator("#certificate .fl-wrong")).containsText("There is a private key in this");
            page.locator("#certificate textarea").fill(own.pem());
            page.locator("#f-certificate-until").fill("2027-12-31");
            click(page, "Take this certificate");
            assertThat(page.locator("#certificate .fl-wrong")).containsText("a day before its own end");
            tab.axe().shots("account-certificate-wrong");
            page.locator("#f-certificate-until").fill("");
            click(page, "Take this certificate");
            assertThat(page.locator(".fl-toast")).containsText("may call with this certificate");
            String fingerprint = own.read().sha256().toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
            assertThat(page.locator("#certificates tbody")).containsText(fingerprint);
            assertThat(page.locator("#certificates .fl-state-warn")).hasCount(1);
            tab.axe().shots("account-certificate");
            click(page, "Remove the certificate " + own.read().sha256().substring(0, 8));
            assertThat(page.locator(".fl-toast")).containsText("No further call");
            assertThat(page.locator("#certificates")).hasCount(0);
        }
    }

    @Test
    void what_is_served_is_listed_and_a_contract_downloaded_as_generators_take_it() throws IOException {
        room.account("lims", "10.0.0.0/8");
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/integration").page();
            assertThat(page.locator("#services code").first()).hasText(PUBLISHED + "/services/v1/UserService");
            assertThat(page.locator("#services code").last()).hasText(PUBLISHED + "/services/v1/soap12/UserService");
            assertThat(page.locator("body")).containsText("at https://certified.example:8445");
            tab.axe().shots("integration");
            Download zip = page.waitForDownload(
                    () -> page.locator("#services a").first().click());
            List<String> names = new ArrayList<>();
            try (ZipInputStream in = new ZipInputStream(zip.createReadStream())) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    names.add(entry.getName());
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(text).doesNotContain("console.example");
                    if (entry.getName().endsWith(".wsdl")) {
                        assertThat(text)
                                .contains(
                                        "\"" + PUBLISHED + "/services/v1/UserService\"",
                                        "schemaLocation=\"UserService.xsd\"");
                    }
                }
            }
            assertThat(names).containsExactly("UserService.wsdl", "UserService.xsd", "common.xsd");
        }
    }

    @Test
    void a_request_is_tried_from_the_browser_and_a_failed_one_stands_on_the_accounts_page() {
        String password = room.account("crm", "127.0.0.0/8", "::1");
        Actor unused = TestPeople.with(room.postgres, "crm", "training-system", null, null);
        List<String> asked = new ArrayList<>();
        try (Tab tab =
                console.as("anna").forgive("403").forgive("401").forgive("500").forgive("400")) {
            Page page = tab.open("/integration/try").page();
            page.onRequest(request -> {
                if (!request.url().contains("/services/")) {
                    asked.add(request.url() + request.postData());
                }
            });
            assertThat(page.locator("#try-send")).isEnabled();
            page.locator("#try-operation").selectOption("UserService FindById");
            assertThat(page.locator("#try-purpose")).not().isEmpty();
            assertThat(page.locator("#try-envelope")).hasValue(Pattern.compile("<t:FindById "));
            click(page, "Send");
            assertThat(page.locator("#try-wrong")).containsText("name of an account");
            page.locator("#try-name").fill("crm");
            page.getByLabel("Password of the account").fill(password);
            assertThat(page.locator("#try-curl")).containsText("curl --user 'crm'");
            assertThat(page.locator("#try-curl")).not().containsText(password);
            click(page, "Send");
            assertThat(page.locator("#try-status")).containsText("HTTP 200");
            assertThat(page.locator("#try-answer")).containsText("anna");
            tab.axe().shots("integration-try");
            page.locator("#try-soap").selectOption("1.2");
            assertThat(page.locator("#try-curl")).containsText("/services/v1/soap12/UserService");
            page.locator("#try-envelope")
                    .fill(page.locator("#try-envelope").inputValue().replace(">anna<", ">nobody<"));
            click(page, "Send");
            assertThat(page.locator("#try-status")).containsText("a fault");
            assertThat(page.locator("#try-answer")).containsText("not-found");
            assertThat(page.content()).doesNotContain(password);
            tab.axe().shots("integration-try-fault");
            assertThat(asked).isNotEmpty().noneMatch(one -> one.contains(password));
            assertThat(cookies).containsOnly("null").hasSize(2);
            tab.open("/integration/accounts/crm");
            assertThat(page.locator("#failed tbody tr").first()).containsText("FindById");
            assertThat(page.locator("#failed tbody tr").first()).containsText("not-found");
            tab.axe().shots("account-failed");
        }
    }

    @Test
    void how_notifications_are_delivered_stands_on_the_accounts_page() {
        room.account("told");
        room.postgres.execute(
                "INSERT INTO notification_subscription (id, account, endpoint, soap12, token, kinds, state, created_at,"
                        + " attempts, next_try) VALUES ('" + "ab".repeat(16) + "', 'told',"
                        + " 'https://erp.example/in?key=hidden-key', false, 'hidden-token', '{alarm-raised}', 'failing',"
                        + " now(), 1, now())",
                "INSERT INTO notification_attempt (subscription, at, took_ms, count, first_number, last_number, kinds,"
                        + " status, failure, tries, next_try) VALUES ('" + "ab".repeat(16)
                        + "', now(), 12, 3, 7, 9, '{alarm-raised,session-ended}', 503, 'STATUS', 1, now())");
        try (Tab tab = console.as("anna")) {
            Page page = tab.open("/integration/accounts/told").page();
            String row = "#told-" + "ab".repeat(16) + " tbody tr";
            assertThat(page.locator(row)).containsText("alarm-raised, session-ended");
            assertThat(page.locator(row)).containsText("7 to 9");
            assertThat(page.locator(row)).containsText("HTTP 503: The answer has another status than 200");
            assertThat(page.content()).contains("https://erp.example/in?…").doesNotContain("hidden-");
            tab.axe().shots("account-told");
        }
    }

    @Test
    void a_customers_administrator_sees_his_own_accounts_only() {
        room.account("theirs");
        room.failedCalls.note(
                Actor.integration("theirs", false),
                Call.UNKNOWN,
                Fault.ACCOUNT_REFUSED,
                "",
                Proxies.of(List.of()).visitor("192.0.2.7", null));
        try (Tab tab = console.as("cora").forgive("404")) {
            Page page = tab.open("/integration").page();
            assertThat(page.locator("#accounts")).hasCount(0);
            assertThat(page.locator(".fl-empty-title")).hasText("No account yet");
            tab.open("/integration/accounts/theirs");
            assertThat(page.locator("h1")).hasText("There is nothing here");
            tab.open("/new-account");
            assertThat(page.getByLabel("Customer")).hasValue("St. Mary");
        }
    }

    private static void click(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
