package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.StreamCause;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The viewers' end of a stream as browsers come to it, over the server as it is shipped, and all who must not. */
class ViewerDoorTest {
    private static final Holder EMIL = new Holder(Role.SERVICE_ENGINEER, "everywhere", "AU480");
    private static final Holder OTHER = new Holder(Role.OPERATOR, "everywhere", "AU480");
    private static final String DEVICE = "here";
    private static final JsonObject CONTROL = new JsonObject().put("service", "control/desktop");

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static HttpClient http;
    private String session;
    private String token;

    @BeforeAll
    static void start() throws IOException {
        server = new RunningServer(folder);
        Estate estate = new Estate(server);
        estate.prepare(List.of(EMIL, OTHER));
        http = HttpClient.newBuilder().sslContext(Web.anyServer()).build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void grant() throws IOException {
        session = GrantedSession.of(server, EMIL, DEVICE, Mode.CONTROL, "desktop");
        token = logIn(EMIL);
    }

    private static String logIn(Holder who) {
        return server.session(who.name(), "browser", true, false);
    }

    private JsonObject made(String in, JsonObject wish) {
        HttpResponse<String> answer =
                server.browser(in).ask("POST", "/sessions/" + session + "/streams", wish.encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    /** What the viewer hears. */
    private static final class Viewer implements WebSocket.Listener {
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    private static CompletableFuture<WebSocket> comes(
            String stream, String ticket, String cookie, @Nullable String origin, Viewer viewer) {
        WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols("binary", "fairlead-ticket." + ticket);
        if (!cookie.isEmpty()) {
            builder.header("Cookie", "__Host-fairlead=" + cookie);
        }
        if (origin != null) {
            builder.header("Origin", origin);
        }
        return builder.buildAsync(
                URI.create(server.url().replace("https", "wss") + "/tunnel?stream=" + stream), viewer);
    }

    private static int refused(String stream, String ticket, String cookie, @Nullable String origin) {
        try {
            WebSocket socket =
                    comes(stream, ticket, cookie, origin, new Viewer()).join();
            socket.abort();
            return 101;
        } catch (CompletionException failed) {
            return ((WebSocketHandshakeException) failed.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    private static String count(String where) {
        return server.sql("SELECT count(*) FROM audit_entry WHERE " + where);
    }

    @Test
    void the_page_says_who_why_and_whether_it_is_view_or_control_and_a_stream_is_for_its_maker_once() {
        Web emil = server.browser(token);
        String page = emil.ask("GET", "/sessions/" + session + "/desktop/desktop/control", "")
                .body();
        assertThat(page).contains("ticket 4711", EMIL.name(), "Control", "Clipboard: off", "Stop the session");
        assertThat(emil.ask("GET", "/sessions/" + session + "/desktop/desktop/view", "")
                        .body())
                .contains("View only", "do not reach the instrument");
        for (String nothing :
                List.of("desktop/other/view", "desktop/other/use", "terminal/desktop", "desktop/desktop/stroke")) {
            assertThat(emil.ask("GET", "/sessions/" + session + "/" + nothing, "")
                            .statusCode())
                    .as(nothing)
                    .isIn(400, 404);
        }
        String asked = count("code = 'session.stream-asked'");
        JsonObject made = made(token, CONTROL);
        assertThat(count("code = 'session.stream-asked'")).isNotEqualTo(asked);
        String stream = made.getString("stream");
        String ticket = made.getString("ticket");
        Viewer viewer = new Viewer();
        WebSocket socket = comes(stream, ticket, token, server.url(), viewer).join();
        assertThat(socket.getSubprotocol()).isEqualTo("binary");
        assertThat(refused(stream, ticket, token, server.url())).as("used").isEqualTo(403);
        socket.abort();
    }

    @Test
    void a_ticket_lets_in_nobody_but_its_maker_in_this_log_in_from_a_page_of_ours() {
        JsonObject made = made(token, CONTROL);
        String stream = made.getString("stream");
        String ticket = made.getString("ticket");
        String another = made(token, CONTROL).getString("stream");
        String before = count("code = 'session.stream-opened'");

        assertThat(refused(stream, ticket, "", server.url())).as("nobody").isEqualTo(403);
        assertThat(refused(stream, ticket, "x".repeat(43), server.url()))
                .as("a made-up log-in")
                .isEqualTo(403);
        assertThat(refused(stream, ticket, logIn(OTHER), server.url()))
                .as("another person")
                .isEqualTo(403);
        assertThat(refused(stream, ticket, logIn(EMIL), server.url()))
                .as("another log-in of the same person")
                .isEqualTo(403);
        assertThat(refused(stream, ticket, server.session(EMIL.name(), "command-line", true, false), server.url()))
                .as("the command line's log-in")
                .isEqualTo(403);
        assertThat(refused(stream, ticket, token, null)).as("no origin").isEqualTo(403);
        assertThat(refused(stream, ticket, token, "https://elsewhere.example"))
                .as("another site")
                .isEqualTo(403);
        assertThat(refused(another, ticket, token, server.url()))
                .as("another stream's")
                .isEqualTo(403);
        assertThat(refused("0".repeat(32), ticket, token, server.url()))
                .as("no stream's")
                .isEqualTo(403);
        assertThat(refused("'--", ticket, token, server.url())).as("nonsense").isIn(400, 403);
        assertThat(refused(stream, ticket.substring(1), token, server.url()))
                .as("a broken ticket")
                .isEqualTo(403);
        assertThat(server.browser(logIn(OTHER))
                        .ask("POST", "/sessions/" + session + "/streams", CONTROL.encode())
                        .statusCode())
                .as("another asks for a ticket")
                .isEqualTo(404);
        assertThat(server.browser(server.session(EMIL.name(), "browser", false, false))
                        .ask("POST", "/sessions/" + session + "/streams", CONTROL.encode())
                        .statusCode())
                .as("without a passkey")
                .isEqualTo(403);
        assertThat(count("code = 'session.stream-opened'")).isEqualTo(before);
    }

    @Test
    void logging_out_closes_the_stream_and_leaves_its_ticket_dead() throws Exception {
        JsonObject open = made(token, CONTROL);
        JsonObject later = made(token, CONTROL);
        Viewer viewer = new Viewer();
        WebSocket socket = comes(open.getString("stream"), open.getString("ticket"), token, server.url(), viewer)
                .join();
        assertThat(socket.isInputClosed()).isFalse();

        assertThat(server.browser(token).ask("POST", "/logout", "").statusCode())
                .isEqualTo(303);
        assertThat(viewer.closed.get(60, TimeUnit.SECONDS)).isEqualTo(StreamCause.RIGHTS_LOST.code());
        assertThat(refused(later.getString("stream"), later.getString("ticket"), token, server.url()))
                .isEqualTo(403);
    }

    @Test
    void who_loses_his_training_is_shown_nothing_more_and_stop_ends_the_session() throws Exception {
        JsonObject made = made(token, CONTROL);
        String training = " FROM person_training WHERE person = '" + EMIL.name() + "'";
        server.postgres.execute("CREATE TABLE kept AS SELECT *" + training, "DELETE" + training);
        try {
            assertThat(refused(made.getString("stream"), made.getString("ticket"), token, server.url()))
                    .isEqualTo(403);
        } finally {
            server.postgres.execute("INSERT INTO person_training OVERRIDING SYSTEM VALUE SELECT * FROM kept");
        }

        grant();
        JsonObject open = made(token, CONTROL);
        Viewer viewer = new Viewer();
        WebSocket socket = comes(open.getString("stream"), open.getString("ticket"), token, server.url(), viewer)
                .join();
        assertThat(socket.isInputClosed()).isFalse();
        Web emil = server.browser(token);
        assertThat(emil.ask("POST", "/sessions/" + session + "/stop", "{}").statusCode())
                .isEqualTo(204);
        assertThat(viewer.closed.get(60, TimeUnit.SECONDS)).isEqualTo(StreamCause.ENDED_BY_ENGINEER.code());
        JsonObject stands = new JsonObject(
                emil.ask("GET", "/sessions/" + session + "/stands", "").body());
        assertThat(stands.getString("state")).isEqualTo("ENDED");
        assertThat(stands.getString("words")).contains("ended by the engineer");
    }
}
