package io.fairlead.enterprise.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Chromium, driven by Playwright on the Node that also builds the console. One per JVM and thread of tests, for
 * Playwright is not for several threads; it ends with the JVM. Each test has a context of its own: cookies, storage and
 * cache begin empty.
 */
public final class Chromium {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final ThreadLocal<Chromium> OF_THREAD = ThreadLocal.withInitial(Chromium::new);

    private final Browser browser;

    private Chromium() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_NODEJS_PATH", onPath("node").toString());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-dev-shm-usage",
                                "--disable-gpu",
                                // Else Chromium has no passkeys on a site whose certificate it was told to overlook.
                                "--ignore-certificate-errors")));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                playwright.close();
            } catch (RuntimeException gone) {
                // Its processes end with their pipes.
            }
        }));
    }

    /** A browser that was never here before. In a zone that is neither UTC nor without summer time. */
    static BrowserContext context() {
        if (!Files.isExecutable(PROGRAM)) {
            Assumptions.abort(PROGRAM + " is missing (Debian package chromium)");
        }
        return OF_THREAD
                .get()
                .browser
                .newContext(new Browser.NewContextOptions()
                        .setIgnoreHTTPSErrors(true)
                        .setLocale("en-GB")
                        .setTimezoneId("Europe/Berlin")
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setViewportSize(1280, 800));
    }

    /** The script that finds what keeps people out, from the packages that the build installed. */
    static String axe() {
        Path script = Path.of(System.getProperty("fairlead.root", ".."))
                .resolve("enterprise/target/web/node_modules/axe-core/axe.min.js");
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new IllegalStateException(script + " is missing: src/main/web/build.mjs installs it", e);
        }
    }

    private static Path onPath(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            Path candidate = Path.of(folder, program);
            // A wrapper of a version switch would look for its settings.
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(program + " is missing on the path");
    }
}
