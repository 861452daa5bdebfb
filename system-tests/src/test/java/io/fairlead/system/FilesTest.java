package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.link.FileLink;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.Pace;
import io.fairlead.contract.agent.Transfer;
import io.fairlead.contract.agent.TransferEnd;
import io.fairlead.contract.agent.TransferOutcome;
import io.fairlead.contract.agent.TransferState;
import io.fairlead.enterprise.file.BlobKeys;
import io.fairlead.enterprise.file.BlobStore;
import io.fairlead.enterprise.file.DirectoryBlobs;
import io.fairlead.enterprise.kernel.DataFolder;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files between a device and the server as a process, whatever happens to it. */
class FilesTest {
    private static final int KILLS = Boolean.getBoolean("fairlead.long") ? 50 : 3;
    private static final int MIB = 1 << 20;

    private static Folder shared;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        shared = Folder.make("files");
        server = Server.start(shared.path());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        shared.close();
    }

    private static Upload upload(Server server, TestDevice device, long seed, int length) throws IOException {
        JsonObject begun = server.call(
                "upload", new JsonObject().put("device", device.id()).put("path", "app.log"));
        return new Upload(begun.getString("id"), seed, length);
    }

    private static JsonObject see(Server server, String id) throws IOException {
        return server.call("transfer", new JsonObject().put("id", id));
    }

    @Test
    void a_server_killed_in_the_middle_of_an_upload_asks_for_one_chunk_again_at_most() throws Exception {
        Random random = new Random(1);
        try (Folder folder = Folder.make("killed")) {
            TestDevice device =
                    TestDevice.enrol(server.enrolment("KILLED-1"), folder.path().resolve("id"));
            Upload upload = upload(server, device, 1, KILLS * 3 * MIB);
            assertThat(upload.offer(device, "app.log").getState()).isEqualTo(TransferState.WANTED);
            for (int kill = 0; kill < KILLS; kill++) {
                long target = upload.acknowledged() + random.nextInt(2 * MIB);
                Thread killer = new Thread(() -> {
                    while (upload.acknowledged() < target) {
                        Thread.onSpinWait();
                    }
                    server.kill9();
                });
                killer.start();
                assertThatThrownBy(() -> {
                            while (true) {
                                assertThat(upload.next(device).good()).isTrue();
                            }
                        })
                        .isInstanceOf(LinkException.class);
                killer.join();
                long before = upload.acknowledged();
                server.startAgain();
                assertThat(upload.offer(device, "app.log").getState()).isEqualTo(TransferState.WANTED);
                assertThat(upload.acknowledged()).isBetween(before, before + Upload.CHUNK);
            }
            FileLink.Answer answer = upload.next(device);
            while (upload.acknowledged() < upload.file().length) {
                answer = upload.next(device);
            }
            assertThat(answer.status()).isEqualTo(200);
            JsonObject end = see(server, upload.id());
            assertThat(end.getString("state")).isEqualTo("DONE");
            assertThat(end.getString("sha256")).isEqualTo(upload.sha256());
        }
    }

    @Test
    void a_full_disk_ends_nothing_and_loses_nothing() throws Exception {
        try (Folder folder = Folder.make("full");
                Tmpfs disk = Tmpfs.mount(folder.path().resolve("data/blobs"), 40);
                Server small = Server.start(folder.path(), "transfers.keep-free = 16")) {
            TestDevice device =
                    TestDevice.enrol(small.enrolment("LAB-7"), folder.path().resolve("id"));
            Upload large = upload(small, device, 1, 30 * MIB);
            assertThatThrownBy(() -> large.offer(device, "large"))
                    .isInstanceOfSatisfying(
                            LinkException.class,
                            refused -> assertThat(refused.faultKey()).contains("storage-full"));
            Upload upload = upload(small, device, 2, 4 * MIB);
            assertThat(upload.offer(device, "app.log").getState()).isEqualTo(TransferState.WANTED);
            assertThat(upload.next(device).status()).isEqualTo(204);
            for (long left : new long[] {16L * MIB, 0}) {
                disk.fillBut(left);
                FileLink.Answer full = upload.next(device);
                assertThat(full.status()).isEqualTo(507);
                assertThat(full.retryAfter()).isPresent();
                assertThat(see(small, upload.id()).getLong("moved")).isEqualTo(upload.acknowledged());
            }
            disk.giveBack();
            while (upload.acknowledged() < upload.file().length) {
                assertThat(upload.next(device).good()).isTrue();
            }
            assertThat(see(small, upload.id()).getString("state")).isEqualTo("DONE");
        }
    }

    @Test
    void a_disk_that_fills_in_the_middle_of_a_chunk_keeps_the_blob_as_it_was() throws Exception {
        String blob = "0".repeat(32);
        byte[] chunk = new byte[BlobStore.CHUNK];
        new Random(3).nextBytes(chunk);
        try (Folder folder = Folder.make("enospc");
                Tmpfs disk = Tmpfs.mount(folder.path().resolve("data/blobs"), 4)) {
            DataFolder data = new DataFolder(folder.path().resolve("data"));
            DirectoryBlobs blobs = new DirectoryBlobs(
                    data.blobs(), BlobKeys.open(data, false, new SecureRandom()), new SecureRandom(), 0);
            // The next record begins with a page: its bytes have room, what is around them has not.
            byte[] first = new byte[10 * 4_096 - 140];
            assertThat(blobs.append(blob, 0, first, false)).isEqualTo(first.length);
            disk.fillBut(chunk.length);
            assertThatThrownBy(() -> blobs.append(blob, first.length, chunk, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            assertThat(disk.free()).isEqualTo(chunk.length);
            disk.giveBack();
            long whole = first.length + chunk.length;
            assertThat(blobs.append(blob, first.length, chunk, true)).isEqualTo(whole);
            try (BlobStore.Reader reader = blobs.open(blob)) {
                assertThat(reader.read(first.length, chunk.length)).isEqualTo(chunk);
                assertThat(reader.read(whole, 1)).isEmpty();
            }
        }
    }

    @Test
    void a_file_goes_on_at_whichever_node_is_asked() throws Exception {
        try (Folder folder = Folder.make("two-nodes");
                Server first = Server.start(folder.path().resolve("first"));
                Server second = TwoNodesTest.secondNode(folder, first)) {
            TestDevice here =
                    TestDevice.enrol(first.enrolment("roaming-1"), folder.path().resolve("identity"));
            TestDevice there = here.at(second.agentsPort());
            Upload upload = upload(first, here, 4, 2 * MIB + 77);
            assertThat(upload.offer(here, "app.log").getState()).isEqualTo(TransferState.WANTED);
            FileLink.Answer answer = null;
            for (int i = 0; upload.acknowledged() < upload.file().length; i++) {
                answer = upload.next(i % 2 == 0 ? there : here);
                assertThat(answer.good()).isTrue();
            }
            assertThat(answer.status()).isEqualTo(200);
            for (Server node : List.of(first, second)) {
                Path saved = folder.path().resolve("saved-" + node.agentsPort());
                CommandLines.Ended ended =
                        new CommandLines(node, folder.path()).run("transfers", "save", upload.id(), saved.toString());
                assertThat(ended.code()).as(ended.err()).isZero();
                assertThat(saved).hasBinaryContent(upload.file());
            }
        }
    }

    @Test
    void an_operator_sends_watches_saves_and_links_files_from_the_command_line() throws Exception {
        try (Folder folder = Folder.make("files-cli")) {
            TestDevice device =
                    TestDevice.enrol(server.enrolment("LAB-7"), folder.path().resolve("id"));
            CommandLines line = new CommandLines(server, folder.path());
            receives(folder.path(), line, device);
            uploads(folder.path(), line, device);
        }
    }

    private static void receives(Path folder, CommandLines line, TestDevice device) throws Exception {
        byte[] file = new byte[300_000];
        new Random(5).nextBytes(file);
        Path source = Files.write(folder.resolve("fix.zip"), file);
        Path out = folder.resolve("send.out");
        Process sending = line.start(
                out,
                folder.resolve("send.err"),
                "instruct",
                "LAB-7",
                "send",
                source.toString(),
                "--as",
                "updates/fix.zip",
                "--reason",
                "ticket 4711",
                "--wait");
        String id = device.poll(50, 0).getInstruction().isEmpty() ? "" : waiting(line);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (got.size() < file.length) {
            int length = Math.min(Upload.CHUNK, file.length - got.size());
            FileLink.Answer answer = device.files().get(id, got.size(), length, Pace.NONE);
            assertThat(answer.status()).isEqualTo(206);
            byte[] chunk = new byte[length];
            answer.body().get(chunk);
            got.writeBytes(chunk);
        }
        assertThat(got.toByteArray()).isEqualTo(file);
        TransferEnd end = new TransferEnd();
        end.setOutcome(TransferOutcome.DONE);
        end.setDetail("D:/in/updates/fix.zip");
        Transfer transfer = new Transfer();
        transfer.setId(id);
        transfer.setEnd(end);
        assertThat(device.say(transfer).getState()).isEqualTo(TransferState.COMPLETE);
        assertThat(sending.waitFor()).isZero();
        assertThat(Files.readString(out)).contains("DONE, 300 kB, D:/in/updates/fix.zip");
    }

    private static String waiting(CommandLines line) throws Exception {
        JsonObject list = new JsonObject(
                line.run("transfers", "--device", "LAB-7", "--json").out());
        return list.getJsonArray("transfers").getJsonObject(0).getString("id");
    }

    private static void uploads(Path folder, CommandLines line, TestDevice device) throws Exception {
        CommandLines.Ended begun = line.run("instruct", "LAB-7", "upload", "logs/app.log", "--json");
        Upload upload = new Upload(new JsonObject(begun.out()).getString("id"), 6, 200_000);
        assertThat(line.run("transfers", "link", upload.id()).err()).contains("has no file to read");
        assertThat(upload.offer(device, "../evil\u202e\"gol.exe").getState()).isEqualTo(TransferState.WANTED);
        while (upload.acknowledged() < upload.file().length) {
            assertThat(upload.next(device).good()).isTrue();
        }
        CommandLines.Ended listed = line.run("transfers", "--device", "LAB-7");
        assertThat(listed.out())
                .contains("evilgol.exe", "200 kB", "100", "DONE")
                .doesNotContain("\u202e");

        Path saved = folder.resolve("saved.log");
        assertThat(line.run("transfers", "save", upload.id(), saved.toString()).out())
                .contains(upload.sha256());
        assertThat(saved).hasBinaryContent(upload.file());
        Files.writeString(saved, "precious");
        assertThat(line.run("transfers", "save", upload.id(), saved.toString()))
                .returns(1, CommandLines.Ended::code)
                .extracting(CommandLines.Ended::err)
                .asString()
                .contains("is there already");
        assertThat(saved).hasContent("precious");

        String link = line.run("transfers", "link", upload.id()).out().strip();
        assertThat(link).matches("https://localhost:" + server.peoplePort() + "/files/[0-9a-f]{64}");
        HttpClient browser = HttpClient.newBuilder()
                .sslContext(RawClient.context(device.identity(), false))
                .build();
        HttpResponse<byte[]> first = fetch(browser, link);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo(upload.file());
        assertThat(header(first, "content-disposition"))
                .isEqualTo("attachment; filename=\"evilgol.exe\"; filename*=UTF-8''evilgol.exe");
        assertThat(header(first, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(first, "content-security-policy")).startsWith("sandbox");
        assertThat(header(first, "cache-control")).isEqualTo("no-store, private");
        assertThat(header(first, "content-type")).isEqualTo("application/octet-stream");
        assertThat(fetch(browser, link).statusCode()).as("once").isEqualTo(404);
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<byte[]> fetch(HttpClient browser, String link) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
