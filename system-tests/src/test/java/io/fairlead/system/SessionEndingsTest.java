package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import io.fairlead.agent.link.KeptReceipt;
import io.fairlead.statements.StreamCause;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The endings of remote sessions between processes that nobody at either side asked for: both ends are shut, what was left of
 * tickets is good for nothing, and everybody can read why. In one order: one PC is stopped meanwhile, as if it had vanished.
 */
@EnabledOnOs(OS.LINUX)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SessionEndingsTest {
    private static final String SITE = """
            services = [{ name = echo, kind = raw, port = %d }]
            policy { session = allow }
            """;
    private static final boolean LONG = Boolean.getBoolean("fairlead.long");
    private static final Pattern TICKET = Pattern.compile("[ >]ticket(?:=\"|>)([^\"<]+)");

    private static Folder folder;
    private static Tmpfs disk;
    private static Server server;
    private static EchoService echo;
    private static Identity trusting;
    private static AgentProcess lab;
    private static AgentProcess gone;
    private static Opened vanished;
    private static long stopped;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(AgentProcess.ROOT, "root is missing: a full disk and an agent's account cannot be played");
        folder = Folder.make("session-endings");
        Path home = folder.path().resolve("server");
        disk = Tmpfs.mount(home.resolve("data/recordings"), 40);
        server = Server.start(home, "transfers.keep-free = 16");
        echo = new EchoService();
        trusting = TestDevice.enrol(server.enrolment("trusting"), folder.path().resolve("trusting"))
                .identity();
        gone = agent("gone");
        gone.start();
        lab = agent("lab").withAClockOfItsOwn();
        lab.start();
        vanished = opened(gone);
        signal(gone.java(), "STOP");
        stopped = System.nanoTime();
    }

    private static AgentProcess agent(String device) throws IOException {
        return AgentProcess.enrolled(server, device, folder.path().resolve(device), SITE.formatted(echo.port()));
    }

    @AfterAll
    static void end() throws Exception {
        if (folder != null) {
            if (gone != null) {
                signal(gone.java(), "CONT");
                gone.close();
                lab.close();
                server.close();
            }
            if (disk != null) {
                disk.close();
            }
            folder.close();
        }
    }

    private static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The viewer's end, for as long as it lasts. */
    private static final class Viewer implements WebSocket.Listener {
        final CompletableFuture<Void> heard = new CompletableFuture<>();
        /** The code, 0 when the line broke; and when. */
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        volatile long at;

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            heard.complete(null);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            at = System.nanoTime();
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable broken) {
            at = System.nanoTime();
            closed.complete(0);
        }
    }

    /** A session with an open stream, and one more stream whose viewer has not come yet. */
    private record Opened(
            AgentProcess agent,
            String session,
            String stream,
            Viewer viewer,
            WebSocket socket,
            CompletableFuture<Long> local,
            JsonObject unused) {
        /** What the enterprise says of it. */
        String known(String key) throws IOException {
            JsonObject all = server.call("session", new JsonObject().put("id", session));
            return all.getString(key, "");
        }
    }

    private static Opened opened(AgentProcess agent) throws Exception {
        JsonObject wish = new JsonObject()
                .put("device", agent.device())
                .put("services", "use/echo")
                .put("minutes", 5)
                .put("reason", "ticket 4711");
        String session = server.call("sessions.request", wish).getString("id");
        agent.await(
                "a grant",
                () -> server.call("session", new JsonObject().put("id", session))
                        .getString("state")
                        .equals("GRANTED"));
        JsonObject stream = stream(session);
        Viewer viewer = new Viewer();
        WebSocket socket = connect(stream, viewer).get(60, TimeUnit.SECONDS);
        String name = session.substring(0, EchoService.NAME);
        ByteBuffer first = ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.sendBinary(first, true).get(60, TimeUnit.SECONDS)).isNotNull();
        Void unused = viewer.heard.get(60, TimeUnit.SECONDS);
        return new Opened(agent, session, stream.getString("stream"), viewer, socket, echo.end(name), stream(session));
    }

    private static JsonObject stream(String session) throws IOException {
        return server.call(
                "sessions.stream", new JsonObject().put("id", session).put("service", "use/echo"));
    }

    private static CompletableFuture<WebSocket> connect(JsonObject stream, WebSocket.Listener viewer) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(RawClient.context(trusting, false))
                .build()
                .newWebSocketBuilder()
                .header("Fairlead-Proof", stream.getString("proof"))
                .subprotocols("binary", "fairlead-ticket." + stream.getString("ticket"))
                .buildAsync(URI.create("wss://localhost:" + server.peoplePort() + "/tunnel"), viewer);
    }

    /** Both sides are shut, soon; the viewer's with this cause. */
    private static void shut(Opened one, StreamCause viewers, long since) throws Exception {
        int code = one.viewer().closed.get(90, TimeUnit.SECONDS);
        assertThat(code).isEqualTo(viewers.code());
        long local = one.local().get(90, TimeUnit.SECONDS);
        System.out.printf(
                "ending: %s, viewer after %d ms, service at the instrument after %d ms%n",
                viewers, (one.viewer().at - since) / 1_000_000, (local - since) / 1_000_000);
    }

    /** The session is over, both audits say why, and no ticket of it is good for anything. */
    private static void over(Opened one, StreamCause cause) throws Exception {
        one.agent().await("the session's end", () -> one.known("cause").equals(cause.name()));
        assertThat(one.known("state")).isEqualTo("ENDED");
        one.agent()
                .await(
                        "the audit of the enterprise",
                        () -> server.call("audit.list", new JsonObject())
                                .encode()
                                .contains("session=" + one.session() + " state=ENDED cause=" + cause));
        one.agent()
                .await(
                        "the end of its streams",
                        () -> "0"
                                .equals(Rows.value(
                                        server,
                                        "SELECT count(*) FROM remote_stream WHERE ended_at IS NULL AND opened_at IS NOT NULL"
                                                + " AND session = '" + one.session() + "'")));
        refused(connect(one.unused(), new Viewer()));
        refused(asAgent(one));
    }

    private static void refused(CompletableFuture<WebSocket> tried) {
        assertThatThrownBy(() -> tried.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    /** Who has all that the agent has, and its ticket for the stream that is left. */
    private static CompletableFuture<WebSocket> asAgent(Opened one) throws Exception {
        Path data = one.agent().data();
        Identity identity = new IdentityFolder(data.resolve("identity"), Clock.systemUTC())
                .load()
                .orElseThrow();
        String order = Rows.value(
                server,
                "SELECT convert_from(body, 'UTF8') FROM instruction WHERE kind = 'stream' AND subject LIKE '%"
                        + one.unused().getString("stream") + "'");
        Matcher ticket = TICKET.matcher(order);
        assertThat(ticket.find()).as(order).isTrue();
        Path receipt;
        try (Stream<Path> all = Files.list(data.resolve("receipts"))) {
            receipt = all.filter(file -> file.toString().endsWith(one.session() + ".receipt"))
                    .findFirst()
                    .orElseThrow();
        }
        return HttpClient.newBuilder()
                .sslContext(RawClient.context(identity, true))
                .build()
                .newWebSocketBuilder()
                .header("Fairlead-Ticket", ticket.group(1))
                .header(
                        "Fairlead-Receipt",
                        KeptReceipt.of(Files.readAllBytes(receipt)).text().header())
                .buildAsync(URI.create("wss://localhost:" + server.agentsPort() + "/tunnel"), new Viewer());
    }

    /** What the customer reads. */
    private static void told(Opened one, StreamCause cause) {
        String line = "session.ended session=" + one.session() + " cause=\"" + cause.words() + "\"";
        one.agent()
                .await(
                        "the customer's audit: " + line,
                        () -> one.agent().audit().contains(line));
    }

    @Test
    @Order(1)
    void training_that_is_taken_away_ends_the_session() throws Exception {
        JsonObject eve = new JsonObject().put("name", "eve");
        JsonObject unusedAdded = server.call(
                "people.add", eve.copy().put("displayName", "Eve Ek").put("organisation", "Example Service"));
        JsonObject unusedGranted = server.call("people.grant", eve.copy().put("role", "service-engineer"));
        JsonObject unusedTrained = server.call(
                "people.train",
                eve.copy()
                        .put("model", "Tester 1")
                        .put("until", Instant.now().plus(Duration.ofDays(365)).toString())
                        .put("evidence", "course 4711"));
        Opened one = opened(lab);
        // A log-in with a passkey takes a browser; here the session is put into her name instead.
        try (Connection database = Rows.connect(server.data());
                PreparedStatement hers = database.prepareStatement(
                        "UPDATE remote_session SET requested_by = 'person:eve' WHERE id = ?")) {
            hers.setString(1, one.session());
            assertThat(hers.executeUpdate()).isOne();
        }
        // Long enough for the server to have looked at it.
        Thread.sleep(2_500);
        assertThat(one.viewer().closed).isNotDone();
        long training = server.call("people.show", eve)
                .getJsonArray("trainings")
                .getJsonObject(0)
                .getLong("id");

        long since = System.nanoTime();
        JsonObject unused =
                server.call("people.untrain", eve.copy().put("id", training).put("reason", "over"));

        shut(one, StreamCause.RIGHTS_LOST, since);
        over(one, StreamCause.RIGHTS_LOST);
        told(one, StreamCause.RIGHTS_LOST);
    }

    @Test
    @Order(2)
    void a_full_disk_for_recordings_ends_the_session() throws Exception {
        Opened one = opened(lab);
        long since = System.nanoTime();
        disk.fillBut(0);
        try {
            for (int i = 0; i < 600 && !one.viewer().closed.isDone(); i++) {
                CompletableFuture<WebSocket> unused =
                        one.socket().sendBinary(ByteBuffer.wrap("more".getBytes(StandardCharsets.US_ASCII)), true);
                Thread.sleep(50);
            }
            shut(one, StreamCause.NOT_RECORDED, since);
            over(one, StreamCause.NOT_RECORDED);
            told(one, StreamCause.NOT_RECORDED);
        } finally {
            disk.giveBack();
        }
    }

    @Test
    @Order(3)
    void an_agent_that_is_killed_says_so_when_it_is_started_again() throws Exception {
        Opened one = opened(lab);
        long since = System.nanoTime();
        lab.killJava();

        shut(one, StreamCause.OTHER_SIDE_GONE, since);
        over(one, StreamCause.AGENT_STOPS);
        told(one, StreamCause.AGENT_STOPS);
        lab.await("that nothing is left to be said", () -> marks(lab) == 0);
    }

    private static long marks(AgentProcess agent) throws IOException {
        try (Stream<Path> all = Files.list(agent.data().resolve("receipts/open"))) {
            return all.count();
        }
    }

    @Test
    @Order(4)
    void a_pc_that_slept_past_the_end_opens_nothing_when_it_wakes() throws Exception {
        Opened one = opened(lab);
        ProcessHandle java = lab.java();
        signal(java, "STOP");
        // As at a real one: its clock has gone on, the monotonic one has not.
        lab.setClock("+10m");
        long since = System.nanoTime();
        signal(java, "CONT");

        shut(one, StreamCause.EXPIRED, since);
        over(one, StreamCause.EXPIRED);
        told(one, StreamCause.EXPIRED);
        lab.setClock("+0");
    }

    @Test
    @Order(5)
    void of_a_pc_that_vanished_the_viewer_hears_within_45_seconds_and_its_session_can_be_ended() throws Exception {
        assertThat(vanished.viewer().closed.get(90, TimeUnit.SECONDS)).isEqualTo(StreamCause.OTHER_SIDE_GONE.code());
        long after = (vanished.viewer().at - stopped) / 1_000_000;
        System.out.printf("ending: vanished, viewer after %d ms%n", after);
        // 45 s; the machine that tests may be slow, but not by the next ping.
        assertThat(after).isLessThan(60_000);
        JsonObject ended = server.call("sessions.end", new JsonObject().put("id", vanished.session()));
        assertThat(ended.getString("state")).isEqualTo("ENDED");

        signal(gone.java(), "CONT");
        assertThat(vanished.local().get(90, TimeUnit.SECONDS)).isPositive();
        over(vanished, StreamCause.ENDED_BY_ENGINEER);
    }

    @Test
    @Order(6)
    void a_certificate_that_is_revoked_ends_the_session() throws Exception {
        Opened one = opened(gone);
        long since = System.nanoTime();
        JsonObject unused = server.call(
                "devices.revoke", new JsonObject().put("device", "gone").put("reason", "test"));

        shut(one, StreamCause.DEVICE_BARRED, since);
        over(one, StreamCause.DEVICE_BARRED);
        told(one, StreamCause.DEVICE_BARRED);
    }

    @Test
    @Order(7)
    void a_server_that_stops_ends_the_session_and_so_does_one_that_is_killed() throws Exception {
        for (boolean killed : new boolean[] {false, true}) {
            Opened one = opened(lab);
            long since = System.nanoTime();
            if (killed) {
                server.kill9();
                assertThat(one.viewer().closed.get(90, TimeUnit.SECONDS)).isIn(0, 1006);
                assertThat(one.local().get(90, TimeUnit.SECONDS)).isPositive();
            } else {
                server.close();
                shut(one, StreamCause.SERVER_STOPS, since);
            }
            server.startAgain();
            over(one, StreamCause.SERVER_STOPS);
            if (!killed || LONG) {
                // The agent comes back when its pause is over; once is enough each day.
                told(one, StreamCause.SERVER_STOPS);
            }
            assertThat(Rows.value(server, "SELECT cause FROM remote_stream WHERE id = '" + one.stream() + "'"))
                    .isEqualTo("SERVER_STOPS");
        }
    }
}
