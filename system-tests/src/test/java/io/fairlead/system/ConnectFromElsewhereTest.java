package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code fairlead connect --server URL}: an engineer at a machine of his own, with a log-in, and all who are not let in. */
@EnabledOnOs(OS.LINUX)
class ConnectFromElsewhereTest {
    private static final Pattern CONFIRMATION = Pattern.compile("(https://\\S+/account/confirm#\\S+)");
    private static final JsonObject EMIL = new JsonObject().put("name", "emil");

    private final ConnectSite site = new ConnectSite();
    private Server server;
    private String url;
    private Terminal terminal;

    @BeforeEach
    void start() throws Exception {
        site.start();
        server = site.server();
        url = "https://localhost:" + server.peoplePort();
        terminal = new Terminal(site.folder().resolve("elsewhere"));
        JsonObject unusedAdded = server.call(
                "people.add", EMIL.copy().put("displayName", "Emil Ek").put("organisation", "Example Service"));
        JsonObject unusedGranted = server.call("people.grant", EMIL.copy().put("role", "service-engineer"));
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    private void train() throws IOException {
        JsonObject unused = server.call(
                "people.train",
                EMIL.copy()
                        .put("model", "Tester 1")
                        .put("until", Instant.now().plus(Duration.ofDays(365)).toString())
                        .put("evidence", "course 4711"));
    }

    private Terminal.Running connect(String typed, String... more) throws IOException {
        String[] words = {"connect", ConnectSite.DEVICE, "shell:terminal", "--stdio", "--server", url};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return terminal.start(typed, all);
    }

    private void isRefused(String why, String... more) throws Exception {
        Terminal.Running refused = connect("echo never", more);
        assertThat(refused.ends()).as(refused.said()).isEqualTo(1);
        assertThat(refused.said()).contains(why).doesNotContain("never");
    }

    private String sessions() throws Exception {
        return Rows.value(server, "SELECT count(*) FROM remote_session");
    }

    @Test
    void who_shows_password_and_passkey_and_is_trained_comes_to_a_terminal_and_nobody_else_does() throws Exception {
        String[] ask = {"--reason", ConnectSite.REASON};
        isRefused("You are not logged in at " + url, ask);
        try (ConsoleUser emil = new ConsoleUser("emil", url, new Secrets())) {
            emil.takes(
                    server.call("people.link", new JsonObject().put("person", "emil"))
                            .getString("link"),
                    Map.of());
            emil.logsIn();
            String key = server.enrolment("spare-1").replaceFirst(".*(.{43})$", "$1");
            Terminal.Running login = terminal.start(emil.password(), "login", url, "--user", "emil", "--root-key", key);
            String page = login.awaits(CONFIRMATION);
            isRefused("passkey", ask);
            emil.tab().open(page.substring(url.length()));
            emil.button("Confirm with your passkey").click();
            emil.page().locator("#done").waitFor();
            assertThat(login.ends()).as(login.said()).isZero();
        }
        isRefused("There is no device " + ConnectSite.DEVICE, ask);
        assertThat(sessions()).isEqualTo("0");

        train();
        Terminal.Running shell = connect("echo six times seven is $((6 * 7)); exit", ask);
        assertThat(shell.ends()).as(shell.said()).isZero();
        assertThat(shell.said()).contains("Granted until", "it ends with this", "seven is 42", "Over: ");
        assertThat(Rows.value(server, "SELECT requested_by || ' ' || state FROM remote_session"))
                .isEqualTo("person:emil ENDED");

        String others = server.call(
                        "sessions.request",
                        new JsonObject()
                                .put("device", ConnectSite.DEVICE)
                                .put("services", "terminal/shell")
                                .put("reason", ConnectSite.REASON))
                .getString("id");
        site.agent()
                .await(
                        "a grant",
                        () -> server.call("session", new JsonObject().put("id", others))
                                .getString("state")
                                .equals("GRANTED"));
        isRefused("You may not do this.", "--session", others);

        assertThat(terminal.run("logout", url)).isNotBlank();
        isRefused("You are not logged in at " + url, ask);
        assertThat(sessions()).isEqualTo("2");
    }
}
