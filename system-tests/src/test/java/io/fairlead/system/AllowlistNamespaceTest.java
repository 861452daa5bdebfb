package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.agent.link.IdentityFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * An instrument whose network denies everything, opened by the file that the server publishes and by nothing else, loaded as
 * the file's head says.
 */
@EnabledOnOs(OS.LINUX)
class AllowlistNamespaceTest {
    private static final Duration WORK =
            Boolean.getBoolean("fairlead.long") ? Duration.ofHours(1) : Duration.ofSeconds(20);
    private static final int GROUP = AgentProcess.USER;
    private static final int APPROVER = 62_012;
    private static final String FIRST = "agents.lab.example";
    private static final String SECOND = "spare.lab.example";
    private static final String CONSOLE = "console.lab.example";
    private static final String FILE = "fairlead-allowlist.nft";

    private static Folder folder;
    private static DenyingFirewall firewall;
    private static Server server;
    private static Process echo;
    private static int service;
    private static int further;
    private static HttpClient it;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(AgentProcess.ROOT, "root is missing: only root makes networks");
        firewall = DenyingFirewall.up(FIRST + " " + CONSOLE, SECOND);
        folder = Folder.make("allowlist-namespace");
        Path catalogue = Files.writeString(folder.path().resolve("catalogue.yaml"), """
                title: The lab
                domains:
                  - name: lab.example
                """);
        further = Server.freePorts(1);
        server = Server.start(
                folder.path().resolve("server"),
                """
                agents.names = ["%s", "%s"]
                people.names = ["%s", "localhost"]
                tunnels.ports = [%d]
                allowlist.catalogue = "%s"
                """.formatted(FIRST, SECOND, CONSOLE, further, catalogue),
                firewall.knowing());
        it = HttpClient.newBuilder().sslContext(trusting(server.data())).build();
        service = Server.freePorts(1);
        echo = EchoService.within(firewall.within(), service);
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
        }
        if (echo != null) {
            assertThat(echo.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        if (firewall != null) {
            firewall.close();
            folder.close();
        }
    }

    /** IT's computer, which was given the root. */
    private static SSLContext trusting(Path data) throws Exception {
        Path root;
        try (Stream<Path> all = Files.walk(data)) {
            root = all.filter(file -> file.endsWith("root.crt")).findFirst().orElseThrow();
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(root)) {
            store.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String published(String query) throws Exception {
        HttpResponse<String> answer = it.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + server.peoplePort() + "/firewall/endpoints?"
                                + query + "&source=" + firewall.instrument() + "/32"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The line of the file's head that begins so. */
    private static String shown(String rules, String beginning) {
        return rules.lines()
                .map(line -> line.replaceFirst("^# +", ""))
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private static void load(String rules) throws IOException {
        Path unused = Files.writeString(folder.path().resolve(FILE), rules);
        firewall.type(folder.path(), shown(rules, "nft -c -f"));
        firewall.type(folder.path(), shown(rules, "nft -f"));
    }

    private static void takeBack(String rules) throws IOException {
        firewall.type(folder.path(), shown(rules, "nft flush"));
        firewall.type(folder.path(), shown(rules, "nft delete"));
    }

    @Test
    void an_instrument_works_through_the_published_list_alone_and_who_checks_is_told_what_is_missing()
            throws Exception {
        String list = published("format=nftables");
        assertThat(list).contains(FIRST, SECOND, CONSOLE).doesNotContain("localhost");
        String home = folder.path().resolve("instrument").toString();
        try (AgentProcess agent = AgentProcess.installed(
                        server, "instrument", Path.of(home), """
                        services = [{ name = echo, kind = raw, port = %d }]
                        sessions { relay-ports = [%d, server] }
                        policy { session = ask }
                        approvers { group = "%d" }
                        upload.roots = ["%s/instrument"]
                        """.formatted(service, further, GROUP, home))
                .within(firewall.within())) {
            String enrolment = server.enrolment("instrument");
            assertThat(agent.enrol(enrolment)).isNotZero();
            assertThat(firewall.elsewhere()).isPositive();

            load(list);
            firewall.type(folder.path(), shown(list, "nft insert").replace("forward", "output"));
            String denied = firewall.tried();
            Instant end = Instant.now().plus(WORK);
            assertThat(agent.enrol(enrolment)).as(agent.said()).isZero();
            agent.start();
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
            upload(agent, Path.of(home, "instrument/run.csv"));
            session(agent);
            while (Instant.now().isBefore(end)) {
                Thread.sleep(WORK.toMillis() / 10);
                assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
            }
            assertThat(firewall.tried()).isEqualTo(denied);
            assertThat(firewall.elsewhere()).isZero();

            agent.stop();
            Path json = Files.writeString(folder.path().resolve("list.json"), published("format=json"));
            assertThat(missing(agent, json)).isEmpty();
            takeBack(list);
            String without = published("format=nftables&host=" + SECOND);
            load(without);
            agent.start();
            long number = agent.instruct("collect");
            assertThat(missing(agent, json)).containsExactly(FIRST + ":" + server.agentsPort());
            agent.await("no way out", () -> agent.ownLog().contains("loop=poll state=UNREACHABLE"));
            assertThat(firewall.elsewhere()).isPositive();

            takeBack(without);
            without = published("format=nftables&host=" + FIRST);
            load(without);
            assertThat(agent.result(number).getString("state")).isEqualTo("DONE");
            assertThat(missing(agent, json)).containsExactly(SECOND + ":" + server.agentsPort());
        }
    }

    /** The required rows that {@code agent check} does not reach. */
    private static List<String> missing(AgentProcess agent, Path list) throws IOException {
        AgentProcess.Said said = agent.typed(
                AgentProcess.USER,
                GROUP,
                "check",
                "--list",
                list.toString(),
                "--idle",
                "0",
                "--format",
                "json",
                "--site",
                agent.siteFile().toString());
        assertThat(said.code()).as(said.err()).isIn(0, 1);
        List<String> missing = new ArrayList<>();
        for (Object each : new JsonObject(said.out()).getJsonArray("rows")) {
            JsonObject row = (JsonObject) each;
            if (row.getBoolean("required") && row.getString("result").equals("failed")) {
                assertThat(row.getString("rule")).isNotBlank();
                missing.add(row.getString("host") + ":" + row.getInteger("port"));
            }
        }
        assertThat(said.code()).isEqualTo(missing.isEmpty() ? 0 : 1);
        return missing;
    }

    private static void upload(AgentProcess agent, Path file) throws IOException {
        Files.write(file, new byte[1 << 20]);
        JsonObject begun = server.call(
                "upload",
                new JsonObject()
                        .put("device", "instrument")
                        .put("path", file.getFileName().toString()));
        JsonObject asked = new JsonObject().put("id", begun.getString("id"));
        agent.await("the file", () -> server.call("transfer", asked).getBoolean("ended"));
        assertThat(server.call("transfer", asked).getString("state")).isEqualTo("DONE");
    }

    /** Asked for, agreed to at the instrument, and a line goes to its service and back. */
    private static void session(AgentProcess agent) throws Exception {
        JsonObject wish = new JsonObject()
                .put("device", "instrument")
                .put("services", "use/echo")
                .put("reason", "ticket 4711");
        JsonObject session =
                new JsonObject().put("id", server.call("sessions.request", wish).getString("id"));
        agent.await("a question", () -> !questions(agent).isEmpty());
        String question = questions(agent).getJsonObject(0).getString("id");
        assertThat(agent.typed(APPROVER, GROUP, "approve", question).code()).isZero();
        agent.await(
                "a grant",
                () -> server.call("session", session).getString("state").equals("GRANTED"));
        JsonObject stream = server.call("sessions.stream", session.copy().put("service", "use/echo"));
        Viewer viewer = new Viewer();
        WebSocket socket = HttpClient.newBuilder()
                .sslContext(RawClient.context(
                        new IdentityFolder(agent.data().resolve("identity"), Clock.systemUTC())
                                .load()
                                .orElseThrow(),
                        false))
                .build()
                .newWebSocketBuilder()
                .header("Fairlead-Proof", stream.getString("proof"))
                .subprotocols("binary", "fairlead-ticket." + stream.getString("ticket"))
                .buildAsync(URI.create("wss://localhost:" + server.peoplePort() + "/tunnel"), viewer)
                .get(60, TimeUnit.SECONDS);
        ByteBuffer line = ByteBuffer.wrap("a line of the engineer".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.sendBinary(line, true).get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(viewer.heard.get(60, TimeUnit.SECONDS)).startsWith("a line o");
        assertThat(agent.ownLog()).contains("relay=" + FIRST + ":" + further + " state=OPEN tried=1");
        assertThat(agent.typed(APPROVER, GROUP, "end").code()).isZero();
        agent.await(
                "its end",
                () -> server.call("session", session).getString("state").equals("ENDED"));
    }

    private static JsonArray questions(AgentProcess agent) throws IOException {
        AgentProcess.Said said = agent.typed(APPROVER, GROUP, "questions", "--json");
        return said.code() == 0 ? new JsonArray(said.out()) : new JsonArray();
    }

    private static final class Viewer implements WebSocket.Listener {
        final CompletableFuture<String> heard = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            heard.complete(StandardCharsets.US_ASCII.decode(bytes).toString());
            socket.request(1);
            return null;
        }
    }
}
