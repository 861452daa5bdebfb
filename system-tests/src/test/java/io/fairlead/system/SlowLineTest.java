package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An instrument behind a line of 128 kbit a second, its desktop in an engineer's browser. */
@EnabledOnOs(OS.LINUX)
class SlowLineTest {
    private static final String SITE = """
            proxy { from = manual, use = ["http://%s"] }
            services = [{ name = desktop, kind = rfb, port = %d, password-file = "%s" }]
            policy { session = allow }
            """;
    private static final int MOST_SECONDS = 15;
    /** Whether a whole picture is there: its lowest rows, which come last, are no background. */
    private static final String PAINTED = """
            () => {
              const canvas = document.querySelector('#screen canvas');
              if (!canvas || canvas.width < 1024 || document.getElementById('viewer').dataset.kind !== 'live') return false;
              const pixels = canvas.getContext('2d').getImageData(0, 700, 1024, 60).data;
              return pixels.filter((each, at) => at % 4 === 1 && each > 150).length > 50000;
            }
            """;

    /**
     * What it takes is told by the bytes that went out, which a busy machine does not change; the seconds are printed.
     */
    @Test
    void a_whole_desktop_is_seen_within_fifteen_seconds_of_a_line_of_128_kbit_a_second() throws Exception {
        Secrets secrets = new Secrets();
        try (SlowLine line = SlowLine.up();
                Folder folder = Folder.make("slow-line");
                XDesktop desktop = XDesktop.start(folder.path().resolve("desktop"), line.within());
                Server server =
                        Server.start(folder.path().resolve("server"), "agents.names = [\"" + Squid.SERVER + "\"]");
                Squid proxy = Squid.open(line.outside(), folder.path().resolve("squid"))) {
            Process program = painted(desktop, line);
            try (ConsoleUser emil = engineer(server, secrets);
                    AgentProcess agent = AgentProcess.enrolled(
                            server,
                            "analyser-1",
                            folder.path().resolve("agent"),
                            SITE.formatted(proxy.address(), desktop.port(), password(folder.path())))) {
                agent.within(line.within()).start();
                agent.await("a poll", () -> agent.ownLog().contains("loop=poll state=ONLINE"));
                Page page = emil.page();
                agent.await("what the site offers", () -> {
                    emil.tab().open("/devices/analyser-1/sessions");
                    return page.locator("[name='desktop.desktop'][value=view]").count() > 0;
                });
                page.locator("[name='desktop.desktop'][value=view]").check();
                page.locator("#f-reason").fill("ticket 4711");
                emil.button("Ask").click();
                page.waitForURL(Pattern.compile("/sessions/[0-9a-f]{32}$"));
                emil.link("Watch desktop").waitFor();

                long before = line.sent();
                long begun = System.nanoTime();
                emil.link("Watch desktop").click();
                page.locator("#line").selectOption("slowest");
                seen(page, agent);
                double seconds = (System.nanoTime() - begun) / 1e9;
                long bytes = line.sent() - before;
                System.out.printf("slow line: whole-picture-seconds=%.1f bytes=%d%n", seconds, bytes);
                emil.tab().shots("desktop-slow-line");
                assertThat(bytes).isBetween(5_000L, (long) MOST_SECONDS * SlowLine.BYTES_A_SECOND);
            } finally {
                assertThat(program.destroyForcibly().waitFor(10, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    private static void seen(Page page, AgentProcess agent) throws IOException {
        try {
            JSHandle unused = page.waitForFunction(PAINTED, null, new Page.WaitForFunctionOptions().setTimeout(90_000));
        } catch (TimeoutError never) {
            throw new AssertionError(page.locator("body").innerText() + "\n" + agent.ownLog(), never);
        }
    }

    private static Process painted(XDesktop desktop, SlowLine line) throws IOException {
        List<String> command = new ArrayList<>(line.within());
        command.addAll(List.of(Programs.java(), "-Xmx128m"));
        command.addAll(List.of("-cp", Programs.tests().toString(), PaintedDesktop.class.getName()));
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().put("DISPLAY", ":" + desktop.display());
        Process started = program.start();
        String said =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(said).isEqualTo("painted");
        return started;
    }

    private static Path password(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("vnc-password"), XDesktop.PASSWORD + "\n");
        Path same = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Files.setAttribute(same, "unix:uid", AgentProcess.USER, LinkOption.NOFOLLOW_LINKS);
    }

    private static ConsoleUser engineer(Server server, Secrets secrets) throws IOException {
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
        ConsoleUser emil = new ConsoleUser("emil", "https://localhost:" + server.peoplePort(), secrets);
        emil.takes(link, Map.of());
        emil.logsIn();
        return emil;
    }
}
