package io.fairlead.enterprise.agentlane;

import static io.fairlead.enterprise.file.TestFiles.CHUNK;
import static io.fairlead.enterprise.file.TestFiles.bytes;
import static io.fairlead.enterprise.file.TestFiles.offer;
import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.file.Standing;
import io.fairlead.enterprise.file.TestFiles;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.CertificateRequest;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.identity.TlsClient;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.identity.Usage;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.soap.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of files over real TLS, said by hand. */
class FileRoutesTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final ManualTimers timers = new ManualTimers();
    private TestFleet fleet;
    private TestFiles files;
    private Authority authority;
    private DeviceCertificates certificates;
    private EnrolmentCodes codes;
    private TlsClient lab;
    private TlsClient other;
    private int port;

    private record Answer(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String fault() {
            return header("fairlead-fault");
        }
    }

    @BeforeEach
    void open() throws Exception {
        fleet = new TestFleet(CLOCK);
        Path data = folder.resolve("data");
        files = new TestFiles(fleet, data, timers);
        DataFolder dataFolder = new DataFolder(data);
        authority = Authority.open(dataFolder, CLOCK, new SecureRandom());
        certificates = new DeviceCertificates(fleet.database, authority, fleet.audit, CLOCK);
        codes = new EnrolmentCodes(
                fleet.database,
                authority,
                certificates,
                fleet.devices,
                fleet.audit,
                new EnrolmentCodes.AgentsAddress("localhost", 8444),
                Ids.random(),
                CLOCK,
                new SecureRandom());
        Credential server = new OwnCertificates(authority, dataFolder, CLOCK).server("agents", Set.of("localhost"));
        FileRoutes routes = new FileRoutes(certificates, fleet.devices, files.device, timers, CLOCK, Ids.random());
        port = await(fleet.vertx
                        .createHttpServer(TlsOptions.agents(server, authority.issuer(Usage.DEVICES)))
                        .requestHandler(routes::handle)
                        .listen(0, "127.0.0.1"))
                .actualPort();
        lab = enrolled("LAB-7");
        other = enrolled("LAB-8");
    }

    private TlsClient enrolled(String device) throws Exception {
        DeviceId id = fleet.registered(device);
        EnrolmentString code =
                await(fleet.database.inTransaction(connection -> codes.create(connection, id.value(), "os:anna")));
        KeyPair key = TestRequests.p256();
        X509Certificate certificate = await(codes.redeem(
                code.codeId(), code.secret(), CertificateRequest.parse(TestRequests.plain(key)), "192.0.2.1"));
        return new TlsClient(
                authority.root(),
                new Credential(key.getPrivate(), List.of(certificate, authority.issuer(Usage.DEVICES))));
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private static DeviceId lab() {
        return new DeviceId("LAB-7");
    }

    private TransferId offered(byte[] file) {
        TransferId id = files.upload(lab());
        Standing standing = await(files.device.offer(lab(), id, offer("x", file)));
        assertThat(standing.word()).isEqualTo(Standing.Word.WANTED);
        return id;
    }

    private Answer put(TlsClient as, TransferId id, byte[] file, int first, int length) throws IOException {
        byte[] chunk = Arrays.copyOfRange(file, first, first + length);
        String range = "Content-Range: bytes " + first + "-" + (first + length - 1) + "/" + file.length + "\r\n";
        return say(as, "PUT /agent/files/" + id, range + "Content-Length: " + length + "\r\n", chunk);
    }

    private Answer say(TlsClient as, String request, String headers, byte[] body) throws IOException {
        try (SSLSocket socket = as.connect(port)) {
            return say(socket, request, headers, body);
        }
    }

    private static Answer say(SSLSocket socket, String request, String headers, byte[] body) throws IOException {
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n").getBytes(US_ASCII));
        try {
            socket.getOutputStream().write(body);
        } catch (IOException refusedBeforeTheEnd) {
            // Its answer is there to be read.
        }
        return answer(socket, request.startsWith("HEAD"));
    }

    private static Answer answer(SSLSocket socket, boolean headOnly) throws IOException {
        InputStream in = socket.getInputStream();
        String first = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = headOnly ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Answer(Integer.parseInt(first.split(" ")[1]), headers, in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended after " + line);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(US_ASCII);
    }

    @Test
    void a_file_comes_chunk_by_chunk_over_one_connection() throws Exception {
        byte[] file = bytes(1, CHUNK + 1_000);
        TransferId id = offered(file);
        try (SSLSocket socket = lab.connect(port)) {
            String path = "PUT /agent/files/" + id;
            String head = "Content-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n";
            Answer first = say(
                    socket, path, String.format(head, 0, CHUNK - 1, file.length, CHUNK), Arrays.copyOf(file, CHUNK));
            assertThat(first.status()).isEqualTo(204);
            Answer asked = say(socket, "HEAD /agent/files/" + id, "", new byte[0]);
            assertThat(asked.status()).isEqualTo(200);
            assertThat(asked.header("fairlead-offset")).isEqualTo(Integer.toString(CHUNK));
            byte[] rest = Arrays.copyOfRange(file, CHUNK, file.length);
            String last = String.format(head, CHUNK, file.length - 1, file.length, rest.length);
            assertThat(say(socket, path, last, rest).status()).isEqualTo(200);
            assertThat(say(socket, path, last, rest).status()).as("said again").isEqualTo(200);
        }
        assertThat(await(files.transfers.read(ANNA, id, CHUNK)))
                .isEqualTo(Arrays.copyOfRange(file, CHUNK, file.length));
        assertThat(timers.size()).as("no look is left behind").isZero();
    }

    @Test
    void a_file_for_the_device_is_fetched_by_ranges() throws Exception {
        byte[] file = bytes(2, 2 * CHUNK);
        TransferId id = files.sent(lab(), "fix.zip", file);
        Answer part = say(lab, "GET /agent/files/" + id, "Range: bytes=131072-262143\r\n", new byte[0]);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("content-range")).isEqualTo("bytes 131072-262143/" + file.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, CHUNK, 2 * CHUNK));
        for (String range : List.of(
                "bytes=0-131072",
                "bytes=0-99",
                "bytes=1-131072",
                "bytes=131072-262142",
                "bytes=262143-262144",
                "bytes=5-4",
                "bytes=-5",
                "bytes=5-",
                "bytes=0-1,3-4",
                "bytes=0-99999999999999999999",
                "items=0-1",
                "")) {
            Answer refused = say(lab, "GET /agent/files/" + id, "Range: " + range + "\r\n", new byte[0]);
            assertThat(refused.status()).as(range).isEqualTo(400);
            assertThat(refused.fault()).isEqualTo("invalid");
        }
        assertThat(say(other, "GET /agent/files/" + id, "Range: bytes=0-131071\r\n", new byte[0])
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_chunk_elsewhere_is_told_the_offset() throws Exception {
        byte[] file = bytes(3, 3 * CHUNK);
        TransferId id = offered(file);
        assertThat(put(lab, id, file, 0, CHUNK).status()).isEqualTo(204);
        Answer elsewhere = put(lab, id, file, 2 * CHUNK, CHUNK);
        assertThat(elsewhere.status()).isEqualTo(409);
        assertThat(elsewhere.fault()).isEqualTo("offset");
        assertThat(elsewhere.header("fairlead-offset")).isEqualTo("131072");
        assertThat(new String(elsewhere.body(), US_ASCII)).isEqualTo(Fault.OFFSET.text());
        assertThat(elsewhere.header("fairlead-correlation")).hasSize(32);
    }

    @Test
    void the_wrong_bytes_are_wanted_once_more() throws Exception {
        TransferId id = offered(bytes(4, 300));
        Answer first = put(lab, id, bytes(5, 300), 0, 300);
        assertThat(first.status()).isEqualTo(422);
        assertThat(first.fault()).isEqualTo("digest");
        assertThat(first.header("fairlead-offset")).isEqualTo("0");
        Answer second = put(lab, id, bytes(5, 300), 0, 300);
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.headers()).doesNotContainKey("fairlead-offset");
        assertThat(put(lab, id, bytes(4, 300), 0, 300).status()).isEqualTo(410);
    }

    @Test
    void what_is_cancelled_takes_no_more_bytes() throws Exception {
        byte[] file = bytes(6, 2 * CHUNK);
        TransferId id = offered(file);
        assertThat(put(lab, id, file, 0, CHUNK).status()).isEqualTo(204);
        assertThat(await(files.transfers.cancel(ANNA, id)).state().isEnd()).isTrue();
        Answer gone = put(lab, id, file, CHUNK, CHUNK);
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.fault()).isEqualTo("transfer-ended");
        assertThat(say(lab, "HEAD /agent/files/" + id, "", new byte[0]).status())
                .isEqualTo(410);
    }

    @Test
    void no_byte_of_a_muted_device_moves_either_way_until_it_is_unmuted() throws Exception {
        byte[] file = bytes(12, 2 * CHUNK);
        TransferId up = offered(file);
        TransferId down = files.sent(lab(), "fix.zip", file);
        Standings standings =
                new Standings(fleet.database, fleet.devices, certificates, codes, fleet.audit, CLOCK, List.of());
        assertThat(put(lab, up, file, 0, CHUNK).status()).isEqualTo(204);

        assertThat(await(standings.mute(ANNA, lab(), "service"))).isTrue();
        for (Answer refused : List.of(
                put(lab, up, file, CHUNK, CHUNK),
                say(lab, "HEAD /agent/files/" + up, "", new byte[0]),
                say(lab, "GET /agent/files/" + down, "Range: bytes=0-131071\r\n", new byte[0]))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.fault()).isEqualTo("device-muted");
            assertThat(refused.headers()).doesNotContainKey("fairlead-offset");
        }
        assertThat(await(files.device.expected(lab(), up))).isEqualTo(CHUNK);
        assertThat(put(other, up, file, CHUNK, CHUNK).status())
                .as("another device is heard")
                .isEqualTo(404);

        assertThat(await(standings.unmute(ANNA, lab(), "service is over"))).isTrue();
        assertThat(put(lab, up, file, CHUNK, CHUNK).status()).isEqualTo(200);
        assertThat(say(lab, "GET /agent/files/" + down, "Range: bytes=0-131071\r\n", new byte[0])
                        .status())
                .isEqualTo(206);
    }

    @Test
    void ranges_lengths_and_ids_that_cannot_be_are_refused_and_nothing_is_taken() throws Exception {
        byte[] file = bytes(7, 1_000);
        TransferId id = offered(file);
        for (String[] bad : new String[][] {
            {"bytes 0-999/1000", "999"},
            {"bytes 0-999/1000", "1001"},
            {"bytes 0-999/999", "1000"},
            {"bytes 0-99/1000", "100"},
            {"bytes 900-999/1000", "100"},
            {"bytes 0-99/*", "100"},
            {"bytes */1000", "100"},
            {"bytes 99-0/1000", "100"},
            {"bytes 950-1049/1000", "100"},
            {"bytes -1-98/1000", "100"},
            {"bytes 0-131072/1000000", "131073"},
            {"bytes 0-99/99999999999999999999", "100"},
            {"bytes=0-99/1000", "100"},
            {"", "100"}
        }) {
            int length = Integer.parseInt(bad[1]);
            Answer refused = say(
                    lab,
                    "PUT /agent/files/" + id,
                    "Content-Range: " + bad[0] + "\r\nContent-Length: " + length + "\r\n",
                    new byte[length]);
            assertThat(refused.status()).as("%s of %s", bad[0], bad[1]).isEqualTo(400);
            assertThat(refused.fault()).isEqualTo("invalid");
        }
        String good = "Content-Range: bytes 0-999/1000\r\n";
        byte[] body = new byte[1_000];
        assertThat(say(lab, "PUT /agent/files/" + id, good + "Content-Length: 1000\r\nContent-Encoding: gzip\r\n", body)
                        .status())
                .isEqualTo(400);
        assertThat(say(
                                lab,
                                "PUT /agent/files/" + id,
                                good + "Transfer-Encoding: chunked\r\n",
                                "0\r\n\r\n".getBytes(US_ASCII))
                        .status())
                .isEqualTo(400);
        for (String path : List.of(
                "/agent/files/" + "0".repeat(32),
                "/agent/files/" + id + "/",
                "/agent/files/" + id.value().toUpperCase(Locale.ROOT) + "X",
                "/agent/files/../../etc/passwd",
                "/agent/files/%2e%2e%2fsecrets",
                "/agent/files/")) {
            assertThat(say(lab, "HEAD " + path, "", new byte[0]).status())
                    .as(path)
                    .isEqualTo(404);
        }
        for (String method : List.of("POST", "DELETE", "PATCH", "OPTIONS")) {
            assertThat(say(lab, method + " /agent/files/" + id, "Content-Length: 0\r\n", new byte[0])
                            .status())
                    .isEqualTo(404);
        }
        assertThat(await(files.device.expected(lab(), id))).isZero();
    }

    @Test
    void nobody_else_gets_in() throws Exception {
        byte[] file = bytes(8, CHUNK + 100);
        TransferId id = offered(file);
        assertThat(put(other, id, file, 0, CHUNK).status()).isEqualTo(404);
        TlsClient stranger = new TlsClient(authority.root(), null);
        Answer unknown = say(stranger, "HEAD /agent/files/" + id, "", new byte[0]);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.fault()).isEqualTo("no-certificate");
        try (SSLSocket socket = lab.connect(port)) {
            String head = "Content-Range: bytes %d-%d/131172\r\nContent-Length: %d\r\n";
            byte[] body = Arrays.copyOf(file, CHUNK);
            assertThat(say(socket, "PUT /agent/files/" + id, String.format(head, 0, CHUNK - 1, CHUNK), body)
                            .status())
                    .isEqualTo(204);
            assertThat(await(certificates.revoke("LAB-7", "os:anna", "stolen"))).isEqualTo(1);
            Answer revoked =
                    say(socket, "PUT /agent/files/" + id, String.format(head, CHUNK, CHUNK + 99, 100), new byte[100]);
            assertThat(revoked.fault()).as("on the same connection").isEqualTo("certificate-revoked");
        }
        TlsClient weak = enrolled("LAB-9").offering("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        assertThat(say(weak, "HEAD /agent/files/" + id, "", new byte[0]).fault())
                .isEqualTo("cipher-refused");
    }

    @Test
    void a_trickle_is_cut_and_its_connection_closed() throws Exception {
        byte[] file = bytes(9, CHUNK);
        TransferId id = offered(file);
        try (SSLSocket socket = lab.connect(port)) {
            socket.getOutputStream()
                    .write(("PUT /agent/files/" + id
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Range: bytes 0-131071/131072\r\n"
                                    + "Content-Length: 131072\r\n\r\n")
                            .getBytes(US_ASCII));
            socket.getOutputStream().write(file, 0, 100);
            while (timers.size() == 0) {
                TestFleet.breathe();
            }
            fleet.vertx.runOnContext(now -> timers.fire(Duration.ofSeconds(30)));
            Answer cut = answer(socket, false);
            assertThat(cut.status()).isEqualTo(408);
            assertThat(cut.fault()).isEqualTo("bytes-too-slow");
            assertThat(cut.header("retry-after")).isEqualTo("5");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(timers.size()).isZero();
        assertThat(put(lab, id, file, 0, CHUNK).status()).isEqualTo(200);
    }

    @Test
    void a_connection_that_ends_in_a_chunk_leaves_nothing_behind() throws Exception {
        byte[] file = bytes(10, 1_000);
        TransferId id = offered(file);
        try (SSLSocket socket = lab.connect(port)) {
            socket.getOutputStream()
                    .write(("PUT /agent/files/" + id
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Range: bytes 0-999/1000\r\n"
                                    + "Content-Length: 1000\r\n\r\n")
                            .getBytes(US_ASCII));
            socket.getOutputStream().write(file, 0, 999);
        }
        while (timers.size() > 0) {
            TestFleet.breathe();
        }
        assertThat(await(files.device.expected(lab(), id))).isZero();
        assertThat(put(lab, id, file, 0, 1_000).status()).isEqualTo(200);
    }

    @Test
    void one_device_cannot_hold_all_the_memory_there_is_for_chunks() throws Exception {
        byte[] file = bytes(11, CHUNK);
        TransferId id = offered(file);
        List<SSLSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < ChunksHeld.MOST_OF_ONE; i++) {
                SSLSocket socket = lab.connect(port);
                held.add(socket);
                socket.getOutputStream()
                        .write(("PUT /agent/files/" + id + " HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Content-Range: bytes 0-131071/131072\r\nContent-Length: 131072\r\n\r\n")
                                .getBytes(US_ASCII));
            }
            while (timers.size() < ChunksHeld.MOST_OF_ONE) {
                TestFleet.breathe();
            }
            Answer busy = say(lab, "GET /agent/files/" + id, "Range: bytes=0-131071\r\n", new byte[0]);
            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.fault()).isEqualTo("busy");
            assertThat(put(other, id, file, 0, CHUNK).status())
                    .as("another device is served")
                    .isEqualTo(404);
        } finally {
            for (SSLSocket socket : held) {
                socket.close();
            }
        }
        while (timers.size() > 0) {
            TestFleet.breathe();
        }
        assertThat(put(lab, id, file, 0, CHUNK).status()).isEqualTo(200);
    }

    @Test
    void an_empty_file_may_be_sent_as_nothing() throws Exception {
        TransferId id = files.upload(lab());
        String head = "Content-Range: bytes */0\r\nContent-Length: 0\r\n";
        assertThat(say(lab, "PUT /agent/files/" + id, head, new byte[0]).status())
                .isEqualTo(400);
        assertThat(await(files.device.offer(lab(), id, offer("x", new byte[0]))).word())
                .isEqualTo(Standing.Word.COMPLETE);
        assertThat(say(lab, "PUT /agent/files/" + id, head, new byte[0]).status())
                .isEqualTo(200);
    }
}
