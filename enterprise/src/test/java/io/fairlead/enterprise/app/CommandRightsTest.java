package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.app.Judged.Outcome;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Gives every command as every role, as the command line from elsewhere does, against the tables of rights. */
class CommandRightsTest {
    private static final Judged JUDGED = new Judged();
    private static final List<CommandLine> LINES = CommandLine.all();
    /** After these the next ones would make no sense. */
    private static final Set<String> RESTORED = Set.of(
            "clones.keep",
            "clones.release",
            "devices.found",
            "devices.retire",
            "devices.unretire",
            "people.disable",
            "accounts.disable");

    /** By people only, whatever the roles of an account say. */
    private static final Set<String> READ = Set.of("recordings.save", "recordings.more");

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
    void every_command_that_the_server_knows_stands_in_the_table_and_the_other_way_round() {
        Holder somebody = JUDGED.holders().get(0);
        String token = server.session(somebody.name(), "command-line", true, false);
        String detail = new JsonObject(server.browser(token)
                        .command("/commands", "{\"command\":\"?\"}")
                        .body())
                .getJsonObject("error")
                .getString("detail");
        assertThat(detail).startsWith("this server knows ");
        assertThat(detail.substring("this server knows ".length()).split(", ", -1))
                .containsExactlyInAnyOrderElementsOf(
                        LINES.stream().map(CommandLine::command).toList());
    }

    @Test
    void every_command_does_for_each_role_what_the_table_says_and_nothing_else() throws Exception {
        Set<String> places = new TreeSet<>();
        LINES.forEach(line -> places.addAll(Judged.places(line.on())));
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
        System.out.println("command cells=" + cells + " wrong=" + wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(3_000);
    }

    private Void walk(String place) {
        if (!place.equals("platform")) {
            estate.restore(place);
        }
        for (boolean confirmed : new boolean[] {true, false}) {
            for (Holder holder : confirmed ? JUDGED.holders() : JUDGED.unconfirmed()) {
                Web web = server.browser(server.session(holder.name(), "command-line", confirmed, false));
                LINES.stream()
                        .filter(line -> Judged.places(line.on()).contains(place))
                        .forEach(line -> walk(holder, confirmed, web, line, place));
            }
        }
        return null;
    }

    private void walk(Holder holder, boolean confirmed, Web web, CommandLine line, String place) {
        if (line.on().equals("own")) {
            return;
        }
        Outcome expected = expected(holder, confirmed, line, place);
        String deeds = expected == Outcome.LET ? "" : estate.deeds(holder, place);
        String answer =
                web.command("/commands", line.request(estate.parts(place))).body();
        Outcome outcome = outcome(answer);
        boolean right = (outcome == expected || line.finds() && expected == Outcome.LET && outcome == Outcome.NOTHING)
                && (expected == Outcome.LET || estate.deeds(holder, place).equals(deeds));
        if (RESTORED.contains(line.command()) && expected == Outcome.LET) {
            estate.restore(place);
        }
        synchronized (wrong) {
            cells++;
            if (!right) {
                wrong.add(holder.name() + (confirmed ? " " : " without passkey ") + line.command() + " on " + place
                        + " expected " + expected + " was " + answer);
            }
        }
    }

    private static Outcome expected(Holder holder, boolean confirmed, CommandLine line, String place) {
        boolean any = line.on().equals("any");
        if (any || line.on().equals("nobody")) {
            boolean may = any
                    && line.then().stream()
                            .allMatch(action -> holder.role().actions().contains(action));
            return may ? Outcome.LET : Outcome.FORBIDDEN;
        }
        return JUDGED.outcome(holder, confirmed, "", line.then(), line.on(), place);
    }

    /** By the features, as the lane of other systems calls them: an account is never taken for the server's own. */
    @Test
    void every_command_does_for_an_account_what_its_role_says_and_nothing_for_one_without() {
        estate.otherSystem("erp.none");
        estate.otherSystem("erp.auditor");
        String unused = server.sql("INSERT INTO person_grant (person, role, granted_at, granted_by)"
                + " VALUES ('erp.auditor', 'auditor', now(), 'test')");
        Holder auditor = new Holder(Role.AUDITOR, "everywhere", "none");
        List<String> wronged = new ArrayList<>();
        for (CommandLine line : LINES) {
            String place = Judged.places(line.on()).iterator().next();
            for (boolean granted : new boolean[] {false, true}) {
                Actor account = Actor.integration(granted ? "erp.auditor" : "erp.none", true);
                String key = server.commandAs(account, line.request(estate.parts(place)));
                boolean let = granted
                        && expected(auditor, true, line, place) == Outcome.LET
                        && !READ.contains(line.command());
                boolean lists = line.on().equals("any") && line.then().isEmpty()
                        || line.on().equals("own");
                boolean right = let || lists
                        ? !Set.of("forbidden", "internal").contains(key)
                        : Set.of("forbidden", "not-found", "unknown-device").contains(key);
                if (!right) {
                    wronged.add(account + " " + line.command() + " on " + place + " was " + key);
                }
            }
        }
        assertThat(wronged).isEmpty();
        assertThat(server.sql("SELECT count(*) FROM audit_entry WHERE actor = 'integration:erp.none'"))
                .isEqualTo("0");
    }

    private static Outcome outcome(String answer) {
        JsonObject error = new JsonObject(answer).getJsonObject("error");
        if (error == null) {
            return Outcome.LET;
        }
        return switch (error.getString("key")) {
            case "forbidden" -> Outcome.FORBIDDEN;
            case "passkey-needed" -> Outcome.PASSKEY;
            case "unknown-device", "not-found" -> Outcome.NOTHING;
            // It was judged, and things stand otherwise.
            case "conflict", "device-muted", "device-stolen", "not-enrolled" -> Outcome.LET;
            default -> throw new AssertionError(answer);
        };
    }

    @Test
    void lists_show_the_devices_that_he_may_see_and_no_other() {
        for (Holder holder : JUDGED.holders()) {
            Web web = server.browser(server.session(holder.name(), "command-line", true, false));
            String answer =
                    web.command("/commands", "{\"command\":\"devices\"}").body();
            Set<String> seen = new TreeSet<>();
            new JsonObject(answer)
                    .getJsonObject("ok")
                    .getJsonArray("devices")
                    .forEach(one -> seen.add(((JsonObject) one).getString("device")));
            assertThat(seen).as(holder.name()).isEqualTo(JUDGED.seen(holder));
        }
    }
}
