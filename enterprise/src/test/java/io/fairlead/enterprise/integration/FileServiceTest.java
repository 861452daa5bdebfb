package io.fairlead.enterprise.integration;

import static io.fairlead.enterprise.file.TestFileRoom.CHUNK;
import static io.fairlead.enterprise.file.TestFileRoom.bytes;
import static io.fairlead.enterprise.file.TestFileRoom.sha256;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.contract.integration.file.NewFile;
import io.fairlead.enterprise.account.TestAccounts;
import io.fairlead.enterprise.file.BlobStore;
import io.fairlead.enterprise.file.Staging;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileServiceTest {
    private static final Pattern ID = Pattern.compile("id>([0-9a-f]{32})<");
    private static final String CID = Packed.include("cid:file%40test");

    private static Stand stand;
    private static Packed packed;
    private static DeviceId device;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        stand = new Stand(folder);
        packed = new Packed(stand);
        stand.trained("installer", "Analyser 3");
        device = stand.device("LAB-1");
        Void enrolled = await(stand.room.database.inTransaction(
                connection -> stand.devices.enrolled(connection, "LAB-1", TestFleet.hex(1))));
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static String id(String answer) {
        Matcher found = ID.matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        return found.group(1);
    }

    private static String code(String answer) {
        Matcher found = Pattern.compile("<c:code>([a-z-]+)</").matcher(answer);
        return found.find() ? found.group(1) : "";
    }

    /** Waits until there are as many again. */
    private static void mustHave(long blobs) throws IOException {
        while (stand.files.kept() != blobs) {
            TestFleet.breathe();
        }
    }

    private static byte[] kept(String id, int length) {
        byte[] whole = new byte[length];
        for (int at = 0; at < length; ) {
            byte[] read = await(stand.files.transfers.read(TestAccounts.ROOT, new TransferId(id), at));
            System.arraycopy(read, 0, whole, at, read.length);
            at += read.length;
        }
        return whole;
    }

    @Test
    void a_file_of_any_length_comes_behind_its_envelope_and_waits_for_its_device() {
        byte[] odd = bytes(1, 3 * CHUNK + 77);
        byte[] tricky = Packed.text("\r\n--" + Packed.BOUNDARY.substring(0, 9) + "\r\n\r\n--uuid\r\n-\r");
        System.arraycopy(tricky, 0, odd, CHUNK - 5, tricky.length);
        System.arraycopy(tricky, 0, odd, odd.length - tricky.length, tricky.length);
        for (Wire wire : Wire.values()) {
            for (byte[] file : List.of(odd, bytes(2, 2 * CHUNK), bytes(3, 1), new byte[0])) {
                String answer = packed.upload(
                        "installer", wire, Packed.upload("LAB-1", "in/run.bin", file.length, sha256(file), CID), file);
                assertThat(answer)
                        .contains("state>requested<", "direction>receive<", "path>in/run.bin<", "readable>true<")
                        .contains("size>" + file.length + "<", "requestedBy>integration:installer<");
                assertThat(kept(id(answer), file.length)).isEqualTo(file);
                assertThat(stand.room.postgres.value("SELECT string_agg(actor || ' ' || code, ', ' ORDER BY id)"
                                + " FROM audit_entry WHERE detail LIKE '%" + id(answer) + " %requested%'"
                                + " OR detail LIKE 'transfer=" + id(answer) + " direction%'"))
                        .isEqualTo("integration:installer transfer.requested");
            }
        }
    }

    @Test
    void a_small_file_may_stand_within_the_envelope() {
        byte[] file = bytes(4, FileUpload.MOST_INLINE);
        String content = Base64.getMimeEncoder().encodeToString(file);
        String answer = packed.call(
                "installer", Wire.SOAP12, "Upload", Packed.upload("LAB-1", "small", file.length, "", content));
        assertThat(kept(id(answer), file.length)).isEqualTo(file);

        for (int more : List.of(1, 20_000)) {
            byte[] long_ = bytes(5, FileUpload.MOST_INLINE + more);
            assertThat(code(packed.call(
                            "installer",
                            Wire.SOAP12,
                            "Upload",
                            Packed.upload(
                                    "LAB-1",
                                    "long",
                                    long_.length,
                                    "",
                                    Base64.getEncoder().encodeToString(long_)))))
                    .isEqualTo("xml-limit");
        }
    }

    @Test
    void a_file_goes_out_behind_its_envelope_or_a_small_one_within_it() {
        byte[] large = bytes(6, 3 * CHUNK + 5);
        byte[] small = bytes(7, 900);
        String first = stand.files.uploaded(device, "logs/app.log", large).value();
        String second = stand.files.uploaded(device, "logs/small.log", small).value();
        for (Wire wire : Wire.values()) {
            for (Map.Entry<String, byte[]> each :
                    Map.of(first, large, second, small).entrySet()) {
                byte[] body = Packed.joined(
                        Packed.root(
                                wire,
                                Packed.envelope(wire, "<t:Download><t:id>" + each.getKey() + "</t:id></t:Download>")),
                        Packed.end());
                HttpResponse<byte[]> answer =
                        packed.send(packed.request("installer", wire, "Download", Packed.type(wire, "Download")), body);

                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("multipart/related; type=\"application/xop+xml\"")
                        .contains("start-info=\"" + wire.type());
                assertThat(Packed.attached(answer)).isEqualTo(each.getValue());
                assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1))
                        .contains("Include", "href=\"cid:", "sha256>" + sha256(each.getValue()) + "<");
            }
        }
        String bare = packed.call(
                "installer", Wire.SOAP11, "Download", "<t:Download><t:id>" + second + "</t:id></t:Download>");
        assertThat(bare).contains(">" + Base64.getEncoder().encodeToString(small) + "<");
        assertThat(packed.call(
                        "installer", Wire.SOAP11, "Download", "<t:Download><t:id>" + first + "</t:id></t:Download>"))
                .contains("application/xop+xml");
        assertThat(stand.room.postgres.value("SELECT count(*) FROM audit_entry WHERE code = 'transfer.saved'"
                        + " AND actor = 'integration:installer' AND detail LIKE '%" + first + "%'"))
                .isEqualTo("3");
    }

    @Test
    void transfers_are_asked_for_found_and_cancelled() {
        DeviceId other = stand.device("LAB-2");
        Void enrolled = await(stand.room.database.inTransaction(
                connection -> stand.devices.enrolled(connection, "LAB-2", TestFleet.hex(2))));
        String asked = packed.call(
                "installer",
                Wire.SOAP11,
                "RequestFiles",
                "<t:RequestFiles><t:file><t:ref>a</t:ref><t:device>LAB-2</t:device><t:path>logs/a.log</t:path>"
                        + "<t:reason>ticket</t:reason></t:file><t:file><t:device>LAB-0</t:device><t:path>b</t:path>"
                        + "<t:reason>ticket</t:reason></t:file></t:RequestFiles>");
        assertThat(asked).contains("successful>false<").contains("ref>a<", "ref>2<", "code>unknown-device<");
        String packages = packed.call(
                "installer",
                Wire.SOAP12,
                "RequestPackages",
                "<t:RequestPackages><t:diagnosticPackage><t:device>LAB-2</t:device><t:reason>ticket</t:reason>"
                        + "</t:diagnosticPackage></t:RequestPackages>");
        assertThat(packages).contains("successful>true<");

        String of = "<t:device>LAB-2</t:device>";
        String page = find(of + "<t:pageNumber>9</t:pageNumber><t:pageSize>1</t:pageSize>");
        assertThat(page).contains("totalCount>2<", "pageNumber>2<", "pageSize>1<");
        assertThat(page.split("<transfer>", -1)).hasSize(2);
        assertThat(find(of + "<t:direction>upload</t:direction><t:state>requested</t:state><t:state>done</t:state>"))
                .contains("totalCount>1<", "path>logs/a.log<", id(asked));
        assertThat(find(of + "<t:state>failed</t:state>")).contains("totalCount>0<", "pageNumber>1<");
        assertThat(find(of + "<t:requestedTo>2020-01-01T00:00:00Z</t:requestedTo>"))
                .contains("totalCount>0<");
        assertThat(find("<t:device>LAB-0</t:device>")).contains("unknown-device");
        for (String by : List.of("requestedAt", "device", "size")) {
            assertThat(find("<t:sortPropertyName>" + by
                            + "</t:sortPropertyName><t:sortAscending>false</t:sortAscending>"))
                    .contains(id(asked));
        }

        String id = id(asked);
        String cancel = "<t:Cancel><t:id>" + id + "</t:id><t:id>" + "0".repeat(32) + "</t:id></t:Cancel>";
        assertThat(packed.call("erp", Wire.SOAP11, "Cancel", cancel))
                .containsSubsequence("ref>1<", id, "ref>2<", "code>not-found<");
        assertThat(packed.call("erp", Wire.SOAP11, "FindById", "<t:FindById><t:id>" + id + "</t:id></t:FindById>"))
                .contains("state>cancelled<", "detail>cancelled by integration:erp<", "endedAt>");
        assertThat(code(packed.call(
                        "installer", Wire.SOAP11, "Download", "<t:Download><t:id>" + id + "</t:id></t:Download>")))
                .isEqualTo("conflict");
        assertThat(other.value()).isEqualTo("LAB-2");
    }

    private static String find(String criteria) {
        return packed.call(
                "installer", Wire.SOAP11, "Find", "<t:Find><t:criteria>" + criteria + "</t:criteria></t:Find>");
    }

    @Test
    void what_is_not_what_was_announced_leaves_nothing() throws Exception {
        byte[] file = bytes(8, CHUNK + 100);
        long before = stand.files.kept();
        for (long size : new long[] {0, 1, CHUNK, CHUNK + 99, CHUNK + 101, 5 * CHUNK}) {
            assertThat(code(packed.upload("installer", Wire.SOAP11, Packed.upload("LAB-1", "x", size, "", CID), file)))
                    .isEqualTo("digest");
        }
        assertThat(code(packed.upload(
                        "installer",
                        Wire.SOAP11,
                        Packed.upload("LAB-1", "x", file.length, sha256(new byte[1]), CID),
                        file)))
                .isEqualTo("digest");
        mustHave(before);
        assertThat(stand.room.postgres.value("SELECT count(*) FROM transfer WHERE asked = 'x'"))
                .isEqualTo("0");
    }

    @Test
    void whoever_goes_away_in_the_middle_leaves_nothing() throws Exception {
        long before = stand.files.kept();
        for (int i = 0; i < 10; i++) {
            try (Socket socket = packed.begun("installer", "Upload")) {
                String upload = Packed.upload("LAB-1", "gone", 10 * CHUNK, "", CID);
                Packed.chunk(socket, Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, upload)));
                Packed.chunk(socket, Packed.part("file@test", bytes(9, 2 * CHUNK)));
                while (stand.files.kept() == before) {
                    TestFleet.breathe();
                }
            }
            mustHave(before);
        }
        // Ten went: were their places taken still, the eleventh would be told to come again.
        byte[] file = bytes(10, 10);
        assertThat(packed.upload("installer", Wire.SOAP11, Packed.upload("LAB-1", "then", 10, "", CID), file))
                .contains("state>requested<");
    }

    @Test
    void whoever_may_not_is_told_before_a_byte_of_his_file_is_read() throws Exception {
        stand.account("paul", "service-engineer", "St. Paul");
        stand.trained("paul", "Analyser 3");
        stand.account("untrained", "service-engineer", null);
        DeviceId bare = stand.device("LAB-3");
        for (List<String> each : List.of(
                List.of("erp", "LAB-1", "forbidden"),
                List.of("untrained", "LAB-1", "unknown-device"),
                List.of("paul", "LAB-1", "unknown-device"),
                List.of("installer", bare.value(), "not-enrolled"),
                List.of("nobody", "LAB-1", "account-refused"))) {
            try (Socket socket = packed.begun(each.get(0), "Upload")) {
                String upload = Packed.upload(each.get(1), "no", 536_870_912L, "", CID);
                Packed.chunk(socket, Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, upload)));
                Packed.chunk(socket, Packed.part("file@test", new byte[0]));
                String answer = Packed.answer(socket);
                assertThat(code(answer)).as(each + answer).isEqualTo(each.get(2));
            }
        }
        assertThat(
                        stand.room.postgres.value(
                                "SELECT string_agg(DISTINCT actor || ' ' || substring(detail, 'code=[a-z-]+'), ', ')"
                                        + " FROM audit_entry WHERE code = 'account.forbidden' AND detail LIKE '%FileService.Upload%'"))
                .contains(
                        "integration:erp code=forbidden",
                        "integration:paul code=unknown-device",
                        "integration:untrained code=unknown-device");
        String id = stand.files.uploaded(device, "secret.log", bytes(11, 10)).value();
        for (String action : List.of("Download", "FindById")) {
            String body = "<t:" + action + "><t:id>" + id + "</t:id></t:" + action + ">";
            assertThat(code(packed.call("paul", Wire.SOAP11, action, body))).isEqualTo("not-found");
        }
        assertThat(code(packed.call(
                        "erp", Wire.SOAP11, "Download", "<t:Download><t:id>" + id + "</t:id></t:Download>")))
                .isEqualTo("forbidden");
        assertThat(packed.call("paul", Wire.SOAP11, "Find", "<t:Find><t:criteria/></t:Find>"))
                .contains("totalCount>0<");
        stand.room.postgres.execute("DELETE FROM login_failure");
    }

    @Test
    void a_device_that_cannot_take_it_and_a_name_that_cannot_be_are_said_first() throws Exception {
        DeviceId muted = stand.device("LAB-4");
        Void enrolled = await(stand.room.database.inTransaction(
                connection -> stand.devices.enrolled(connection, "LAB-4", TestFleet.hex(4))));
        stand.room.postgres.execute("UPDATE device SET muted = true WHERE id = '" + muted + "'");
        for (List<String> each : List.of(
                List.of("LAB-4", "a", "1", "device-muted"),
                List.of("LAB-1", "a\u202Eb", "1", "invalid"),
                List.of("LAB-1", "a", "536870913", "body-too-large"))) {
            try (Socket socket = packed.begun("installer", "Upload")) {
                String upload = Packed.upload(each.get(0), each.get(1), Long.parseLong(each.get(2)), "", CID);
                Packed.chunk(socket, Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, upload)));
                Packed.chunk(socket, Packed.part("file@test", new byte[0]));
                assertThat(code(Packed.answer(socket))).isEqualTo(each.get(3));
            }
        }
    }

    @Test
    void a_token_in_the_envelope_says_who_sends_the_file_behind_it() {
        byte[] file = bytes(12, 2 * CHUNK);
        String wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
        for (boolean right : new boolean[] {true, false}) {
            String token = "<s:Header><w:Security xmlns:w=\"" + wsse
                    + "\" s:mustUnderstand=\"1\"><w:UsernameToken><w:Username>installer</w:Username><w:Password>"
                    + (right ? stand.password("installer") : "fla_wrong")
                    + "</w:Password></w:UsernameToken></w:Security></s:Header><s:Body>";
            String envelope = Packed.envelope(Wire.SOAP11, Packed.upload("LAB-1", "t", file.length, "", CID))
                    .replace("<s:Body>", token);
            byte[] body =
                    Packed.joined(Packed.root(Wire.SOAP11, envelope), Packed.part("file@test", file), Packed.end());
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + stand.port() + "/services/v1/FileService"))
                    .header("Content-Type", Packed.type(Wire.SOAP11, "Upload"))
                    .header("SOAPAction", Packed.FILES + "Upload")
                    .expectContinue(!right);
            String answer = new String(packed.send(request, body).body(), StandardCharsets.UTF_8);
            if (right) {
                assertThat(kept(id(answer), file.length)).isEqualTo(file);
            } else {
                assertThat(code(answer)).isEqualTo("account-refused");
            }
        }
        stand.room.postgres.execute("DELETE FROM login_failure");
    }

    @Test
    void a_disk_without_room_is_said_before_the_first_byte_and_one_that_fills_leaves_nothing() {
        Caller caller = new Caller(
                Actor.integration("installer", true),
                "127.0.0.1",
                TestFleet.hex(5),
                "FileService.Upload",
                new RefusedDeeds(stand.room.audit, stand.room.clock),
                false,
                null);
        for (boolean fills : new boolean[] {false, true}) {
            FullDisk disk = new FullDisk(stand.files.blobs, fills);
            Staging staging =
                    new Staging(stand.devices, stand.files.transfers, disk, new Blocking(stand.vertx), Ids.random());
            NewFile file = new NewFile();
            file.setDevice("LAB-1");
            file.setName("full");
            file.setReason("ticket");
            byte[] bytes = bytes(13, CHUNK + 1);
            file.setSize(bytes.length);
            file.setContent(new DataHandler(new ByteArrayDataSource(bytes)));

            assertThat(TestFleet.refused(new FileUpload(staging, caller, file).run()))
                    .isEqualTo(Fault.STORAGE_FULL);
            assertThat(disk.written.get()).isEqualTo(fills ? 1 : 0);
            while (fills && !disk.deleted.get()) {
                TestFleet.breathe();
            }
        }
    }

    private record ByteArrayDataSource(byte[] bytes) implements DataSource {
        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return "application/octet-stream";
        }

        @Override
        public String getName() {
            return "";
        }
    }

    /** Has no room at all, or for one chunk. */
    private static final class FullDisk implements BlobStore {
        final AtomicInteger written = new AtomicInteger();
        final AtomicBoolean deleted = new AtomicBoolean();
        private final BlobStore real;
        private final boolean fills;

        FullDisk(BlobStore real, boolean fills) {
            this.real = real;
            this.fills = fills;
        }

        @Override
        public long append(String blob, long offset, byte[] bytes, boolean last) throws IOException {
            if (offset > 0) {
                throw new IOException("No space left on device");
            }
            long length = real.append(blob, offset, bytes, last);
            written.incrementAndGet();
            return length;
        }

        @Override
        public Reader open(String blob) throws IOException {
            return real.open(blob);
        }

        @Override
        public void delete(String blob) throws IOException {
            real.delete(blob);
            deleted.set(true);
        }

        @Override
        public void mustHaveRoom(long bytes) {
            if (!fills) {
                throw new Refusal(Fault.STORAGE_FULL, "free=0");
            }
        }

        @Override
        public boolean touch(String blob) throws IOException {
            return real.touch(blob);
        }

        @Override
        public List<String> untouchedSince(Instant time) throws IOException {
            return real.untouchedSince(time);
        }

        @Override
        public boolean deleteUntouchedSince(String blob, Instant time) throws IOException {
            return real.deleteUntouchedSince(blob, time);
        }
    }
}
