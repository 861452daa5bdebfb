package io.fairlead.enterprise.console;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.audit.TrustAnchors;
import io.fairlead.enterprise.audit.Verifier;
import io.fairlead.enterprise.browser.Route;
import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.fleet.Enrolments;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.LogInStandings;
import io.fairlead.enterprise.login.LoginPolicy;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.people.RightsTable;
import io.fairlead.enterprise.people.RightsTable.Expected;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.roster.Roster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every route as every role, against the table of rights: what is not allowed is refused and leaves no trace. */
class ConsoleRightsTest {
    private static final Set<String> GRANTED = Set.of("everywhere", "customer");
    private static final Set<String> TRAINED = Set.of("none", "AU480");
    private static final Map<String, String> PEOPLE =
            Map.of("its-people", "victim.its", "other-people", "victim.other", "vendor-people", "victim.vendor");
    private static final Pattern CSRF = Pattern.compile("<meta name=\"csrf\" content=\"([^\"]+)\">");

    @TempDir
    Path folder;

    private final RightsTable table = new RightsTable();
    private final HttpClient http =
            HttpClient.newBuilder().sslContext(anyServer()).build();
    private final List<String> wrong = new ArrayList<>();
    private TestFleet fleet;
    private TestConsole console;
    private int cells;

    /** @param perhaps whether even who may can be told that it is so already */
    private record Line(String method, String path, List<Action> actions, String on, String body, boolean perhaps) {}

    @BeforeEach
    void open() throws Exception {
        fleet = new TestFleet(Clock.systemUTC());
        Authority authority = Authority.open(new DataFolder(folder), fleet.clock, new SecureRandom());
        EnrolmentCodes codes = new EnrolmentCodes(
                fleet.database,
                authority,
                new DeviceCertificates(fleet.database, authority, fleet.audit, fleet.clock),
                fleet.devices,
                fleet.audit,
                new EnrolmentCodes.AgentsAddress("localhost", 8444),
                Ids.random(),
                fleet.clock,
                new SecureRandom());
        Roster roster = new Roster(fleet.database, fleet.rights, fleet.clock);
        console = TestConsole.open(
                fleet.postgres,
                new FleetPages(roster, new PendingPeople(fleet.database, fleet.rights, fleet.clock), fleet.clock),
                new EnrolPages(
                        fleet.devices, new Enrolments(fleet.database, fleet.devices, codes), roster, fleet.clock),
                new PeoplePages(
                        fleet.people,
                        fleet.grants,
                        new DeviceViewers(fleet.devices, fleet.rights, fleet.people),
                        new PendingPeople(fleet.database, fleet.rights, fleet.clock),
                        fleet.clock),
                new PersonPages(
                        fleet.people,
                        fleet.grants,
                        (actor, name, fresh) -> fleet.people
                                .get(actor, name)
                                .compose(person -> fleet.rights.must(actor, Action.MANAGE_PEOPLE, person.scope()))
                                .map("https://example/#x"),
                        new LogInStandings(
                                fleet.database,
                                LoginPolicy.at("https://localhost", true, Duration.ofMinutes(30), Duration.ofHours(12)),
                                fleet.clock)::of,
                        roster,
                        fleet.clock),
                auditPages());
        RightsTable.devices().forEach((place, scope) -> {
            Device unused = await(fleet.devices.register(ANNA, device(new DeviceId(place), scope)));
        });
        fleet.postgres.execute(
                "INSERT INTO person (name, display_name, organisation, customer, created_at, created_by) VALUES"
                        + " ('victim.its', 'V', 'O', 'St. Mary', now(), 'test'), ('victim.other', 'V', 'O', 'Other', now(), 'test'),"
                        + " ('victim.vendor', 'V', 'O', NULL, now(), 'test')");
        RightsTable.insert(fleet.postgres, holders(), fleet.clock.instant());
    }

    private AuditPages auditPages() {
        Timers timers = Timers.of(fleet.vertx);
        return new AuditPages(
                fleet.audit,
                new AuditExport(fleet.database),
                new DeviceRecords(fleet.audit, fleet.rights, fleet.devices),
                new Seals(fleet.database, timers, fleet.clock),
                new Verifier(
                        new Blocking(fleet.vertx),
                        fleet.postgres::app,
                        () -> new TrustAnchors(List.of()),
                        folder.resolve("none.witness"),
                        timers,
                        fleet.clock),
                fleet.clock);
    }

    private static NewDevice device(DeviceId id, Scope scope) {
        return new NewDevice(id, "" + scope.customer(), "Site", "" + scope.region(), "" + scope.model(), "4711");
    }

    @AfterEach
    void close() {
        console.close();
        fleet.close();
    }

    private List<Holder> holders() {
        return table.holders().stream()
                .filter(holder ->
                        GRANTED.contains(holder.granted()) && trained(holder).contains(holder.trained()))
                .toList();
    }

    /** The others need none for anything. */
    private static Set<String> trained(Holder holder) {
        return holder.role() == Role.OPERATOR || holder.role() == Role.SERVICE_ENGINEER ? TRAINED : Set.of("none");
    }

    @Test
    void every_route_lets_each_role_do_what_the_table_says_and_nothing_else() throws Exception {
        List<Line> lines = lines();
        assertThat(console.doors().routes())
                // Never ends, and everybody may listen: what each hears is LiveStreamsTest's.
                .filteredOn(route -> !route.path().equals("/live"))
                .extracting(Route::method, Route::path)
                .containsExactlyInAnyOrderElementsOf(lines.stream()
                        .map(line -> Tuple.tuple(line.method(), line.path()))
                        .toList());
        for (Holder holder : holders()) {
            Session session = session(holder);
            for (Line line : lines) {
                for (String place : places(line)) {
                    walk(holder, session, line, place);
                }
            }
        }
        System.out.println("cells=" + cells + " wrong=" + wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(500);
    }

    private static Set<String> places(Line line) {
        return switch (line.on()) {
            case "device" -> RightsTable.devices().keySet();
            case "person" -> PEOPLE.keySet();
            default -> Set.of("any");
        };
    }

    private void walk(Holder holder, Session session, Line line, String place) throws Exception {
        cells++;
        boolean may = line.actions().stream().allMatch(action -> may(holder, action, line.on(), place));
        long before = deeds(holder);
        HttpResponse<String> answer = session.ask(
                line.method(),
                line.path()
                        .replace(":device", place)
                        .replace(":name", PEOPLE.getOrDefault(place, ""))
                        .replace(":id", "999999"),
                line.body());
        int status = answer.statusCode();
        boolean right = may
                ? status == 200
                        || status == 303
                        || status == 302
                        || (status == 422
                                && (line.perhaps() || line.on().equals("any"))
                                && !answer.body().contains("more than you may"))
                : (status == 403 || status == 404 || status == 422) && deeds(holder) == before;
        if (!right) {
            wrong.add(holder + " " + line.method() + " " + line.path() + " on " + place + " may=" + may + " was "
                    + status);
        }
        if (line.path().endsWith("/disable")) {
            Object unused = await(fleet.database
                    .pool()
                    .query("UPDATE person SET disabled_at = NULL")
                    .execute());
        }
    }

    /** What the audit has of him. */
    private long deeds(Holder holder) {
        return await(fleet.database
                .pool()
                .preparedQuery("SELECT count(*) FROM audit_entry WHERE actor = $1")
                .execute(io.vertx.sqlclient.Tuple.of("person:" + holder.name()))
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    private boolean may(Holder holder, Action action, String on, String place) {
        if (on.equals("any")) {
            // Whoever holds such a role somewhere may come; the feature does the rest.
            return List.of("here", "its-people", "platform").stream()
                    .anyMatch(somewhere -> fits(action, somewhere)
                            && table.expected(
                                            new Holder(holder.role(), holder.granted(), "AU480"),
                                            true,
                                            action,
                                            somewhere)
                                    == Expected.ALLOWED);
        }
        String where = action.subject() == Action.Subject.PEOPLE && on.equals("device")
                ? place.equals("other-customer") ? "other-people" : "its-people"
                : place;
        return table.expected(holder, true, action, where) == Expected.ALLOWED;
    }

    private static boolean fits(Action action, String place) {
        return place.equals(
                switch (action.subject()) {
                    case DEVICE -> "here";
                    case PEOPLE -> "its-people";
                    case PLATFORM -> "platform";
                });
    }

    /** A browser's session, without a browser. */
    private record Session(HttpClient http, String url, String token, String csrf) {
        HttpResponse<String> ask(String method, String path, String body) throws Exception {
            String asked = method.equals("GET") && !body.isEmpty() ? path + "?" + body : path;
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + asked))
                    .header("Cookie", "__Host-fairlead=" + token)
                    .header("Origin", url);
            if (method.equals("POST")) {
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("csrf=" + csrf + "&" + body));
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private Session session(Holder holder) throws Exception {
        String token = console.logIn(holder.name());
        Session session = new Session(http, console.url(), token, "");
        Matcher csrf =
                CSRF.matcher(session.ask("GET", "/people/" + holder.name(), "").body());
        assertThat(csrf.find()).as("everybody sees his own page").isTrue();
        return new Session(http, console.url(), token, csrf.group(1));
    }

    private static List<Line> lines() throws Exception {
        List<Line> lines = new ArrayList<>();
        try (var in = Objects.requireNonNull(ConsoleRightsTest.class.getResourceAsStream("routes.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line :
                    text.lines().filter(each -> !each.startsWith("#")).skip(1).toList()) {
                String[] cells = line.strip().split(" +", -1);
                List<Action> actions = cells[2].equals("-")
                        ? List.of()
                        : Arrays.stream(cells[2].split(",", -1))
                                .map(Action::valueOf)
                                .toList();
                boolean perhaps = cells[4].startsWith("!");
                String body = perhaps ? cells[4].substring(1) : cells[4];
                lines.add(new Line(cells[0], cells[1], actions, cells[3], body.equals("-") ? "" : body, perhaps));
            }
        }
        return lines;
    }

    private static SSLContext anyServer() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            X509TrustManager all = new X509TrustManager() {
                @Override
                public void checkClientTrusted(X509Certificate[] chain, String type) {}

                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type) {}

                @Override
                public X509Certificate[] getAcceptedIssuers() {
                    return new X509Certificate[0];
                }
            };
            context.init(null, new TrustManager[] {all}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
