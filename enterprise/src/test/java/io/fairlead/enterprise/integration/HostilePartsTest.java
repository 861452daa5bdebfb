package io.fairlead.enterprise.integration;

import static io.fairlead.enterprise.file.TestFileRoom.CHUNK;
import static io.fairlead.enterprise.integration.Packed.BOUNDARY;
import static io.fairlead.enterprise.integration.Packed.joined;
import static io.fairlead.enterprise.integration.Packed.text;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.cxf.UnreadBody;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Multipart messages as nobody honest sends them: each is refused, none leaves anything, nobody is called. */
class HostilePartsTest {
    private static final byte[] FILE = text("0123456789");
    private static final String CID = Packed.include("cid:file@test");

    private static ManualTimers timers;
    private static Stand stand;
    private static Packed packed;
    private static ServerSocket elsewhere;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        timers = new ManualTimers();
        stand = new Stand(folder, HostilePartsTest::after, false);
        packed = new Packed(stand);
        stand.trained("installer", "Analyser 3");
        assertThat(stand.device("LAB-1").value()).isEqualTo("LAB-1");
        Void enrolled = await(stand.room.database.inTransaction(
                connection -> stand.devices.enrolled(connection, "LAB-1", TestFleet.hex(1))));
        elsewhere = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        elsewhere.setSoTimeout(1);
    }

    /** As real ones call: on the event loop of whoever asked. */
    private static Timers.Timer after(Duration delay, Runnable call) {
        Context loop = Objects.requireNonNull(Vertx.currentContext());
        return timers.after(delay, () -> loop.runOnContext(now -> call.run()));
    }

    @AfterAll
    static void stop() throws IOException {
        stand.close();
        elsewhere.close();
    }

    @AfterEach
    void nobody_was_called_and_nothing_is_left() throws IOException {
        try (Socket called = elsewhere.accept()) {
            throw new AssertionError("called by " + called);
        } catch (SocketTimeoutException nobody) {
            // As it should be.
        }
        assertThat(stand.room.postgres.value("SELECT count(*) FROM transfer")).isEqualTo("0");
        while (stored() > 0) {
            TestFleet.breathe();
        }
    }

    private static String upload(String content) {
        return Packed.upload("LAB-1", "x", FILE.length, "", content);
    }

    private static byte[] root(String content) {
        return Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, upload(content)));
    }

    private static byte[] file() {
        return Packed.part("file@test", FILE);
    }

    private static String code(byte[] answer) {
        String body = new String(answer, StandardCharsets.UTF_8);
        Matcher found = Pattern.compile("<c:code>([a-z-]+)</").matcher(body);
        return found.find() ? found.group(1) : body;
    }

    private static void refused(String code, byte[]... body) {
        refused(Packed.type(Wire.SOAP11, "Upload"), code, body);
    }

    private static void refused(String type, String code, byte[]... body) {
        HttpResponse<byte[]> answer =
                packed.send(packed.request("installer", Wire.SOAP11, "Upload", type), joined(body));
        assertThat(code(answer.body())).isEqualTo(code);
    }

    @Test
    void an_include_names_the_one_attachment_and_nothing_else_is_opened() {
        String url = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/x";
        for (String href : new String[] {
            url, "file:///etc/passwd", "cid:" + url, "cid:other@test", "cid:", "cid:%zz", "/etc/passwd", "cid:root@test"
        }) {
            refused("xml-forbidden", root(Packed.include(href)), file(), Packed.end());
        }
        refused("xml-forbidden", root(CID), Packed.end());
        refused("xml-forbidden", root(CID + CID), file(), Packed.end());
        refused("invalid", root(CID.replace("/>", "><t:x/></x:Include>")), file(), Packed.end());
        refused("invalid", root("MDEyMzQ1Njc4OQ=="), file(), Packed.end());
        refused("invalid", root("MDEyMzQ1Njc4OQ==" + CID), file(), Packed.end());
        String elsewhereInIt = upload(CID).replace("<t:reason>ticket 7", "<t:reason>" + CID);
        refused(
                "xml-forbidden",
                Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, elsewhereInIt)),
                file(),
                Packed.end());
        String bare = packed.call("installer", Wire.SOAP11, "Upload", upload(Packed.include(url)));
        assertThat(code(text(bare))).isEqualTo("xml-forbidden");
    }

    @Test
    void there_are_two_parts_at_most_and_both_are_closed() {
        byte[][] many = new byte[53][];
        many[0] = root(CID);
        for (int i = 1; i <= 51; i++) {
            many[i] = Packed.part("file@test", FILE);
        }
        many[52] = Packed.end();
        refused("malformed", many);
        refused("malformed", root(CID), file());
        refused("malformed", root(CID), file(), text("\r\n--" + BOUNDARY));
        refused("malformed", root(CID), file(), text("\r\n--" + BOUNDARY + "x--"));
        refused("malformed", root(CID));
        refused("malformed", text(" "));
        refused("malformed");
        refused("body-too-large", root(CID), file(), Packed.end(), new byte[2_000]);
        refused("malformed", new byte[2_000], root(CID), file(), Packed.end());
        refused(
                "body-too-large",
                Packed.root(Wire.SOAP11, " ".repeat(RequestHead.MOST_BYTES + 1)),
                file(),
                Packed.end());
    }

    @Test
    void a_parts_head_is_short_and_plain() {
        String delimiter = "\r\n--" + BOUNDARY + "\r\n";
        String xop = "Content-Type: application/xop+xml; type=\"text/xml\"\r\nContent-ID: <root@test>\r\n";
        byte[] envelope = text("\r\n" + Packed.envelope(Wire.SOAP11, upload(CID)));
        byte[] rest = joined(file(), Packed.end());
        for (String head : new String[] {
            "X: y\r\n".repeat(33),
            "X: " + "y".repeat(9_000) + "\r\n",
            "X: y\r\n " + "y".repeat(9_000) + "\r\n",
            "no header\r\n",
            "\u00E9: y\r\n",
            "Content-ID: <other@test>\r\n",
            "Content-Transfer-Encoding: base64\r\n"
        }) {
            refused("malformed", text(delimiter + head + xop), envelope, rest);
        }
        refused("content-type", text(delimiter), envelope, rest);
        for (String other : new String[] {
            xop.replace("xop+xml", "xml"),
            xop.replace("text/xml", "application/soap+xml"),
            xop.replace("root@test", "file@test"),
            xop.replace("type=", "charset=utf-16; type="),
            xop.replace("type=", "type=\"text/xml\"; type=")
        }) {
            refused("content-type", text(delimiter + other), envelope, rest);
        }
        String id = "a".repeat(300);
        refused("malformed", root(Packed.include("cid:" + id)), Packed.part(id, FILE), Packed.end());
    }

    @Test
    void a_head_that_does_not_fit_is_refused_before_the_body() {
        byte[] body = joined(root(CID), file(), Packed.end());
        String right = Packed.type(Wire.SOAP11, "Upload");
        for (String type : new String[] {
            right.replace("related", "mixed"),
            right.replace("application/xop+xml", "text/xml"),
            right.replace("boundary=\"" + BOUNDARY + "\"", "boundary=\"" + "b".repeat(71) + "\""),
            right.replace("boundary=\"" + BOUNDARY + "\"", "boundary=\"a\\\\b\""),
            right.replace("boundary=\"" + BOUNDARY + "\"; ", ""),
            right.replace("start-info=\"text/xml\"", "start-info=\"application/soap+xml\""),
            right + "; boundary=b",
            right + "; x=y",
            right + "; action=\"urn:other\"",
            right + "; \"",
            right + "; charset=" + "u".repeat(1_100)
        }) {
            refused(type, "content-type", body);
        }
        HttpResponse<byte[]> spoofed = packed.send(
                packed.request(
                        "installer",
                        Wire.SOAP12,
                        "Upload",
                        Packed.type(Wire.SOAP12, "Upload") + "; action=\"" + Packed.FILES + "Find\""),
                joined(Packed.root(Wire.SOAP12, Packed.envelope(Wire.SOAP12, upload(CID))), file(), Packed.end()));
        assertThat(code(spoofed.body())).isEqualTo("soap-action");
        HttpResponse<byte[]> other = packed.send(
                packed.request("installer", Wire.SOAP11, "Find", Packed.type(Wire.SOAP11, "Find")),
                joined(
                        Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, "<t:Find><t:criteria/></t:Find>")),
                        file(),
                        Packed.end()));
        assertThat(code(other.body())).as("an attachment that nobody asked for").isEqualTo("invalid");
    }

    @Test
    void an_envelope_and_a_file_have_so_long_to_come() throws Exception {
        try (Socket socket = packed.begun("installer", "Upload")) {
            Packed.chunk(socket, text("\r\n--" + BOUNDARY));
            fire(Duration.ofSeconds(15));
            assertThat(code(text(Packed.answer(socket)))).isEqualTo("body-too-slow");
        }
        for (int whole : new int[] {0, 2}) {
            try (Socket socket = packed.begun("installer", "Upload")) {
                String upload = Packed.upload("LAB-1", "slow", 10L * CHUNK, "", CID);
                Packed.chunk(socket, Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, upload)));
                Packed.chunk(socket, Packed.part("file@test", new byte[whole * CHUNK + 5]));
                if (whole > 0) {
                    while (stored() < CHUNK) {
                        TestFleet.breathe();
                    }
                }
                fire(Duration.ofSeconds(32));
                assertThat(code(text(Packed.answer(socket)))).isEqualTo("bytes-too-slow");
            }
        }
        while (timers.size() > 0) {
            // What is left of a body is waited for so long, unless its sender is seen to hang up before.
            timers.fire(UnreadBody.LONGEST);
            TestFleet.breathe();
        }
    }

    private static long stored() throws IOException {
        try (Stream<Path> blobs = Files.walk(stand.files.folder)) {
            return blobs.filter(Files::isRegularFile)
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        }
    }

    /** When somebody waits for that long. */
    private static void fire(Duration delay) {
        while (timers.longest().compareTo(delay) != 0) {
            TestFleet.breathe();
        }
        timers.fire(delay);
    }
}
