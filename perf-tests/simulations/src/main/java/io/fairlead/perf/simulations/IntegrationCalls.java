package io.fairlead.perf.simulations;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Other systems, each of which asks for the values that hold now and for an hour of history, of one device after the other. */
final class IntegrationCalls {
    private static final int SYSTEMS = 2;
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final String DEVICE = "device";
    private static final String ROUND = "round";

    private final String url;
    private final String account;
    private final Agents agents;
    private final Watch watch;

    /**
     * @param url of the people's listener
     * @param account name and password, with a colon between
     */
    IntegrationCalls(String url, String account, Agents agents, Watch watch) {
        this.url = url;
        this.account = account;
        this.agents = agents;
        this.watch = watch;
    }

    PopulationBuilder population() {
        int colon = account.indexOf(':');
        return scenario("other systems")
                .exec(loop())
                .injectOpen(atOnceUsers(SYSTEMS))
                .protocols(http.baseUrl(url)
                        .disableWarmUp()
                        .disableCaching()
                        .basicAuth(account.substring(0, colon), account.substring(colon + 1)));
    }

    /** Once at least, as soon as there is a device with values. */
    private ChainBuilder loop() {
        return exec(asLongAs(session -> agents.anyWithValues().isEmpty() && !watch.isLongOver())
                        .on(pause(BETWEEN)))
                .exec(asLongAs(session -> session.getInt(ROUND) == 0 || !watch.isOver(), ROUND)
                        .on(exec(session -> session.set(
                                        DEVICE, agents.anyWithValues().orElse("none")))
                                .exec(values())
                                .exec(pause(BETWEEN))
                                .exec(history())
                                .exec(pause(BETWEEN))));
    }

    private static HttpRequestActionBuilder values() {
        return call("FindValues", IntegrationCalls::device);
    }

    private static HttpRequestActionBuilder history() {
        return call("FindHistory", session -> {
            Instant now = Instant.now();
            return device(session) + "<t:item>" + Readings.ITEM + "</t:item><t:from>" + now.minus(Duration.ofHours(1))
                    + "</t:from><t:to>" + now.plus(Duration.ofMinutes(1)) + "</t:to>";
        });
    }

    private static String device(Session session) {
        return "<t:device>" + session.getString(DEVICE) + "</t:device>";
    }

    /** Each of them answers with numbers, for the device has reported some. */
    private static HttpRequestActionBuilder call(String operation, Function<Session, String> criteria) {
        return http("system, " + operation)
                .post("/services/v1/DataService")
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"urn:fairlead:integration:1:DataService:" + operation + "\"")
                .body(StringBody(session -> envelope(operation, criteria.apply(session))))
                .check(status().is(200), regex("<(?:[a-z0-9]+:)?number>").exists());
    }

    private static String envelope(String operation, String criteria) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + "<t:" + operation + " xmlns:t=\"urn:fairlead:integration:1:data\"><t:criteria>" + criteria
                + "</t:criteria></t:" + operation + "></s:Body></s:Envelope>";
    }
}
