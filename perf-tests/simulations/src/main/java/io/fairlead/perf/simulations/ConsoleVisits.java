package io.fairlead.perf.simulations;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.css;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.fairlead.enterprise.login.Password;
import io.fairlead.enterprise.login.ScramClient;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * People at the console: each logs in with his password, by SCRAM as a browser does, and goes from the fleet to a device, its
 * values and its alarms, with some seconds to read in between.
 */
final class ConsoleVisits {
    private static final Duration ARRIVING = Duration.ofSeconds(2);
    private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(4);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final String CLIENT = "client";
    private static final String PROOF = "proof";
    private static final String MESSAGE = "message";
    private static final String DEVICE = "device";
    private static final String ROUND = "round";

    private final String url;
    private final List<String> visitors;
    private final Agents agents;
    private final Watch watch;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param url of the people's listener
     * @param visitors file with a line {@code NAME PASSWORD} for each
     */
    ConsoleVisits(String url, Path visitors, Agents agents, Watch watch) {
        this.url = url;
        this.agents = agents;
        this.watch = watch;
        try {
            this.visitors = Files.readAllLines(visitors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PopulationBuilder population() {
        AtomicInteger next = new AtomicInteger();
        return scenario("people")
                .exec(exec(
                        session -> session.set(CLIENT, client(visitors.get(next.getAndIncrement() % visitors.size())))))
                .exec(logIn())
                .exec(look())
                .injectOpen(rampUsers(visitors.size()).during(ARRIVING))
                .protocols(http.baseUrl(url)
                        .disableWarmUp()
                        .disableAutoReferer()
                        .header("Origin", url)
                        .header("Sec-Fetch-Site", "same-origin"));
    }

    private ScramClient client(String line) {
        int blank = line.indexOf(' ');
        return new ScramClient(
                line.substring(0, blank),
                Password.typed(line.substring(blank + 1).toCharArray()),
                random);
    }

    private static ScramClient client(Session session) {
        ScramClient client = session.get(CLIENT);
        return client;
    }

    private static ChainBuilder logIn() {
        return exec(page("/login", "console, log-in page")
                        .check(css("meta[name=csrf]", "content").saveAs("csrf")))
                .exec(asked(
                        "/login/first",
                        "console, log-in begun",
                        session -> new JsonObject().put(MESSAGE, client(session).first())))
                .exec(exitHereIfFailed())
                .exec(proof())
                .exec(asked(
                        "/login/final",
                        "console, log-in proved",
                        session -> new JsonObject()
                                .put("exchange", answer(session).getString("exchange"))
                                .put(MESSAGE, computing(session).join())
                                .put("to", "/devices")))
                .exec(exitHereIfFailed())
                .exec(session -> client(session).proves(answer(session).getString(MESSAGE, ""))
                        ? session
                        : session.markAsFailed())
                .exec(exitHereIfFailed());
    }

    /** Takes a good part of a second, which must not keep the other virtual users waiting. */
    private static ChainBuilder proof() {
        return exec(session -> {
                    ScramClient client = client(session);
                    String challenge = answer(session).getString(MESSAGE, "");
                    return session.set(PROOF, CompletableFuture.supplyAsync(() -> client.answer(challenge)));
                })
                .exec(asLongAs(session -> !computing(session).isDone()).on(pause(LOOK_AGAIN)));
    }

    private static CompletableFuture<String> computing(Session session) {
        CompletableFuture<String> proof = session.get(PROOF);
        return proof;
    }

    private static JsonObject answer(Session session) {
        return new JsonObject(session.contains(MESSAGE) ? session.getString(MESSAGE) : "{}");
    }

    private static HttpRequestActionBuilder asked(String path, String name, Function<Session, JsonObject> question) {
        return http(name)
                .post(path)
                .header("Content-Type", "application/json")
                .header("X-Csrf", "#{csrf}")
                .body(StringBody(session -> question.apply(session).encode()))
                .check(status().is(200), bodyString().saveAs(MESSAGE));
    }

    private static HttpRequestActionBuilder page(String path, String name) {
        return http(name).get(path).check(status().is(200));
    }

    /** Once at least, as soon as there is a device to look at. */
    private ChainBuilder look() {
        return exec(asLongAs(session -> agents.anyWithValues().isEmpty() && !watch.isLongOver())
                        .on(pause(LOOK_AGAIN)))
                .exec(asLongAs(session -> session.getInt(ROUND) == 0 || !watch.isOver(), ROUND)
                        .on(exec(page("/devices", "console, fleet"))
                                .exec(reading())
                                .exec(session -> session.set(
                                        DEVICE, agents.anyWithValues().orElse("none")))
                                .exec(page("/devices/#{device}", "console, device"))
                                .exec(reading())
                                .exec(page("/devices/#{device}/now", "console, values")
                                        .check(substring(Readings.ITEM).exists()))
                                .exec(reading())
                                .exec(page("/devices/#{device}/alarms", "console, alarms"))
                                .exec(reading())));
    }

    private static ChainBuilder reading() {
        return pause(SHORTEST_LOOK, LONGEST_LOOK);
    }
}
