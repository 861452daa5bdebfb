package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.statements.StreamCause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A remote session between processes: asked for, agreed to at the instrument, used, recorded, and ended there. */
@EnabledOnOs(OS.LINUX)
class AgentSessionTest {
    private static final int GROUP = AgentProcess.USER;
    private static final int APPROVER = 62_012;
    private static final String SITE = """
            services = [{ name = echo, kind = raw, port = %d }]
            sessions { relay-ports = [%d, server] }
            policy { session = ask }
            approvers { group = "%d" }
            """;
    private static final String USER = "clinic-agent";
    private static final String PASSWORD = "quite-a-secret-7351";

    private static Folder folder;
    private static Server server;
    private static ServerSocket echo;
    private static int further;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(AgentProcess.ROOT, "root is missing: an ordinary user has no other accounts to answer with");
        folder = Folder.make("agent-session");
        further = Server.freePorts(1);
        server = Server.start(folder.path().resolve("server"), "tunnels.ports = [" + further + "]");
        echo = new ServerSocket(Server.freePorts(1), 8, InetAddress.getLoopbackAddress());
        Thread answers = new Thread(AgentSessionTest::answer, "echo");
        answers.setDaemon(true);
        answers.start();
    }

    /** Says back what it hears, one connection after the other. */
    private static void answer() {
        while (!echo.isClosed()) {
            try (Socket socket = echo.accept()) {
                long unused = socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (IOException gone) {
                // The next one.
            }
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            echo.close();
            server.close();
            folder.close();
        }
    }

    /** The viewer's end, for as long as it lasts. */
    private static final class Viewer implements WebSocket.Listener {
        final CompletableFuture<String> heard = new CompletableFuture<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            text.append(StandardCharsets.UTF_8.decode(bytes));
            if (text.length() >= "hello".length()) {
                heard.complete(text.toString());
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    private static WebSocket connect(JsonObject stream, WebSocket.Listener viewer) throws Exception {
        TestDevice trusting =
                TestDevice.enrol(server.enrolment("trusting"), folder.path().resolve("trusting"));
        return HttpClient.newBuilder()
                .sslContext(RawClient.context(trusting.identity(), false))
                .build()
                .newWebSocketBuilder()
                .header("Fairlead-Proof", stream.getString("proof"))
                .subprotocols("binary", "fairlead-ticket." + stream.getString("ticket"))
                .buildAsync(URI.create("wss://localhost:" + server.peoplePort() + "/tunnel"), viewer)
                .get(60, TimeUnit.SECONDS);
    }

    private static String state(String session) {
        try {
            return server.call("session", new JsonObject().put("id", session)).getString("state");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject question(AgentProcess agent) {
        agent.await("a question", () -> !shown(agent).isEmpty());
        return shown(agent).getJsonObject(0);
    }

    private static JsonArray shown(AgentProcess agent) {
        try {
            AgentProcess.Said said = agent.typed(APPROVER, GROUP, "questions", "--json");
            return said.code() == 0 ? new JsonArray(said.out()) : new JsonArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> receipts(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            return all.filter(file -> file.toString().endsWith(".receipt")).toList();
        }
    }

    @Test
    void what_was_agreed_to_at_the_instrument_can_be_used_until_somebody_there_ends_it() throws Exception {
        String site = SITE.formatted(echo.getLocalPort(), further, GROUP);
        try (AgentProcess agent =
                AgentProcess.enrolled(server, "instrument", folder.path().resolve("instrument"), site)) {
            agent.start();
            JsonObject wish = new JsonObject()
                    .put("device", "instrument")
                    .put("services", "use/echo")
                    .put("reason", "ticket 4711");
            String session = server.call("sessions.request", wish).getString("id");
            JsonObject question = question(agent);
            assertThat(question.encode()).contains("echo", "ticket 4711");
            assertThat(state(session)).isNotEqualTo("GRANTED");
            assertThat(agent.typed(APPROVER, GROUP, "approve", question.getString("id"))
                            .code())
                    .isZero();
            agent.await("a grant", () -> state(session).equals("GRANTED"));

            Viewer viewer = new Viewer();
            JsonObject stream = server.call(
                    "sessions.stream", new JsonObject().put("id", session).put("service", "use/echo"));
            hello(stream, viewer);
            assertThat(agent.ownLog()).contains("relay=localhost:" + further + " state=OPEN tried=1");

            assertThat(agent.typed(APPROVER, GROUP, "end").code()).isZero();
            assertThat(viewer.closed.get(60, TimeUnit.SECONDS)).isEqualTo(StreamCause.ENDED_AT_INSTRUMENT.code());
            agent.await("its end at the server", () -> state(session).equals("ENDED"));

            List<Path> receipts = receipts(agent.data().resolve("receipts"));
            assertThat(receipts).hasSize(1);
            AgentProcess.Said proof =
                    agent.typed(0, 0, "verify-receipt", receipts.get(0).toString());
            assertThat(proof.code()).as(proof.err()).isZero();
            assertThat(proof.out()).contains("echo", String.valueOf(APPROVER));
            Path recorded = server.data().resolve("recordings").resolve(stream.getString("stream") + ".flr");
            agent.await("the recording", () -> Files.exists(recorded));
            Path kept = agent.data()
                    .resolve("transcripts")
                    .resolve(session + "-" + stream.getString("stream") + ".transcript");
            JsonObject found = server.call(
                    "recordings.verify",
                    new JsonObject().put("id", stream.getString("stream")).put("kept", statements(kept)));
            assertThat(found.getString("verdict")).as(found.encode()).isEqualTo("WHOLE");
        }
    }

    /** The lines that are statements: above them stand certificates, whose lines have no dot. */
    private static String statements(Path transcript) throws IOException {
        return Files.readAllLines(transcript).stream()
                .filter(line -> line.indexOf('.') > 0)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void of_a_stream_whose_server_is_killed_at_most_the_last_second_is_missing_and_the_rest_plays() throws Exception {
        String site = SITE.replace("session = ask", "session = allow").formatted(echo.getLocalPort(), further, GROUP);
        try (AgentProcess agent =
                AgentProcess.enrolled(server, "killed", folder.path().resolve("killed"), site)) {
            agent.start();
            JsonObject wish = new JsonObject()
                    .put("device", "killed")
                    .put("services", "use/echo")
                    .put("reason", "ticket 4713");
            String session = server.call("sessions.request", wish).getString("id");
            agent.await("a grant", () -> state(session).equals("GRANTED"));
            JsonObject stream = server.call(
                    "sessions.stream", new JsonObject().put("id", session).put("service", "use/echo"));
            Echoed echoed = new Echoed();
            WebSocket socket = connect(stream, echoed);
            for (int i = 0; i < 60; i++) {
                ByteBuffer line = ByteBuffer.wrap(("<" + i + ">").getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.sendBinary(line, true).get(60, TimeUnit.SECONDS))
                        .isNotNull();
                Thread.sleep(50);
            }
            long killed = System.nanoTime();
            server.kill9();
            server.startAgain();

            String recorded = recorded(stream.getString("stream"));
            assertThat(recorded).startsWith("FLRAW001");
            // A second until it is forced, and as much for the forcing on a busy disk.
            List<String> missing = echoed.heard.entrySet().stream()
                    .filter(one -> killed - one.getValue() > TimeUnit.SECONDS.toNanos(2))
                    .map(Map.Entry::getKey)
                    .filter(line -> !recorded.contains(line))
                    .toList();
            assertThat(echoed.heard).hasSizeGreaterThan(10);
            assertThat(missing).isEmpty();
            JsonObject found = server.call("recordings.verify", new JsonObject().put("id", stream.getString("stream")));
            assertThat(found.getString("verdict")).as(found.encode()).isNotEqualTo("FALSE");
        }
    }

    /** What comes back, and when it was heard. */
    private static final class Echoed implements WebSocket.Listener {
        final Map<String, Long> heard = new ConcurrentHashMap<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            String text = StandardCharsets.US_ASCII.decode(bytes).toString();
            long now = System.nanoTime();
            for (String line : text.split("(?<=>)", -1)) {
                if (line.matches("<\\d+>")) {
                    heard.put(line, now);
                }
            }
            socket.request(1);
            return null;
        }
    }

    private static String recorded(String stream) throws IOException {
        JsonObject reader = server.call(
                "recordings.save", new JsonObject().put("id", stream).put("form", "raw"));
        StringBuilder all = new StringBuilder();
        while (true) {
            byte[] bytes = Base64.getDecoder()
                    .decode(server.call("recordings.more", reader).getString("bytes"));
            if (bytes.length == 0) {
                return all.toString();
            }
            all.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private static void hello(JsonObject stream, Viewer viewer) throws Exception {
        WebSocket socket = connect(stream, viewer);
        ByteBuffer hello = ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(socket.sendBinary(hello, true).get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(viewer.heard.get(60, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void behind_a_proxy_that_lets_out_to_one_port_only_streams_take_that_one() throws Exception {
        Path password = Files.writeString(folder.path().resolve("proxy.password"), PASSWORD + "\n");
        Files.setAttribute(password, "unix:uid", AgentProcess.USER);
        Path unused = Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        try (Squid proxy = Squid.toPort(server.agentsPort(), folder.path().resolve("squid"), USER, PASSWORD)) {
            String site =
                    SITE.replace("session = ask", "session = allow").formatted(echo.getLocalPort(), further, GROUP)
                            + """
                    proxy {
                      from = manual
                      use = ["http://PROXY"]
                      credentials = [{ proxy = "PROXY", user = "%s", password-file = "%s" }]
                    }
                    """.formatted(USER, password).replace("PROXY", proxy.address());
            try (AgentProcess agent =
                    AgentProcess.enrolled(server, "narrow", folder.path().resolve("narrow"), site)) {
                agent.start();
                JsonObject wish = new JsonObject()
                        .put("device", "narrow")
                        .put("services", "use/echo")
                        .put("reason", "ticket 4712");
                String session = server.call("sessions.request", wish).getString("id");
                agent.await("a grant", () -> state(session).equals("GRANTED"));
                Viewer viewer = new Viewer();
                hello(
                        server.call(
                                "sessions.stream",
                                new JsonObject().put("id", session).put("service", "use/echo")),
                        viewer);

                assertThat(agent.ownLog())
                        .contains("relay=localhost:" + server.agentsPort() + " state=OPEN tried=2")
                        .contains("does not let this PC through to localhost:" + further);
                assertThat(proxy.log()).contains("TCP_DENIED/403");
                JsonObject ended = server.call("sessions.end", new JsonObject().put("id", session));
                assertThat(ended.getString("state")).isEqualTo("ENDED");
                assertThat(viewer.closed.get(60, TimeUnit.SECONDS)).isEqualTo(StreamCause.ENDED_BY_ENGINEER.code());
            }
        }
    }

    /** A session whose stream is open, as its viewer has it. */
    private record Opened(String session, Viewer viewer) {
        void closedFor(StreamCause cause) throws Exception {
            assertThat(viewer.closed.get(60, TimeUnit.SECONDS)).isEqualTo(cause.code());
        }
    }

    private static Opened opened(AgentProcess agent, String device) throws Exception {
        JsonObject wish = new JsonObject()
                .put("device", device)
                .put("services", "use/echo")
                .put("reason", "ticket 4713");
        String session = server.call("sessions.request", wish).getString("id");
        agent.await("a grant", () -> state(session).equals("GRANTED"));
        Viewer viewer = new Viewer();
        hello(server.call("sessions.stream", new JsonObject().put("id", session).put("service", "use/echo")), viewer);
        return new Opened(session, viewer);
    }

    private static boolean audited(String session, StreamCause cause) {
        try {
            String all = server.call("audit.list", new JsonObject()).encode();
            return all.contains("session=" + session + " state=ENDED cause=" + cause);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_mute_closes_both_ends_at_once_and_its_cause_is_in_the_audit() throws Exception {
        String site = SITE.replace("session = ask", "session = allow").formatted(echo.getLocalPort(), further, GROUP);
        try (AgentProcess agent =
                AgentProcess.enrolled(server, "ended", folder.path().resolve("ended"), site)) {
            agent.start();
            JsonObject device = new JsonObject().put("device", "ended").put("reason", "test");

            Opened muted = opened(agent, "ended");
            assertThat(server.call("devices.mute", device).getBoolean("changed"))
                    .isTrue();
            muted.closedFor(StreamCause.DEVICE_BARRED);
            agent.await("its cause", () -> audited(muted.session(), StreamCause.DEVICE_BARRED));
            assertThat(server.call("devices.unmute", device).getBoolean("changed"))
                    .isTrue();
        }
    }
}
