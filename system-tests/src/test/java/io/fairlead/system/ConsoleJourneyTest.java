package io.fairlead.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The console from the first link to the last log-out, with a real server, a real agent and real browsers. */
@EnabledOnOs(OS.LINUX)
class ConsoleJourneyTest {
    private static final String DEVICE = ConsoleSite.DEVICE;
    private static final String MODEL = "Tester 1";
    private static final Pattern CONFIRMATION = Pattern.compile("(https://\\S+/account/confirm#\\S+)");

    private final Secrets secrets = new Secrets();
    private final ConsoleSite site = new ConsoleSite();
    private String url;

    @BeforeEach
    void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        site.start();
        url = site.url();
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    @Test
    void people_come_work_and_go_and_none_of_their_secrets_stays_behind() throws Exception {
        try (ConsoleUser mara = new ConsoleUser("mara", url, secrets);
                ConsoleUser emil = new ConsoleUser("emil", url, secrets);
                ConsoleUser stranger = new ConsoleUser("stranger", url, secrets)) {
            mara.takes(
                    site.firstLink(), Map.of("name", "mara", "displayName", "Mara Miller", "organisation", "Fairlead"));
            mara.logsIn();
            mara.tab().shots("journey-overview");
            String link = makesAnEngineer(mara);

            emil.takes(link, Map.of());
            emil.logsIn();
            findsTheDevice(emil);
            instructsAndWatches(emil);
            acknowledges(emil);

            logsATerminalIn(mara);
            replacesTheTraining(mara, emil);
            isLockedOutAndLetIn(stranger, mara);
            verifiesTheAudit(mara);
            losesHisTraining(emil);
            logsOutEverywhere(mara);
        }
        String rows = Secrets.dump(site.server());
        site.agent().stop();
        site.server().close();

        nothingIsLeft(rows);
    }

    private static String makesAnEngineer(ConsoleUser mara) {
        Page page = mara.page();
        mara.link("People").click();
        mara.link("Add a person").click();
        page.getByLabel("Log-in name").fill("emil");
        page.getByLabel("Display name").fill("Emil Ek");
        page.getByLabel("Organisation").fill("Example Service");
        mara.tab().shots("journey-new-person");
        mara.button("Add").click();
        Locator role = page.locator("#give-role");
        role.getByLabel("Role").selectOption("service-engineer");
        role.getByLabel("Region").fill("eu");
        role.getByLabel("Customer").fill("Test hospital");
        mara.button("Give").click();
        assertThat(page.locator(".fl-toast")).containsText("The role is given.");
        trains(mara);
        mara.button("Make a link").click();
        page.locator("#link").waitFor();
        mara.tab().axe().shots("journey-person-link");
        return page.locator("#link").textContent();
    }

    private static void trains(ConsoleUser mara) {
        mara.unfolds("Record a training");
        Locator training = mara.page().locator("#record-training");
        training.getByLabel("Model").fill(MODEL);
        training.getByLabel("Last day")
                .fill(LocalDate.now(ZoneOffset.UTC).plusYears(1).toString());
        training.getByLabel("Evidence").fill("course 4711");
        mara.button("Record").click();
        assertThat(mara.page().locator(".fl-toast")).containsText("The training is on record.");
    }

    private static void findsTheDevice(ConsoleUser emil) {
        emil.link("Devices").click();
        emil.page().locator("#f-q").fill("analyser");
        emil.page().keyboard().press("Enter");
        assertThat(emil.page().locator("#fleet tbody tr")).hasCount(1);
        emil.tab().shots("journey-devices");
        emil.link(DEVICE).click();
        emil.page().waitForURL("**/devices/" + DEVICE);
    }

    private void instructsAndWatches(ConsoleUser emil) throws Exception {
        Page page = emil.page();
        emil.link("Instructions").click();
        emil.button("Send").click();
        assertThat(page.locator("#i-1")).containsText("done");
        page.locator("#act-diagnose").check();
        page.getByLabel("Name of the diagnostic").fill("self-test");
        page.locator("#f-reason").fill("ticket 4711");
        emil.button("Send").click();
        Locator instruction = page.locator("#i-2");
        assertThat(instruction).containsText("at the device");
        emil.tab().axe().shots("journey-instruction-runs");
        page.evaluate("window.sameDocument = true");

        Path go = Path.of(site.agent().effects() + ".go");
        Files.writeString(go, "");
        assertThat(instruction).containsText("the lamp is good");
        assertThat(instruction).containsText("done");
        assertThat((Boolean) page.evaluate("window.sameDocument === true")).isTrue();
        emil.tab().shots("journey-instruction-done");
        emil.link("Now").click();
        assertThat(page.locator("#now")).containsText("812.5");
        emil.tab().shots("journey-device");
    }

    private void acknowledges(ConsoleUser emil) throws Exception {
        Page page = emil.page();
        page.locator(".dv-tabs a").getByText("Alarms").click();
        assertThat(page.locator("#open")).containsText("No open alarms");
        site.agent().writes("12:00:02 FAULT E17 the lamp is dark");
        // A busy machine may raise alarms of its own.
        Locator alarm = page.locator("#open article[aria-label='critical E17']");
        assertThat(alarm).containsText("the lamp is dark");

        emil.unfolds("Acknowledge E17");
        alarm.locator("form[action$=acknowledge] textarea").fill("A new lamp is on its way.");
        alarm.locator("form[action$=acknowledge] button").click();
        assertThat(alarm).containsText("Acknowledged by emil");
        assertThat(alarm).containsText("A new lamp is on its way.");
        emil.tab().shots("journey-alarm");
    }

    private void logsATerminalIn(ConsoleUser mara) throws Exception {
        String key = site.server().enrolment("spare-1").replaceFirst(".*(.{43})$", "$1");
        Terminal.Running login =
                site.terminal().start(mara.password(), "login", url, "--user", "mara", "--root-key", key);
        String page = login.awaits(CONFIRMATION);
        secrets.keep("a code of the command line", page);
        mara.tab().open(page.substring(url.length()));
        assertThat(mara.page().locator("#whatAddress")).hasText("127.0.0.1");
        mara.tab().shots("journey-confirm");
        mara.button("Confirm with your passkey").click();
        mara.page().locator("#done").waitFor();
        assertThat(login.ends()).as(login.said()).isZero();
        assertThat(login.said()).contains("Confirmed.");
    }

    /** By one that is over soon, for the console's end with a day. */
    private void replacesTheTraining(ConsoleUser mara, ConsoleUser emil) throws Exception {
        mara.tab().open("/people/emil");
        mara.button("Withdraw training for " + MODEL).click();
        assertThat(mara.page().locator(".fl-toast")).containsText("off the record");
        emil.tab().forgive("status of 404").forgive("Status Error Code 404").open("/devices/" + DEVICE);
        assertThat(emil.page().locator("h1")).hasText("There is nothing here");

        String said = site.terminal()
                .run("people", "train", "emil", MODEL, "--until", "30s", "--evidence", "course 4712", "--server", url);
        assertThat(said).contains("emil is on record as trained for " + MODEL);
        emil.tab().open("/devices/" + DEVICE + "/instructions");
        emil.page().locator("#f-reason").fill("while he may");
        emil.button("Send").click();
        assertThat(emil.page().locator("#i-3")).containsText("done");
        emil.page().locator("#f-reason").fill("when he may no more");
        mara.tab().open("/people/emil");
        assertThat(mara.page().locator("td").getByText("course 4712")).isVisible();
        mara.tab().shots("journey-person");
    }

    private void isLockedOutAndLetIn(ConsoleUser stranger, ConsoleUser mara) throws Exception {
        Page page = stranger.page();
        stranger.tab().forgive("status of 401").forgive("status of 429").open("/login");
        Locator fault = page.locator("#login [data-fault]");
        for (int i = 1; i <= 10; i++) {
            String wrong = secrets.password("guess-" + i);
            Response answer = page.waitForResponse("**/login/final", () -> stranger.types("emil", wrong));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(fault).hasText("Name or password are wrong.");
        }
        stranger.types("emil", stranger.password());
        assertThat(fault).containsText("Too many log-ins have failed here.");
        stranger.tab().axe().shots("journey-login-blocked");

        mara.link("Blocked").click();
        assertThat(mara.page().locator("tbody tr")).hasCount(1);
        mara.tab().axe().shots("journey-blocked");
        mara.page().locator("tbody button").click();
        assertThat(mara.page().locator(".fl-toast")).containsText("It may try again.");
        stranger.types("emil", secrets.password("emil"));
        page.waitForURL("**/login/passkey**");
        stranger.keepSession();
        stranger.tab().shots("journey-passkey");
    }

    private static void verifiesTheAudit(ConsoleUser mara) {
        Page page = mara.page();
        mara.link("Audit").click();
        mara.button("Verify now").click();
        assertThat(page.locator("#audit-verdict")).containsText("Nothing is wrong.");
        assertThat(page.locator(".fl-audit")).containsText("login.unblocked");
        mara.tab().shots("journey-audit");
    }

    private void losesHisTraining(ConsoleUser emil) throws Exception {
        site.agent()
                .await(
                        "the end of the training",
                        () -> Rows.value(
                                        site.server(),
                                        "SELECT 1 FROM person_training WHERE evidence = 'course 4712' AND until <= now()")
                                != null);
        Response refused = emil.page()
                .waitForResponse(
                        answer -> answer.request().method().equals("POST"),
                        () -> emil.button("Send").click());
        assertThat(refused.status()).isEqualTo(404);
        assertThat(emil.page().locator("h1")).hasText("There is nothing here");
        emil.tab().shots("journey-training-over");
        assertThat(Rows.value(site.server(), "SELECT count(*) FROM instruction"))
                .isEqualTo("3");
        emil.link("Devices").click();
        assertThat(emil.page().locator("#fleet")).containsText("No devices");
    }

    private void logsOutEverywhere(ConsoleUser mara) throws Exception {
        assertThat(site.terminal().run("devices", "--server", url)).contains(DEVICE);
        mara.tab().open("/account");
        mara.tab().shots("journey-account");
        mara.button("Log out everywhere").click();
        mara.page().waitForURL("**/login");
        Terminal.Running refused = site.terminal().start("", "devices", "--server", url);
        assertThat(refused.ends()).isEqualTo(1);
        assertThat(refused.said()).contains("Your log-in at " + url + " has ended.");
        mara.tab().open("/people");
        mara.page().waitForURL("**/login?to=**");
    }

    private void nothingIsLeft(String rows) throws Exception {
        // The search finds what is there.
        Secrets found = new Secrets();
        found.keep("a name", "Mara Miller");
        assertThat(found.in("rows", rows)).isNotEmpty();
        assertThat(found.in(site.server().data())).isNotEmpty();

        // The first link is printed, once, and no log of any kind has it.
        String log = Files.readString(site.server().log());
        assertThat(secrets.in("the server's output", log)).hasSize(1);
        Files.writeString(site.server().log(), log.replaceFirst(Pattern.quote(site.firstLink()), ""));
        assertThat(secrets.in("rows", rows)).isEmpty();
        assertThat(secrets.in(site.folder().resolve("server"))).isEmpty();
        assertThat(secrets.in(site.folder().resolve("agent"))).isEmpty();
    }
}
