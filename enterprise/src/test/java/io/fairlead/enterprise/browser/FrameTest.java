package io.fairlead.enterprise.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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
        }
    }
}
