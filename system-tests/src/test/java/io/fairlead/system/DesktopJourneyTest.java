package io.fairlead.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A desktop at an instrument in an engineer's browser: TigerVNC, agent, server and Chromium, each a process of its own. */
@EnabledOnOs(OS.LINUX)
class DesktopJourneyTest {
    private static final int GROUP = AgentProcess.USER;
    private static final int APPROVER = 62_012;
    private static final int RUNS = 7;
    private static final String SITE = """
            services = [
              { name = desktop, kind = rfb, port = %d, password-file = "%s" }
              { name = shell, kind = terminal, command = ["/bin/sh"] }
            ]
            policy { session = %s }
            approvers { group = "%d" }
            """;
    /** Whether something is on the canvas that is not its background. */
    private static final String PAINTED = """
            () => {
              const canvas = document.querySelector('#screen canvas');
              if (!canvas || canvas.width < 1024 || document.getElementById('viewer').dataset.kind !== 'live') return false;
              const pixels = canvas.getContext('2d').getImageData(0, 0, 200, 200).data;
              return pixels.some((each, at) => at % 4 !== 3 && each > 0);
            }
            """;

    private static final String VIEW = "[name='desktop.desktop'][value=view]";
    private static final String CONTROL = "[name='desktop.desktop'][value=control]";
    private static final String SHELL = "[name=terminal][value=shell]";
    private static final String PICTURE = "document.querySelector('#screen canvas').toDataURL()";

    private static final Secrets SECRETS = new Secrets();
    private static Folder folder;
    private static Server server;
    private static XDesktop desktop;
    private static ConsoleUser emil;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(AgentProcess.ROOT, "root is missing: an ordinary user has no other accounts to answer with");
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        folder = Folder.make("desktop");
        desktop = XDesktop.start(folder.path().resolve("desktop"));
        server = Server.start(folder.path().resolve("server"));
        url = "https://localhost:" + server.peoplePort();
        JsonObject name = new JsonObject().put("name", "emil");
        JsonObject unusedAdded = server.call(
                "people.add", name.copy().put("displayName", "Emil Ek").put("organisation", "Example Service"));
        JsonObject unusedGranted = server.call("people.grant", name.copy().put("role", "service-engineer"));
        JsonObject unusedTrained = server.call(
                "people.train",
                name.copy()
                        .put("model", "Tester 1")
                        .put("until", Instant.now().plus(Duration.ofDays(365)).toString())
                        .put("evidence", "course 4711"));
        String link = server.call("people.link", new JsonObject().put("person", "emil"))
                .getString("link");
        emil = new ConsoleUser("emil", url, SECRETS);
        emil.takes(link, Map.of());
        emil.logsIn();
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            emil.close();
            server.close();
            desktop.close();
            folder.close();
        }
    }

    private static AgentProcess agent(String device, String policy) throws IOException {
        Path home = folder.path().resolve(device);
        Path password = Files.createDirectories(home.resolve("etc")).resolve("vnc-password");
        Files.writeString(password, XDesktop.PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Files.setAttribute(password, "unix:uid", AgentProcess.USER, LinkOption.NOFOLLOW_LINKS);
        AgentProcess agent =
                AgentProcess.enrolled(server, device, home, SITE.formatted(desktop.port(), password, policy, GROUP));
        agent.start();
        agent.await("what the site offers", () -> {
            emil.tab().open("/devices/" + device + "/sessions");
            return emil.page().locator(VIEW).count() > 0;
        });
        return agent;
    }

    /** Asks on the device's page; answers the path of the session's. */
    private static String asks(String device, String choice) {
        Page page = emil.page();
        emil.tab().open("/devices/" + device + "/sessions");
        page.locator(choice).check();
        page.locator("#f-reason").fill("ticket 4711");
        emil.button("Ask").click();
        page.waitForURL(Pattern.compile("/sessions/[0-9a-f]{32}$"));
        return emil.tab().path();
    }

    private static void approved(AgentProcess agent) throws IOException {
        List<String> questions = new ArrayList<>();
        agent.await("a question", () -> {
            AgentProcess.Said said = agent.typed(APPROVER, GROUP, "questions", "--json");
            if (said.code() == 0) {
                new JsonArray(said.out()).forEach(one -> questions.add(((JsonObject) one).getString("id")));
            }
            return !questions.isEmpty();
        });
        AgentProcess.Said said = agent.typed(APPROVER, GROUP, "approve", questions.get(0));
        assertThat(said.code()).as(said.err()).isZero();
        // What comes from afar within a second of the answer is dropped, so that it is never consent.
        emil.page().waitForTimeout(1_500);
    }

    /** Clicks into the desktop and types a line. */
    private static void types(Page page, String line) {
        page.locator("#screen canvas").click();
        page.keyboard().type(line);
        page.keyboard().press("Enter");
    }

    @Test
    void what_is_typed_in_the_browser_arrives_under_control_and_nothing_of_it_under_view() throws Exception {
        try (AgentProcess agent = agent("analyser-1", "ask")) {
            String session = asks("analyser-1", CONTROL);
            emil.link("Control desktop").click();
            Page page = emil.page();
            assertThat(page.locator("#words")).containsText("is asked");
            emil.tab().axe().shots("desktop-waits");
            approved(agent);
            page.waitForFunction(PAINTED);
            assertThat(page.locator("main")).containsText("ticket 4711");
            assertThat(page.locator("#left")).containsText("min left");
            emil.tab().axe().shots("desktop-control");
            Object before = page.evaluate(PICTURE);
            types(page, "greetings from far away 4711");
            agent.await(
                    "the line at the instrument",
                    () -> Files.readString(desktop.typed()).equals("greetings from far away 4711\n"));
            page.waitForFunction("before => " + PICTURE + " !== before", before);
            emil.tab().shots("desktop-typed");

            emil.tab().open(session + "/desktop/desktop/view");
            page.waitForFunction(PAINTED);
            assertThat(page.locator(".fl-viewer-mode")).hasText("View only");
            types(page, "of this nothing");
            emil.tab().open(session + "/desktop/desktop/control");
            page.waitForFunction(PAINTED);
            types(page, "and this again");
            // The order of keys is kept: had one of those before arrived, it would stand before these.
            agent.await("the next line", () -> Files.readString(desktop.typed()).contains("again\n"));
            assertThat(Files.readString(desktop.typed())).isEqualTo("greetings from far away 4711\nand this again\n");

            assertThat(agent.typed(APPROVER, GROUP, "end").code()).isZero();
            assertThat(page.locator("#words")).hasText("Ended: ended at the instrument.");
            assertThat(page.locator("#stop")).isDisabled();
            emil.tab().axe().shots("desktop-ended");
        }
    }

    @Test
    void a_terminal_at_the_instrument_is_typed_into_from_the_browser_in_the_size_of_its_window() throws Exception {
        try (AgentProcess agent = agent("analyser-3", "ask")) {
            String unused = asks("analyser-3", SHELL);
            emil.link("Open shell").click();
            Page page = emil.page();
            approved(agent);
            assertThat(page.locator("#viewer")).hasAttribute("data-kind", "live");
            page.locator("#screen").click();
            page.keyboard().type("echo $((6 * 7)); stty size");
            page.keyboard().press("Enter");
            assertThat(page.locator(".xterm-rows")).containsText(Pattern.compile("42.*[1-9][0-9] 1[0-9][0-9]"));
            emil.tab().shots("terminal-live");
            emil.button("Stop the session").click();
            assertThat(page.locator("#words")).containsText("ended by the engineer");
        }
    }

    /** How long an engineer waits where the customer's policy says yes: a figure, with no limit of this test's own. */
    @Test
    void a_desktop_appears_soon_after_it_was_asked_for() throws Exception {
        try (AgentProcess agent = agent("analyser-2", "allow")) {
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                long begun = System.nanoTime();
                String unused = asks("analyser-2", VIEW);
                emil.link("Watch desktop").click();
                Page page = emil.page();
                page.waitForFunction(PAINTED);
                millis.add((System.nanoTime() - begun) / 1_000_000);
                emil.button("Stop the session").click();
                assertThat(page.locator("#words")).containsText("ended by the engineer");
            }
            System.out.println("desktop first-frame-ms=" + millis + " median="
                    + millis.stream().sorted().toList().get(RUNS / 2));
            assertThat(agent.audit()).contains("policy");
        }
    }
}
