package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.app.Judged.Outcome;
import io.fairlead.enterprise.people.RightsTable.Holder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every route that the server mounts as every role, against the tables of rights. */
class ConsoleRightsTest {
    private static final Judged JUDGED = new Judged();
    private static final List<RouteLine> LINES = RouteLine.all();
    /** After these the next ones would make no sense. */
    private static final Set<String> RESTORED = Set.of(
            "POST /clones/:device",
            "POST /devices/:device/found",
            "POST /devices/:device/retire",
            "POST /devices/:device/unretire",
            "POST /people/:name/disable",
            "POST /integration/accounts/:account/disable");

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Estate estate;
    private final List<String> wrong = new ArrayList<>();
    private int cells;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
        estate = new Estate(server);
        estate.prepare(JUDGED.holders());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_route_that_is_mounted_stands_in_the_table_and_the_other_way_round() {
        assertThat(server.routes())
                // Headers before all of them, the page that says "nothing here" behind.
                .filteredOn(route -> !route.equals("* *") && !leadsUp(route))
                .containsExactlyInAnyOrderElementsOf(
                        LINES.stream().map(RouteLine::mounted).toList());
    }

    /** From where a refused form stands to its page. */
    private static boolean leadsUp(String route) {
        return LINES.stream().anyMatch(line -> line.changes() && isNoPage(line) && route.equals("GET " + line.path()));
    }

    @Test
    void the_address_of_a_change_is_no_page() {
        Web operator = server.browser(server.session("operator.everywhere.none", "browser", true, false));
        assertThat(LINES)
                .filteredOn(line -> line.changes() && isNoPage(line))
                .hasSizeGreaterThan(30)
                .allSatisfy(line -> assertThat(
                                operator.ask("GET", line.path(Map.of()), "").statusCode())
                        .as(line.mounted())
                        .isIn(303, 404));
    }

    private static boolean isNoPage(RouteLine line) {
        return LINES.stream().noneMatch(each -> each.mounted().equals("GET " + line.path()));
    }

    @Test
    void every_route_lets_each_role_do_what_the_table_says_and_nothing_else() throws Exception {
        Set<String> places = new TreeSet<>();
        LINES.forEach(line -> places.addAll(Judged.places(line.on())));
        long begun = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> walks = new ArrayList<>();
            places.forEach(place -> walks.add(() -> walk(place)));
            for (Future<Void> done : threads.invokeAll(walks)) {
                Void unused = done.get();
            }
        } finally {
            threads.shutdown();
        }
        System.out.println(
                "console cells=" + cells + " wrong=" + wrong.size() + " ms=" + (System.nanoTime() - begun) / 1_000_000);
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(5_000);
    }

    /** One after the other in a place, where deeds are in each other's way. */
    private Void walk(String place) {
        if (!place.equals("platform")) {
            estate.restore(place);
        }
        for (Holder holder : JUDGED.holders()) {
            Web web = server.browser(server.session(holder.name(), "browser", true, false));
            LINES.forEach(line -> walk(holder, true, web, line, place));
        }
        for (Holder holder : JUDGED.unconfirmed()) {
            Web web = server.browser(server.session(holder.name(), "browser", false, false));
            LINES.stream()
                    .filter(line -> line.changes() || line.on().equals("platform"))
                    .forEach(line -> walk(holder, false, web, line, place));
        }
        return null;
    }

    private void walk(Holder holder, boolean confirmed, Web web, RouteLine line, String place) {
        if (Set.of("own", "live", "lane", "public").contains(line.on())
                || !Judged.places(line.on()).contains(place)) {
            return;
        }
        Outcome expected = JUDGED.outcome(holder, confirmed, line.door(), line.then(), line.on(), place);
        String deeds = expected == Outcome.LET ? "" : estate.deeds(holder, place);
        Map<String, String> parts = estate.parts(place);
        HttpResponse<String> answer = web.ask(line.method(), line.path(parts), line.sent(parts));
        boolean right = expected == Outcome.LET
                ? outcome(answer) == Outcome.LET && answer.statusCode() < 500 && answer.statusCode() != 400
                : outcome(answer) == expected && estate.deeds(holder, place).equals(deeds);
        if (RESTORED.contains(line.mounted()) && expected == Outcome.LET) {
            estate.restore(place);
        }
        synchronized (wrong) {
            cells++;
            if (!right) {
                wrong.add(holder.name() + (confirmed ? " " : " without passkey ") + line.mounted() + " on " + place
                        + " expected " + expected + " was " + answer.statusCode() + " "
                        + answer.headers().firstValue("Location").orElse(""));
            }
        }
    }

    private static Outcome outcome(HttpResponse<String> answer) {
        String body = answer.body();
        String to = answer.headers().firstValue("Location").orElse("");
        return switch (answer.statusCode()) {
            case 403 -> body.contains("This needs your passkey") ? Outcome.PASSKEY : Outcome.FORBIDDEN;
            case 404 -> Outcome.NOTHING;
            case 303 -> to.startsWith("/login/passkey") ? Outcome.PASSKEY : Outcome.LET;
            case 422 ->
                body.contains("more than you may")
                                || body.contains("of your own customer only")
                                || body.contains("Your roles do not let you")
                        ? Outcome.FORBIDDEN
                        : body.contains("a log-in with your passkey") ? Outcome.PASSKEY : Outcome.LET;
            default -> Outcome.LET;
        };
    }
}
