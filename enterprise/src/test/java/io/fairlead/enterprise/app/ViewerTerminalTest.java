package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.StreamCause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A terminal in Chromium under the policy of the pages; the test plays the instrument behind the relay. */
class ViewerTerminalTest {
    private static final Holder EMIL = new Holder(Role.SERVICE_ENGINEER, "everywhere", "AU480");
    private static final Pattern SIZE = Pattern.compile("\u001b\\[8;(\\d+);(\\d+)t");

    @TempDir
    Path folder;

    /** What the page sent, frame by frame. */
    private final List<String> said = new CopyOnWriteArrayList<>();

    private volatile WebSocketRoute instrument;

    private void plays(WebSocketRoute socket) {
        instrument = socket;
        socket.onMessage(frame -> {
            String text = new String(frame.binary(), StandardCharsets.UTF_8);
            said.add(text);
            if (said.size() == 1) {
                String hostile =
                        "\u001b]0;a title\u0007\u001b]52;c;ZXZpbA==\u0007\u001b]8;;https://elsewhere.example\u0007link\u001b]8;;\u0007";
                socket.send((hostile + " \u001b[38;2;255;0;0mroot#\u001b[0m ").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @Test
    void a_terminal_takes_bytes_and_colours_says_its_size_and_obeys_nothing_that_leaves_it() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        try (RunningServer server = new RunningServer(folder);
                Tab tab = Tab.at(server.url())) {
            new Estate(server).prepare(List.of(EMIL));
            String session = GrantedSession.of(server, EMIL, "here", Mode.TERMINAL, "shell");
            Page page = tab.page();
            page.context()
                    .addCookies(
                            List.of(new Cookie("__Host-fairlead", server.session(EMIL.name(), "browser", true, false))
                                    .setUrl(server.url())
                                    .setSecure(true)
                                    .setHttpOnly(true)
                                    .setSameSite(SameSiteAttribute.STRICT)));
            page.routeWebSocket(Pattern.compile("/tunnel\\?stream=[0-9a-f]{32}$"), this::plays);
            tab.open("/sessions/" + session + "/terminal/shell");

            PlaywrightAssertions.assertThat(page.locator(".xterm-rows")).containsText("root#");
            assertThat(said.get(0)).matches(SIZE);
            assertThat(page.title()).startsWith("shell at here");
            assertThat(page.evaluate("""
                    () => getComputedStyle([...document.querySelectorAll('.xterm-rows span')]
                        .find((each) => each.textContent.includes('root'))).color
                    """)).isEqualTo("rgb(255, 0, 0)");
            assertThat(page.evaluate("""
                    () => getComputedStyle([...document.querySelectorAll('.xterm-rows span')]
                        .find((each) => each.textContent.includes('link'))).textDecorationLine
                    """)).isEqualTo("none");
            tab.axe().shots("terminal");

            said.clear();
            page.locator("#screen").click();
            page.keyboard().type("ls /");
            page.keyboard().press("Enter");
            page.waitForCondition(() -> String.join("", said).contains("ls /\r"));
            page.setViewportSize(700, 500);
            page.waitForCondition(() -> SIZE.matcher(said.get(said.size() - 1)).matches());

            instrument.close(new WebSocketRoute.CloseOptions()
                    .setCode(StreamCause.ENDED_AT_INSTRUMENT.code())
                    .setReason("x"));
            PlaywrightAssertions.assertThat(page.locator("#words")).hasText("Ended: ended at the instrument.");
            PlaywrightAssertions.assertThat(page.locator("#again")).isVisible();
        }
    }
}
