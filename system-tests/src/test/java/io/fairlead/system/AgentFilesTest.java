package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Files in both directions between an installed agent and the enterprise, with kill -9 in between. */
@EnabledOnOs(OS.LINUX)
class AgentFilesTest {
    private static final boolean LONG = Boolean.getBoolean("fairlead.long");
    private static final int SIZE = (LONG ? 256 : 32) << 20;
    private static final int KILLS = LONG ? 10 : 2;
    private static final int CHUNK = 131_072;

    private static Folder folder;
    private static Server server;
    private static AgentProcess agent;
    private static Path home;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("agent-files");
        server = Server.start(folder.path().resolve("server"));
        home = folder.path().resolve("files");
        agent = AgentProcess.enrolled(server, "files", home, """
                upload { roots = ["%1$s/instrument"], patient = ["patient*"] }
                receive.roots = ["%1$s/inbox"]
                policy.receive = allow
                logs = [{ name = analyser, path = "LOG", patterns = [] }]
                commands = [{ name = ups, command = ["/bin/true", "--password", "s3cret"], period = 1h, patterns = [] }]
                """.formatted(home));
        Files.createDirectory(home.resolve("inbox"));
        if (AgentProcess.ROOT) {
            Files.setAttribute(home.resolve("inbox"), "unix:uid", AgentProcess.USER, LinkOption.NOFOLLOW_LINKS);
        }
        agent.start();
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server first = server;
                AgentProcess gone = agent) {
            assertThat(List.of(last, first, gone)).hasSize(3);
        }
    }

    @Test
    void a_large_upload_arrives_whole_however_often_the_agent_is_killed() throws Exception {
        byte[] content = random();
        Files.write(home.resolve("instrument/large.bin"), content);
        String id = begun("upload", "path", "large.bin");

        killedOnTheWay(id);

        JsonObject transfer = ended(id, "DONE");
        assertThat(transfer.getLong("moved")).isEqualTo(SIZE);
        assertThat(transfer.getString("sha256")).isEqualTo(sha256(content));
        agent.await("forgotten by the agent", () -> !Files.exists(home.resolve("data/transfers/" + id)));
    }

    @Test
    void a_large_file_comes_to_its_place_whole_however_often_the_agent_is_killed() throws Exception {
        byte[] content = random();
        String id = send("method.bin", content);

        killedOnTheWay(id);

        assertThat(ended(id, "DONE").getString("detail")).isEqualTo("placed as method.bin");
        assertThat(home.resolve("inbox/method.bin")).hasBinaryContent(content);
        assertThat(home.resolve("inbox").toFile().list()).doesNotContain(".fairlead-" + id + ".part");
    }

    @Test
    void what_the_site_does_not_allow_is_refused_and_the_reason_told() throws Exception {
        Files.writeString(home.resolve("instrument/patients.csv"), "born 1970");
        Files.createSymbolicLink(home.resolve("instrument/link"), Path.of("/etc/passwd"));

        assertThat(ended(begun("upload", "path", "../etc/site.conf"), "REFUSED").getString("detail"))
                .contains("..");
        assertThat(ended(begun("upload", "path", "/etc/passwd"), "REFUSED").getString("detail"))
                .contains("in no upload root");
        assertThat(ended(begun("upload", "path", "link"), "REFUSED").getString("detail"))
                .contains("links are not followed");
        assertThat(ended(begun("upload", "path", "patients.csv"), "REFUSED").getString("detail"))
                .contains("may hold patient data");
        assertThat(ended(begun("upload", "path", "nothing.log"), "FAILED").getString("detail"))
                .contains("there is no file nothing.log");
        assertThat(ended(send("../etc/site.conf", new byte[] {1}), "REFUSED").getString("detail"))
                .contains("..");
    }

    @Test
    void a_diagnostic_package_has_what_helps_and_no_secret() throws Exception {
        agent.writes("a line of the instrument");
        JsonObject transfer = ended(begun("package"), "DONE");

        Map<String, String> entries = unzip(content(transfer));
        assertThat(entries)
                .containsKeys(
                        "manifest.json",
                        "self-test.txt",
                        "status.txt",
                        "system.txt",
                        "site.conf",
                        "audit.txt",
                        "agent-log/agent.0.log",
                        "logs/analyser/analyser.log");
        assertThat(entries.get("logs/analyser/analyser.log")).contains("a line of the instrument");
        assertThat(entries.get("self-test.txt")).contains("pass  storage").contains("pass  site.conf");
        assertThat(entries.get("site.conf")).contains("/bin/true");
        assertThat(entries.get("status.txt")).contains("identity").contains("transfers");
        assertThat(String.join("\n", entries.values())).doesNotContain("s3cret");
    }

    @Test
    void an_upload_that_is_cancelled_ends_at_both_ends() throws Exception {
        try (AgentProcess slow =
                AgentProcess.enrolled(server, "slow", folder.path().resolve("slow"), """
                upload.roots = ["%s/instrument"]
                transfer.rate = "64 kbit/s"
                """.formatted(
                                folder.path().resolve("slow")))) {
            Files.write(folder.path().resolve("slow/instrument/large.bin"), new byte[8 * CHUNK]);
            slow.start();
            String id = server.call(
                            "upload", new JsonObject().put("device", "slow").put("path", "large.bin"))
                    .getString("id");
            slow.await("bytes on their way", () -> slow.audit().contains("transfer.begun id=" + id));
            assertThat(server.call("transfer.cancel", new JsonObject().put("id", id))
                            .getString("id"))
                    .isEqualTo(id);

            assertThat(ended(id, "CANCELLED").getLong("moved")).isLessThan(8L * CHUNK);
            slow.await("the agent's end", () -> slow.audit().contains("transfer.ended id=" + id));
            slow.await(
                    "nothing left",
                    () -> !Files.exists(slow.data().resolve("transfers").resolve(id)));
        }
    }

    /** Kills the agent as soon as a further part has moved; its watchdog brings it back. */
    private static void killedOnTheWay(String id) throws Exception {
        for (int i = 1; i <= KILLS; i++) {
            long at = (long) SIZE / (KILLS + 1) * i;
            agent.await("offset " + at, () -> transfer(id).getLong("moved") >= at);
            long killed = agent.java().pid();
            agent.killJava();
            agent.await("another process", () -> agent.java().pid() != killed);
        }
    }

    private static String begun(String command, String... keysAndValues) throws IOException {
        JsonObject arguments = new JsonObject().put("device", "files").put("reason", "a test");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            arguments.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return server.call(command, arguments).getString("id");
    }

    private static String send(String name, byte[] content) throws Exception {
        JsonObject begin = new JsonObject().put("device", "files").put("size", content.length);
        String staged = server.call("send.begin", begin).getString("staged");
        for (int at = 0; at < content.length; at += CHUNK) {
            int length = Math.min(CHUNK, content.length - at);
            byte[] piece = Arrays.copyOfRange(content, at, at + length);
            JsonObject add = new JsonObject()
                    .put("staged", staged)
                    .put("offset", at)
                    .put("bytes", Base64.getEncoder().encodeToString(piece))
                    .put("last", at + length == content.length ? 1 : 0);
            assertThat(server.call("send.add", add).getLong("length")).isEqualTo(at + length);
        }
        JsonObject end = new JsonObject()
                .put("device", "files")
                .put("staged", staged)
                .put("name", name)
                .put("size", content.length)
                .put("sha256", sha256(content))
                .put("reason", "a test");
        return server.call("send.end", end).getString("id");
    }

    private static JsonObject transfer(String id) throws IOException {
        return server.call("transfer", new JsonObject().put("id", id));
    }

    private static JsonObject ended(String id, String state) {
        agent.await("the end of " + id, () -> transfer(id).getBoolean("ended"));
        try {
            JsonObject transfer = transfer(id);
            assertThat(transfer.getString("state")).as("%s", transfer).isEqualTo(state);
            return transfer;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] content(JsonObject transfer) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < transfer.getLong("size")) {
            JsonObject read =
                    new JsonObject().put("id", transfer.getString("id")).put("offset", all.size());
            all.write(Base64.getDecoder()
                    .decode(server.call("transfer.read", read).getString("bytes")));
        }
        return all.toByteArray();
    }

    private static Map<String, String> unzip(byte[] bytes) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private static byte[] random() {
        byte[] bytes = new byte[SIZE];
        new Random(SIZE).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
