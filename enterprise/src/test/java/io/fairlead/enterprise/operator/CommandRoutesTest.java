package io.fairlead.enterprise.operator;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.login.Password;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.ScramClient;
import io.fairlead.enterprise.login.TestLogins;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommandRoutesTest {
    private static final String HEAD = "POST /commands HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    private static final AtomicInteger ERRORS = new AtomicInteger();
    private static final ManualTimers TIMERS = new ManualTimers();
    /** As the listener of people speaks. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestDatabase postgres;
    private static TestLogins logins;
    private static Vertx vertx;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.start();
        logins = new TestLogins(postgres, Clock.systemUTC(), true);
        logins.person("anna");
        logins.password("anna", TestLogins.PASSWORD);
        logins.person("olga");
        logins.grant("olga", "operator");
        logins.password("olga", TestLogins.PASSWORD);
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        Commands commands = new Commands(Map.of(
                "who",
                (actor, arguments) -> Future.succeededFuture(new JsonObject().put("actor", String.valueOf(actor)))));
        new CommandRoutes(
                        logins.logIns,
                        logins.sessions,
                        logins.confirmations,
                        Proxies.of(List.of()),
                        commands,
                        TIMERS,
                        () -> "c" + ERRORS.incrementAndGet())
                .mount(router);
        server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
        postgres.close();
    }

    private record Answer(int status, JsonObject json) {
        String error() {
            return json.getJsonObject("error").getString("key");
        }
    }

    private static Answer post(String path, JsonObject body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.actualPort() + CommandRoutes.PATH + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), new JsonObject(response.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer logIn(String name, String password) {
        ScramClient client = new ScramClient(name, Password.typed(password.toCharArray()), new SecureRandom());
        Answer begun = post("/login", new JsonObject().put("message", client.first()));
        assertThat(begun.status()).isEqualTo(200);
        Answer in = post(
                "/login/proof",
                new JsonObject()
                        .put("exchange", begun.json().getString("exchange"))
                        .put("message", client.answer(begun.json().getString("message"))));
        if (in.status() == 200) {
            assertThat(client.proves(in.json().getString("message"))).isTrue();
        }
        return in;
    }

    private static Answer run(String token) {
        return post("", new JsonObject().put("command", "who"), "Authorization", "Bearer " + token);
    }

    @Test
    void a_person_logs_in_runs_a_command_and_logs_out() {
        Answer in = logIn("anna", TestLogins.PASSWORD);
        String token = in.json().getString("token");

        assertThat(run(token).json().getJsonObject("ok").getString("actor")).isEqualTo("person:anna");
        assertThat(post("/logout", new JsonObject(), "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(run(token).error()).isEqualTo("not-logged-in");
    }

    @Test
    void a_wrong_password_and_a_wrong_token_are_refused() {
        Answer wrong = logIn("anna", "not her password at all");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.error()).isEqualTo("login-refused");
        assertThat(wrong.json().getJsonObject("error").getString("detail")).isNull();
        assertThat(run("A".repeat(43)).status()).isEqualTo(401);
        assertThat(run("x").status()).isEqualTo(401);
        assertThat(post("", new JsonObject().put("command", "who")).status()).isEqualTo(401);
    }

    @Test
    void whoever_needs_a_passkey_commands_nothing_before_he_has_shown_it() {
        Answer in = logIn("olga", TestLogins.PASSWORD);

        assertThat(in.json().getBoolean("waiting")).isTrue();
        assertThat(run(in.json().getString("token")).error()).isEqualTo("passkey-needed");
    }

    @Test
    void a_browsers_page_gets_no_token_here() {
        for (String header : List.of("Origin", "Sec-Fetch-Site")) {
            assertThat(post("/login", new JsonObject().put("message", "n,,n=a,r=b"), header, "https://localhost")
                            .error())
                    .isEqualTo("forbidden");
        }
    }

    @Test
    void nonsense_is_answered_with_an_error_of_ours() {
        assertThat(post("/login", new JsonObject()).error()).isEqualTo("invalid");
        assertThat(post("/login", new JsonObject().put("message", 7)).error()).isEqualTo("invalid");
        assertThat(post("/login", new JsonObject().put("message", "hello")).error())
                .isEqualTo("invalid");
        assertThat(post("/login/proof", new JsonObject().put("exchange", "?").put("message", "x"))
                        .error())
                .isEqualTo("login-refused");
        for (String body : List.of("", "null", "7", "[]", "{\"command\":", "x".repeat(1_000))) {
            assertThat(said(HEAD + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
                    .as(body)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"detail\":\"a request is a JSON object\"");
        }
    }

    @Test
    void whoever_sends_his_request_too_slowly_is_told_so_and_closed() throws Exception {
        int before = TIMERS.size();
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            slow.setSoTimeout(20_000);
            slow.getOutputStream().write((HEAD + "Content-Length: 100\r\n\r\n{\"command\"").getBytes(US_ASCII));
            while (TIMERS.size() == before) {
                Thread.sleep(10);
            }
            TIMERS.fire(Duration.ofSeconds(29));
            assertThat(TIMERS.size()).isGreaterThan(before);
            TIMERS.fire(Duration.ofSeconds(30));

            // To its end: the server closes.
            assertThat(new String(slow.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\"key\":\"body-too-slow\"", "\"detail\":\"10 bytes came in 30 s\"");
        }
    }

    @Test
    void a_request_without_an_end_is_read_no_further_than_the_longest_command() throws Exception {
        try (Socket endless = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            endless.setSoTimeout(20_000);
            OutputStream out = endless.getOutputStream();
            out.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII));
            byte[] chunk = ("8000\r\n" + "x".repeat(0x8000) + "\r\n").getBytes(US_ASCII);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            out.write(chunk);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        String tooMuch = HEAD + "Transfer-Encoding: chunked\r\n\r\n40001\r\n" + "x".repeat(0x40001);
        assertThat(said(tooMuch))
                .startsWith("HTTP/1.1 413 ")
                .contains("\"key\":\"body-too-large\"", "\"detail\":\"more than 262144 bytes\"");
    }

    /** What comes for these bytes, until the server closes. */
    private static String said(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
