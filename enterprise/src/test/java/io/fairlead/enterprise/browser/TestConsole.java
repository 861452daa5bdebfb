package io.fairlead.enterprise.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The people's listener for tests of pages: real doors, TLS, rights and PostgreSQL; only the log-in is left out. A test says
 * who sits there, and has a browser that is logged in as that person.
 *
 * <pre>
 * try (TestDatabase postgres = TestDatabase.start();
 *         TestConsole console = TestConsole.open(postgres, new DevicePages(devices))) {
 *     console.person("anna", "operator");
 *     try (Tab tab = console.as("anna")) {
 *         tab.open("/devices").axe().shots("devices");
 *         assertThat(tab.page().locator("h1")).hasText("Devices");
 *     }
 * }
 * </pre>
 */
public final class TestConsole implements AutoCloseable {
    private final Ids ids = Ids.random();
    private final Map<String, LoggedIn> sessions = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase postgres;
    private final HttpServer server;
    private final Doors doors;
    private final LiveStreams live;

    private TestConsole(TestDatabase postgres, Optional<String> banner, Consumer<Router> beside, List<Pages> pages) {
        this.postgres = postgres;
        Database database = postgres.database();
        Clock clock = Clock.systemUTC();
        Sessions found = (token, address, byPerson) -> Future.succeededFuture(Optional.ofNullable(sessions.get(token)));
        live = new LiveStreams(
                found, (actor, topic) -> Future.succeededFuture(!topic.contains("SECRET")), Timers.of(vertx));
        doors = new Doors(
                found,
                new Rights(database, clock)::of,
                new Templates(),
                Assets.open(),
                banner,
                Timers.of(vertx),
                clock,
                ids);
        pages.forEach(doors::add);
        doors.add(live);
        Router router = Router.router(vertx);
        doors.guard(router);
        beside.accept(router);
        doors.open(router);
        server = TestDatabase.await(vertx.createHttpServer(TlsOptions.people(credential(clock))
                        .setHost("localhost")
                        .setPort(0))
                .requestHandler(router)
                .listen());
    }

    private Credential credential(Clock clock) {
        try {
            Path folder = Files.createTempDirectory("fairlead-console-");
            DataFolder data = new DataFolder(folder);
            Authority authority = Authority.open(data, clock, new SecureRandom(), Duration.ofDays(90));
            Credential made = new OwnCertificates(authority, data, clock).server("people", Set.of("localhost"));
            vertx.fileSystem().deleteRecursiveBlocking(folder.toString());
            return made;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** With these pages, in the order of the menu. */
    public static TestConsole open(TestDatabase postgres, Pages... pages) {
        return new TestConsole(postgres, Optional.empty(), router -> {}, List.of(pages));
    }

    /** The same with what else the listener has. */
    public static TestConsole beside(Consumer<Router> beside, TestDatabase postgres, Pages... pages) {
        return new TestConsole(postgres, Optional.empty(), beside, List.of(pages));
    }

    /** The same with a line above every page. */
    public static TestConsole withBanner(String banner, TestDatabase postgres, Pages... pages) {
        return new TestConsole(postgres, Optional.of(banner), router -> {}, List.of(pages));
    }

    /** Puts a person on record, with a role everywhere; a role of a customer is at "Saint Mary". */
    public void person(String name, String role) {
        boolean customers = role.startsWith("customer-") || role.startsWith("it-");
        String customer = customers ? "'Saint Mary'" : "NULL";
        postgres.execute(
                "INSERT INTO person (name, display_name, organisation, customer, created_at, created_by) VALUES ('"
                        + name
                        + "', '" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + " Berg', 'Test', "
                        + customer + ", now(), 'test') ON CONFLICT DO NOTHING",
                "INSERT INTO person_grant (person, role, customer, granted_at, granted_by) VALUES ('" + name + "', '"
                        + role + "', " + customer + ", now(), 'test')");
    }

    /** Puts a training on record, for a year. */
    public void training(String person, String model) {
        postgres.execute(
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by) VALUES ('"
                        + person + "', '" + model + "', now() + interval '1 year', 'test', now(), 'test')");
    }

    /** A browser that is logged in as a person, whose passkey confirmed it. */
    public Tab as(String person) {
        BrowserContext context = Chromium.context();
        context.addCookies(List.of(new Cookie("__Host-fairlead", logIn(person))
                .setUrl(url())
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(SameSiteAttribute.STRICT)));
        return new Tab(context, url());
    }

    /** A browser in which nobody is logged in. */
    public Tab stranger() {
        return new Tab(Chromium.context(), url());
    }

    /** Makes a session; returns its token. */
    public String logIn(String person) {
        String token = ids.next();
        String name = Character.toUpperCase(person.charAt(0)) + person.substring(1) + " Berg";
        sessions.put(
                token,
                new LoggedIn(
                        Actor.person(person, true),
                        name,
                        ids.next(),
                        Instant.now().plusSeconds(3_600)));
        return token;
    }

    /** Ends every session of a person, as a log-out or a disabled account would. */
    public void logOut(String person) {
        sessions.values().removeIf(each -> each.actor().name().equals(person));
        live.recheck(person);
    }

    /** {@code https://localhost:PORT}. */
    public String url() {
        return "https://localhost:" + server.actualPort();
    }

    /** The hints; {@code live().changed("device/LAB-7")} is what a commit elsewhere would bring about. */
    public LiveStreams live() {
        return live;
    }

    /** Everything that is mounted. */
    public Doors doors() {
        return doors;
    }

    @Override
    public void close() {
        live.stop();
        TestDatabase.await(server.close());
        TestDatabase.await(vertx.close());
    }
}
