package io.fairlead.system;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.fairlead.enterprise.browser.Tab;
import java.util.Map;

/** Somebody at a browser of his own that has a passkey, and the password in his head. */
final class ConsoleUser implements AutoCloseable {
    private final String name;
    private final String url;
    private final Secrets secrets;
    private final String password;
    private final Tab tab;

    ConsoleUser(String name, String url, Secrets secrets) {
        this.name = name;
        this.url = url;
        this.secrets = secrets;
        this.password = secrets.password(name);
        this.tab = Tab.at(url);
        String unused = tab.authenticator();
    }

    Tab tab() {
        return tab;
    }

    Page page() {
        return tab.page();
    }

    String password() {
        return password;
    }

    /** Sets the password and a passkey by a one-time link, and says who he is where that is asked. */
    void takes(String link, Map<String, String> asked) {
        secrets.keep("the link of " + name, link);
        tab.open(link.substring(url.length()));
        page().locator("#link").waitFor();
        asked.forEach((field, value) -> page().locator("#" + field).fill(value));
        page().locator("#new").fill(password);
        page().locator("#again").fill(password);
        tab.shots("journey-link-" + name);
        page().locator("#link [type=submit]").click();
        page().locator("#done a").click();
        page().waitForURL("**/login");
    }

    /** Logs in with both. */
    void logsIn() {
        types(name, password);
        page().waitForURL("**/login/passkey**");
        keepSession();
        page().locator("#passkey [type=submit]").click();
        page().waitForURL(there -> !there.contains("/login"));
        keepSession();
    }

    /** Types into the form of the log-in, which is open, and sends it. */
    void types(String who, String what) {
        page().locator("#name").fill(who);
        page().locator("#password").fill(what);
        page().locator("#login [type=submit]").click();
    }

    void keepSession() {
        secrets.keep("a session of " + name, tab.cookies().get("__Host-fairlead").value);
    }

    /** A part of the page that people press. */
    Locator button(String text) {
        return page().getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    /** A part of the page that leads elsewhere. */
    Locator link(String text) {
        return page().getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    /** Unfolds what stands behind a summary. */
    void unfolds(String text) {
        page().locator("summary", new Page.LocatorOptions().setHasText(text)).click();
    }

    @Override
    public void close() {
        tab.close();
    }
}
