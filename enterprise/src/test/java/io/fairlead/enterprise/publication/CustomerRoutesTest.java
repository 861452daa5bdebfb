package io.fairlead.enterprise.publication;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.allowlist.CustomerLinks;
import io.fairlead.enterprise.allowlist.CustomerLists;
import io.fairlead.enterprise.allowlist.TestAllowlists;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.browser.Caller;
import io.fairlead.enterprise.browser.LoggedIn;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.RightsTable;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import io.fairlead.firewall.Cidr;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerRoutesTest {
    private static final String CATALOGUE = """
            title: Example
            products:
              - { id: blood, name: Blood analysers, models: [AU480] }
              - { id: urine, name: Urine analysers, models: [iQ200] }
            regions:
              - { id: eu, name: Europe }
              - { id: us, name: United States }
            domains:
              - { name: service.example }
            services:
              - { host: blood.eu.service.example, ports: [443], products: [blood], region: eu, purpose: A }
              - { host: blood.us.service.example, ports: [443], products: [blood], region: us, purpose: B }
              - { host: urine.us.service.example, ports: [443], products: [urine], region: us, purpose: C }
              - { host: urine.service.example, ports: [443], products: [urine], purpose: D }
              - { host: all.service.example, ports: [443], purpose: E }
            """;
    private static final Actor SERVER = Actor.server();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final TestDatabase postgres = TestDatabase.start();
    private final Vertx vertx = Vertx.vertx();
    private final Database database = postgres.database(vertx);
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-22T10:30:00Z"));
    private final Rights rights = new Rights(database, clock);
    private final CustomerLinks links = new CustomerLinks(database, rights, new Audit(database), Ids.random(), clock);
    private TestAllowlists list;
    private HttpServer server;

    @BeforeEach
    void open() {
        list = new TestAllowlists(postgres, vertx, "agents.service.example", folder.resolve("list.yaml"), clock);
        list.publish(CATALOGUE);
        FirewallRoutes routes =
                new FirewallRoutes(list.lists, () -> new byte[0], "https://console.example", clock, () -> "c");
        Caller caller = new Caller(
                (token, address, byPerson) -> Future.succeededFuture(
                        Optional.of(new LoggedIn(Actor.person(token, true), token, "session", clock.instant()))),
                rights::of);
        Router router = Router.router(vertx);
        routes.mount(
                router,
                new Customers(
                        links,
                        new CustomerLists(database, list.lists),
                        caller,
                        Proxies.of(List.of("127.0.0.1")),
                        clock));
        server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() {
        postgres.close();
        await(vertx.close());
    }

    @Test
    void a_link_has_what_the_devices_of_its_customer_dial_wherever_each_of_them_is() throws Exception {
        postgres.execute("INSERT INTO person (name, display_name, organisation, customer, created_at, created_by)"
                + " VALUES ('new', 'N', 'O', 'New', now(), 'test')");
        device("a", "One", "eu", "AU480");
        device("b", "Two", "United states", "AU480");
        device("c", "Two", "eu", "iQ200");
        device("d", "Three", "us", "DxI");
        device("e", "Four", "apac", "iQ200");
        device("f", "One", "us", "AU480");
        postgres.execute("UPDATE device SET retired_at = now() WHERE id = 'f'");

        assertThat(hosts(link("One"))).containsExactly("agents", "all", "blood.eu");
        assertThat(hosts(link("Two"))).containsExactly("agents", "all", "blood.us", "urine");
        assertThat(hosts(link("Three"))).containsExactly("agents", "all", "blood.us", "urine", "urine.us");
        assertThat(hosts(link("Four"))).containsExactly("agents", "all", "urine", "urine.us");
        assertThat(hosts(link("New"))).hasSize(6);
        String one = link("One");
        device("g", "One", "us", "iQ200");
        assertThat(hosts(one)).as("goes with the devices").contains("urine.us");
    }

    @Test
    void a_link_answers_as_the_whole_list_does_with_its_networks_and_is_kept_by_nobody_between() throws Exception {
        device("a", "One", "eu", "AU480");
        String link = "/firewall/c/"
                + await(links.make(SERVER, "One", "x", List.of(Cidr.of("10.20.0.0/16"))))
                        .token();
        HttpResponse<String> first = get(link + "/endpoints?format=squid");

        assertThat(first.body()).contains("10.20.0.0/16");
        assertThat(get(link + "/endpoints?format=squid&source=10.30.0.0/16").body())
                .contains("10.30.0.0/16")
                .doesNotContain("10.20.0.0/16");
        assertThat(first.headers().firstValue("cache-control")).hasValue("private, no-cache");
        assertThat(first.headers().firstValue("access-control-allow-origin")).isEmpty();
        String tag = first.headers().firstValue("etag").orElseThrow();
        assertThat(get(link + "/endpoints?format=squid", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(get(link + "/version").body()).contains("2026112200");
        assertThat(get(link + "/hosts/blood.us.service.example?format=csv").body())
                .doesNotContain("blood.us");
        problem(get(link + "/endpoints?customer=Two"), 400, "customer");
        problem(get(link + "/endpoints?format=pdf"), 400, "nftables");
        problem(get(link + "/changes/1"), 410, "/firewall/endpoints");
        problem(get(link + "/nothing"), 404, "endpoints");

        clock.advance(Duration.ofDays(1));
        list.publish(CATALOGUE.replace("purpose: E }", "purpose: E }\n" + """
                  - { host: new.eu.service.example, ports: [443], region: eu, purpose: F }
                  - { host: new.us.service.example, ports: [443], region: us, purpose: G }
                """));
        assertThat(get(link + "/changes/2026112200").body())
                .contains("new.eu.service.example")
                .doesNotContain("new.us");
        assertThat(get(link + "/changes.rss").body())
                .contains("Added: new.eu.service.example")
                .doesNotContain("new.us")
                .doesNotContain("/c/");
        assertThat(get("/firewall/changes.rss").body()).contains("new.us");
    }

    @Test
    void a_link_that_is_revoked_or_never_was_is_the_same_and_who_tries_many_waits() throws Exception {
        device("a", "One", "eu", "AU480");
        CustomerLinks.Made made = await(links.make(SERVER, "One", "x", List.of()));
        String good = "/firewall/c/"
                + await(links.make(SERVER, "One", "y", List.of())).token() + "/version";
        String link = "/firewall/c/" + made.token() + "/endpoints";
        assertThat(get(link).statusCode()).isEqualTo(200);
        assertThat(await(links.revoke(SERVER, made.id()))).isEqualTo("One");

        HttpResponse<String> revoked = get(link);
        problem(revoked, 404, "no such link");
        assertThat(revoked.body()).doesNotContain(made.token());
        for (String never : List.of("0".repeat(64), "x", "%00", "..%2f..")) {
            assertThat(get("/firewall/c/" + never + "/endpoints").body()).isEqualTo(revoked.body());
        }
        // The proxy that says for whom it asks.
        for (int i = 0; i < Guesses.MOST; i++) {
            problem(get(link, "X-Forwarded-For", "198.51.100.7"), 404, "no such link");
        }
        HttpResponse<String> waits = get(good, "X-Forwarded-For", "198.51.100.7");
        problem(waits, 429, "some minutes");
        assertThat(waits.headers().firstValue("retry-after")).hasValue("600");
        assertThat(get(good, "X-Forwarded-For", "198.51.100.8").statusCode()).isEqualTo(200);
        assertThat(get(good).statusCode()).as("one for everybody").isEqualTo(200);
        clock.advance(Guesses.WINDOW);
        assertThat(get(good, "X-Forwarded-For", "198.51.100.7").statusCode()).isEqualTo(200);
    }

    @Test
    void when_the_server_fails_its_log_says_so_and_not_by_which_link() throws Exception {
        device("a", "One", "eu", "AU480");
        String link = link("One");
        String token = link.split("/", -1)[3];
        postgres.execute("ALTER TABLE allowlist_link RENAME TO elsewhere");
        PrintStream out = System.out;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            HttpResponse<String> failed = get(link);
            problem(failed, 500, "under c");
            assertThat(failed.body()).doesNotContain(token);
        } finally {
            System.setOut(out);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("firewall=failed correlation=c")
                .doesNotContain(token)
                .doesNotContain(token.substring(0, 16));
    }

    @Test
    void by_log_in_a_list_is_for_who_may_see_a_device_of_that_customer() throws Exception {
        Holder user = new Holder(Role.CUSTOMER_USER, "customer", "none");
        Holder operator = new Holder(Role.OPERATOR, "everywhere", "none");
        Holder trains = new Holder(Role.TRAINING_SYSTEM, "everywhere", "none");
        RightsTable.insert(postgres, List.of(user, operator, trains), clock.instant());
        device("a", RightsTable.CUSTOMER, "eu", "AU480");
        device("b", "Other", "us", "AU480");
        String his = "/firewall/endpoints?customer=St.+Mary&format=csv";

        assertThat(as(user, his).body()).contains("blood.eu").doesNotContain("blood.us");
        assertThat(as(user, his).headers().firstValue("cache-control")).hasValue("private, no-cache");
        assertThat(as(user, "/firewall/hosts/blood.us.service.example?customer=St.+Mary&format=csv")
                        .body())
                .doesNotContain("blood.us");
        problem(as(user, "/firewall/endpoints?customer=Other"), 404, "You see no device");
        assertThat(as(operator, "/firewall/endpoints?customer=Other").body()).contains("blood.us");
        problem(as(operator, "/firewall/endpoints?customer=Nobody%00"), 404, "You see no device");
        problem(as(operator, his + "&customer=Other"), 400, "2 times");
        problem(as(operator, his + "&fromat=csv"), 400, "fromat");
        problem(as(trains, his), 404, "You see no device");
        problem(get(his), 403, "logged in");
        assertThat(get("/firewall/endpoints").headers().firstValue("cache-control"))
                .hasValue("public, max-age=300");
    }

    private String link(String customer) {
        return "/firewall/c/"
                + await(links.make(SERVER, customer, "x", List.of())).token() + "/endpoints";
    }

    private List<String> hosts(String path) throws Exception {
        return new JsonObject(get(path).body())
                .getJsonArray("rows").stream()
                        .map(row -> ((JsonObject) row).getString("host").replace(".service.example", ""))
                        .toList();
    }

    private void device(String id, String customer, String region, String model) {
        postgres.execute("INSERT INTO device (id, customer, site, region, model, serial, created_at) VALUES ('" + id
                + "', '" + customer + "', 'S', '" + region + "', '" + model + "', '1', now())");
    }

    private HttpResponse<String> as(Holder holder, String path) throws Exception {
        return get(path, "Cookie", "__Host-fairlead=" + holder.name());
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void problem(HttpResponse<String> answer, int status, String part) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(part);
    }
}
