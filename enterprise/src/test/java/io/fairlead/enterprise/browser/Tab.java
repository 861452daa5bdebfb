package io.fairlead.enterprise.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One browser with one page, as one person. What the page complains of in its console (a script that fails, a style that
 * the policy refuses, an answer that is an error) fails the test when the tab is closed, unless it was {@link #forgive}n.
 */
public final class Tab implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final BrowserContext context;
    private final Page page;
    private final String url;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> forgiven = new CopyOnWriteArrayList<>();

    Tab(BrowserContext context, String url) {
        this.context = context;
        this.url = url;
        this.page = context.newPage();
        page.setDefaultTimeout(60_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> complaints.add("script: " + error));
    }

    /** A browser that was never here before, at the server with that URL. */
    public static Tab at(String url) {
        return new Tab(Chromium.context(), url);
    }

    /** Playwright's page, for everything else. */
    public Page page() {
        return page;
    }

    /** Goes to a path of the console and waits until it is loaded. */
    public Tab open(String path) {
        page.navigate(url + path);
        return this;
    }

    /** The path where the browser is now, with its question. */
    public String path() {
        return page.url().substring(url.length());
    }

    /** Expects complaints that contain a text, such as "status of 422". */
    public Tab forgive(String part) {
        forgiven.add(part);
        return this;
    }

    /** What was complained of and not forgiven. */
    public List<String> complaints() {
        return complaints.stream()
                .filter(each -> forgiven.stream().noneMatch(each::contains))
                .toList();
    }

    /** Keeps the page as it is now as NAME-light.png, NAME-dark.png and NAME-narrow.png in target/screenshots. */
    public Tab shots(String name) {
        shot(name + "-light", ColorScheme.LIGHT, 1280, 800);
        shot(name + "-dark", ColorScheme.DARK, 1280, 800);
        shot(name + "-narrow", ColorScheme.LIGHT, 390, 844);
        look(ColorScheme.LIGHT, 1280, 800);
        return this;
    }

    private void shot(String name, ColorScheme scheme, int width, int height) {
        look(scheme, width, height);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as(name + " is not wider than the window")
                .isTrue();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private void look(ColorScheme scheme, int width, int height) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, height);
        page.waitForFunction(
                "dark => document.documentElement.dataset.bsTheme === (dark ? 'dark' : 'light')",
                scheme == ColorScheme.DARK);
    }

    /** Fails on what axe-core calls serious or critical, in light and in dark. */
    public Tab axe() {
        if (!(Boolean) page.evaluate("'axe' in window")) {
            Object unused = page.evaluate(Chromium.axe());
        }
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            look(scheme, 1280, 800);
            assertThat((List<?>) page.evaluate("""
                            async () => {
                              const found = await axe.run(document, { resultTypes: ['violations'] });
                              return found.violations
                                .filter((each) => ['serious', 'critical'].includes(each.impact))
                                .map((each) => `${each.id}: ${each.nodes.map((node) =>
                                    node.html + ' ' + node.any.map((one) => one.message).join(' ')).join(' | ')}`);
                            }
                            """))
                    .as("faults found by axe-core in " + scheme + " at " + path())
                    .isEmpty();
        }
        return this;
    }

    /** Gives the browser an authenticator that confirms passkeys by itself; returns its id. */
    public String authenticator() {
        CDPSession session = context.newCDPSession(page);
        JsonObject unused = session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject arguments = new JsonObject();
        arguments.add("options", options);
        return session.send("WebAuthn.addVirtualAuthenticator", arguments)
                .get("authenticatorId")
                .getAsString();
    }

    /** Every cookie by name, as the browser keeps it. */
    public Map<String, com.microsoft.playwright.options.Cookie> cookies() {
        return context.cookies().stream()
                .collect(java.util.stream.Collectors.toMap(cookie -> cookie.name, cookie -> cookie));
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints()).as("the browser's console").isEmpty();
    }
}
