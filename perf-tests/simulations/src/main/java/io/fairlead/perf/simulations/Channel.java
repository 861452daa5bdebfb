package io.fairlead.perf.simulations;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.bodyBytes;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.fairlead.soap.SoapCodec;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The agents' channel: SOAP over mutual TLS, each virtual user with its own key. */
final class Channel {
    /** Where a session keeps the newest answer. */
    private static final String ANSWER = "answer";

    private static final String ACTION = "urn:fairlead:agent-channel:1/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String url;
    private final SoapCodec codec;

    /** @param url of the agents' listener, without a path */
    Channel(String url, SoapCodec codec) {
        this.url = url;
        this.codec = codec;
    }

    HttpProtocolBuilder protocol(Seats seats) {
        return http.baseUrl(url)
                .disableWarmUp()
                .disableCaching()
                .disableFollowRedirect()
                .disableAutoReferer()
                .disableAutoOrigin()
                .userAgentHeader("fairlead-simulation")
                .perUserKeyManagerFactory(seats::key);
    }

    /**
     * A SOAP request. It fails unless the server answers with the operation's element, or sheds the request by saying when
     * to come again; what came is {@link #answer}.
     *
     * @param name in the report
     * @param body an object of the contract
     */
    <T> HttpRequestActionBuilder request(
            Function<Session, String> name, String operation, Function<Session, Object> body, Class<T> type) {
        return http(name)
                .post("/agent")
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"" + ACTION + operation + "\"")
                .body(ByteArrayBody(session -> codec.write(body.apply(session))))
                .requestTimeout(PATIENCE)
                .check(
                        status().in(200, 500),
                        bodyBytes()
                                .transform(bytes -> Answer.read(codec, bytes, type))
                                .validate("an answer, or when to come again", (answer, session) -> answer.orFailed())
                                .saveAs(ANSWER));
    }

    /** Before a request: what an earlier one left is no answer to it. */
    static Session without(Session session) {
        return session.remove(ANSWER);
    }

    /** What the server said; empty when the request failed. */
    static <T> Optional<Answer<T>> answer(Session session) {
        Answer<T> answer = session.contains(ANSWER) ? session.get(ANSWER) : null;
        return Optional.ofNullable(answer);
    }
}
