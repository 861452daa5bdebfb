package io.fairlead.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
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
        emil = engineer("emil", "Emil Ek");
    }

    /** Somebody who is trained, at a browser of his own. */
    private static ConsoleUser engineer(String who, String displayName) throws IOException {
        JsonObject name = new JsonObject().put("name", who);
        JsonObject unusedAdded = server.call(
                "people.add", name.copy().put("displayName", displayName).put("organisation", "Example Service"));
        JsonObject unusedGranted = server.call("people.grant", name.copy().put("role", "service-engineer"));
        JsonObject unusedTrained = server.call(
                "people.train",
                name.copy()
                        .put("model", "Tester 1")
                        .put("until", Instant.now().plus(Duration.ofDays(365)).toString())
                        .put("evidence", "course 4711"));
        String link =
                server.call("people.link", new JsonObject().put("person", who)).getString("link");
        ConsoleUser user = new ConsoleUser(who, url, SECRETS);
        user.takes(link, Map.of());
        user.logsIn();
        return user;
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

    private static void approved(AgentProcess agent, String... more) throws IOException {
        List<String> questions = new ArrayList<>();
        agent.await("a question", () -> {
            AgentProcess.Said said = agent.typed(APPROVER, GROUP, "questions", "--json");
            if (said.code() == 0) {
                new JsonArray(said.out()).forEach(one -> questions.add(((JsonObject) one).getString("id")));
            }
            return !questions.isEmpty();
        });
        List<String> words = new ArrayList<>(List.of("approve", questions.get(0)));
        words.addAll(List.of(more));
        AgentProcess.Said said = agent.typed(APPROVER, GROUP, words.toArray(new String[0]));
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

    private static void copies(Page page) {
        page.locator("#clip-open").click();
        page.locator("#clip-to").fill("pasted from far away 4711\n");
        page.locator("#clip-send").click();
        assertThat(page.locator("#clip-note")).hasText("Sent.");
        emil.tab().axe().shots("desktop-clipboard");
        page.locator("#screen canvas").click();
    }

    @Test
    void what_is_typed_in_the_browser_arrives_under_control_and_nothing_of_it_under_view() throws Exception {
        Files.writeString(desktop.typed(), "");
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
            assertThat(page.locator("#clip-none")).hasText("Clipboard: not allowed by the customer");
            assertThat(page.locator("#clip-open")).isHidden();
            Picture picture = new Picture(page);
            picture.still();
            picture.keep();
            types(page, "greetings from far away 4711");
            agent.await(
                    "the line at the instrument",
                    () -> Files.readString(desktop.typed()).equals("greetings from far away 4711\n"));
            picture.still();
            List<?> box = picture.changed();
            assertThat(((Number) box.get(2)).intValue()).as("a line of text").isGreaterThan(100);
            String text = picture.part(box);
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

            String shared = asks("analyser-1", CONTROL);
            approved(agent, "--clipboard");
            assertThat(page.locator("#session")).containsText("shared: text may be copied");
            assertThat(agent.typed(APPROVER, GROUP, "sessions").out()).contains("Clipboard shared; control desktop");
            emil.tab().open(shared + "/desktop/desktop/control");
            page.waitForFunction(PAINTED);
            copies(page);
            // xterm pastes what the X server says is selected.
            page.keyboard().press("Shift+Insert");
            agent.await(
                    "the pasted line",
                    () -> Files.readString(desktop.typed()).endsWith("again\npasted from far away 4711\n"));
            // Clicks there select a word, or more of them when they come soon after others; this is the first in the
            // window.
            page.locator("#scale").selectOption("one");
            page.locator("#screen canvas").dblclick(new Locator.DblclickOptions().setPosition(12, 8));
            assertThat(page.locator("#clip-from")).hasValue(Pattern.compile("^ready"));
            assertThat(agent.typed(APPROVER, GROUP, "end").code()).isZero();
            isPlayed(session, box, text);
        }
    }

    /** The recording of the first stream: at its end the text stands where it was seen, and at its beginning it does not. */
    private static void isPlayed(String session, List<?> box, String text) throws Exception {
        String stream = Rows.value(
                server,
                "SELECT id FROM remote_stream WHERE session = '" + session.replaceFirst(".*/", "")
                        + "' ORDER BY made_at LIMIT 1");
        JsonObject unused =
                server.call("people.grant", new JsonObject().put("name", "emil").put("role", "auditor"));
        Page page = emil.page();
        emil.tab().open(session);
        page.locator("a[href='" + session + "/recordings/" + stream + "']").click();
        assertThat(page.locator("#sentences")).containsText("The agent vouches for every byte");
        Picture played = new Picture(page);
        seeks(page, "0");
        assertThat(played.part(box)).as("before it was typed").isNotEqualTo(text);
        page.locator("#speed").selectOption("16");
        emil.button("Play").click();
        played.awaits(box, text);
        String end = page.locator("#seek").getAttribute("max");
        seeks(page, "0");
        assertThat(played.part(box)).isNotEqualTo(text);
        seeks(page, end);
        played.awaits(box, text);
        emil.tab().axe().shots("desktop-played");
    }

    private static void seeks(Page page, String millis) {
        Object unused = page.evaluate("""
                (to) => {
                  const bar = document.getElementById('seek');
                  bar.value = to;
                  bar.dispatchEvent(new Event('input'));
                }
                """, millis);
        page.waitForFunction("() => document.getElementById('player').dataset.position !== '-1'");
    }

    @Test
    void another_engineer_looks_on_when_the_first_allows_it_and_nothing_of_his_arrives() throws Exception {
        Files.writeString(desktop.typed(), "");
        try (AgentProcess agent = agent("analyser-4", "allow");
                ConsoleUser bert = engineer("bert", "Bert Kopp")) {
            String session = asks("analyser-4", CONTROL);
            emil.link("Control desktop").click();
            emil.page().waitForFunction(PAINTED);
            bert.tab().open(session);
            bert.button("Ask to watch").click();
            assertThat(emil.page().locator("#watchers")).containsText("Bert Kopp (bert) asks to watch");
            emil.tab().axe().shots("desktop-watch-asked");
            emil.button("Allow").click();
            bert.link("Watch desktop").click();
            Page page = bert.page();
            page.waitForFunction(PAINTED);
            bert.tab().axe().shots("desktop-watched");

            Object refused = page.evaluate(
                    "path => fetch(path, { method: 'POST', headers: { 'Content-Type':"
                            + " 'application/json', 'X-Csrf': document.querySelector('meta[name=csrf]').content }, body:"
                            + " JSON.stringify({ service: 'control/desktop' }) }).then(answer => answer.status)",
                    session + "/streams");
            assertThat(refused).isEqualTo(403);
            types(page, "of this nothing");
            types(emil.page(), "but this");
            agent.await("a line", () -> Files.readString(desktop.typed()).contains("this\n"));
            assertThat(Files.readString(desktop.typed())).isEqualTo("but this\n");
            assertThat(agent.typed(APPROVER, GROUP, "sessions").out())
                    .contains("watching  Bert Kopp (bert), Example Service");

            emil.button("Stop Bert Kopp (bert)’s watching").click();
            assertThat(page.locator("#words")).hasText("Ended: ended by the engineer.");
            assertThat(emil.page().locator("#viewer")).hasAttribute("data-kind", "live");
            assertThat(agent.audit()).contains("watcher=\"Bert Kopp (bert), Example Service\"");
            bert.tab().forgive("403");
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
