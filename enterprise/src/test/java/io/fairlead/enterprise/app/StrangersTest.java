package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks every route as somebody who is nobody there, or whom another site sent; nothing comes of it. */
class StrangersTest {
    private static final Holder OPERATOR = new Holder(Role.OPERATOR, "everywhere", "AU480");
    private static final String ELSEWHERE = "https://elsewhere.example";

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Map<String, String> parts;
    private final List<String> wrong = new ArrayList<>();
    private int cells;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
        Estate estate = new Estate(server);
        estate.prepare(List.of(OPERATOR));
        parts = new HashMap<>(estate.parts("here"));
        estate.parts("its-people").forEach(parts::putIfAbsent);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Web browser(boolean confirmed, boolean waiting) {
        return server.browser(server.session(OPERATOR.name(), "browser", confirmed, waiting));
    }

    private static String audited() {
        return server.sql("SELECT count(*) FROM audit_entry");
    }

    @Test
    void who_is_not_logged_in_or_waits_for_his_passkey_is_led_to_the_log_in() {
        String before = audited();
        Web ended = browser(true, false);
        String unused = server.sql("UPDATE login_session SET ended_at = now(), ended_why = 'test'");
        Map<String, Web> strangers = Map.of(
                "nobody", server.browser(""),
                "a made-up session", server.browser("x".repeat(43)),
                "one that ended", ended,
                "one that waits for its passkey", browser(false, true),
                "one of the command line",
                        server.browser(server.session(OPERATOR.name(), "command-line", true, false)));
        strangers.forEach((who, web) -> each(
                who,
                line -> !Set.of("anyone", "bearer", "account").contains(line.door()),
                line -> web.ask(line.method(), line.path(parts), line.sent(parts)),
                // A module reads no page.
                answer -> answer.statusCode() == 401
                        || answer.statusCode() == 303
                                && answer.headers()
                                        .firstValue("Location")
                                        .orElse("")
                                        .startsWith("/login")));
        done(before, 400);
    }

    @Test
    void a_change_that_no_page_of_ours_sent_is_not_taken() {
        String before = audited();
        Web web = browser(true, false);
        String url = server.url();
        Map<String, String[]> forged = Map.of(
                "no token", new String[] {"Origin", url},
                "another's token",
                        new String[] {
                            "Origin", url, "X-Csrf", browser(true, false).csrf()
                        },
                "no origin", new String[] {"X-Csrf", web.csrf()},
                "another origin", new String[] {"Origin", ELSEWHERE, "X-Csrf", web.csrf()},
                "another site", new String[] {"Origin", url, "X-Csrf", web.csrf(), "Sec-Fetch-Site", "cross-site"});
        forged.forEach((how, headers) -> each(
                how,
                line -> line.changes()
                        && !Set.of("bearer", "account").contains(line.door())
                        && !line.path().startsWith("/commands"),
                line -> web.ask(line.method(), line.path(parts), line.sent(parts), headers),
                answer -> answer.statusCode() == 403));
        done(before, 240);
        assertThat(web.ask("GET", "/account", "").statusCode())
                .as("still logged in")
                .isEqualTo(200);
    }

    @Test
    void the_command_line_has_a_door_of_its_own() {
        String before = audited();
        String commandLine = server.session(OPERATOR.name(), "command-line", true, false);
        String devices = "{\"command\":\"devices\"}";
        assertThat(server.browser(commandLine).command("/commands", devices).statusCode())
                .isEqualTo(200);
        for (RouteLine line : RouteLine.all()) {
            if (line.door().equals("bearer")) {
                for (String token :
                        List.of("", "x".repeat(43), server.session(OPERATOR.name(), "browser", true, false))) {
                    cells++;
                    assertThat(server.browser(token)
                                    .command(line.path(), devices)
                                    .statusCode())
                            .as(line.mounted())
                            .isEqualTo(401);
                }
                cells++;
                assertThat(server.browser(commandLine)
                                .ask(
                                        "POST",
                                        line.path(),
                                        devices,
                                        "Authorization",
                                        "Bearer " + commandLine,
                                        "Origin",
                                        server.url())
                                .statusCode())
                        .as("from a browser: " + line.mounted())
                        .isEqualTo(403);
            }
        }
        assertThat(server.browser(server.session(OPERATOR.name(), "command-line", false, true))
                        .command("/commands", devices)
                        .body())
                .contains("passkey-needed");
        done(before, 15);
    }

    @Test
    void a_stream_is_for_pages_of_ours() {
        Web web = browser(true, false);
        assertThat(web.ask("GET", "/live", "topics=device/here", "Origin", ELSEWHERE)
                        .statusCode())
                .isEqualTo(403);
        assertThat(web.ask("GET", "/live", "topics=device/here", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_link_to_a_file_that_nobody_made_opens_nothing() {
        assertThat(server.browser("").ask("GET", "/files/" + "0".repeat(64), "").statusCode())
                .isEqualTo(404);
    }

    private interface Asking {
        HttpResponse<String> ask(RouteLine line);
    }

    private void each(String how, Predicate<RouteLine> which, Asking asking, Predicate<HttpResponse<String>> isRight) {
        RouteLine.all().stream().filter(which).forEach(line -> {
            HttpResponse<String> answer = asking.ask(line);
            cells++;
            if (!isRight.test(answer)) {
                wrong.add(how + ": " + line.mounted() + " was " + answer.statusCode());
            }
        });
    }

    private void done(String audited, int least) {
        System.out.println("strangers cells=" + cells + " wrong=" + wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(least);
        assertThat(audited()).as("nothing was done").isEqualTo(audited);
    }
}
