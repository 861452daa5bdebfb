package io.fairlead.enterprise.integration;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.cxf.HeldBody;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.TestFleet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages of several parts that are not as they should be, and those that come too slowly. */
class PartsTest {
    private static final String CID = Packed.include("cid:file@test");

    @Test
    void what_is_no_envelope_with_one_attachment_is_refused(@TempDir Path folder) throws IOException {
        try (Stand stand = new Stand(folder)) {
            Packed packed = new Packed(stand);
            stand.device("LAB-1");
            stand.trained("installer", "Analyser 3");
            Void enrolled = await(stand.room.database.inTransaction(
                    connection -> stand.devices.enrolled(connection, "LAB-1", TestFleet.hex(1))));
            byte[] file = Packed.part("file@test", new byte[10]);
            List<byte[]> many = new ArrayList<>(List.of(root(CID), file));
            for (int i = 0; i < 50; i++) {
                many.add(Packed.part("more" + i + "@test", new byte[10]));
            }
            many.add(Packed.end());
            refused(packed, Packed.joined(many.toArray(byte[][]::new)), "malformed");
            refused(packed, message(Packed.include("http://127.0.0.1:1/x"), file), "xml-forbidden");
            refused(packed, message(Packed.include("file:///etc/passwd"), file), "xml-forbidden");
            refused(packed, message(Packed.include("cid:another@test"), file), "xml-forbidden");
            refused(packed, message(CID + CID, file), "xml-forbidden", "invalid");
            refused(packed, message("", file), "invalid");
            refused(
                    packed,
                    message(CID, Packed.text("\r\n--" + Packed.BOUNDARY + "\r\nX: " + "x".repeat(9_000))),
                    "malformed");
            refused(
                    packed,
                    Packed.joined(Packed.root(Wire.SOAP11, "x".repeat(RequestHead.MOST_BYTES + 1)), file, Packed.end()),
                    "body-too-large");
            refused(packed, Packed.text("nothing of the kind"), "malformed");
            HttpResponse<byte[]> elsewhere = packed.send(
                    stand.at(Wire.SOAP11)
                            .header("Authorization", stand.basic("installer"))
                            .header("SOAPAction", Stand.SERVICE + "Find")
                            .header("Content-Type", Packed.type(Wire.SOAP11, "Upload")),
                    message(CID, file));
            assertThat(elsewhere.statusCode())
                    .as("a service that takes no files")
                    .isEqualTo(415);
        }
    }

    private static byte[] root(String content) {
        return Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, Packed.upload("LAB-1", "a.bin", 10, "", content)));
    }

    private static byte[] message(String content, byte[] part) {
        return Packed.joined(root(content), part, Packed.end());
    }

    private static void refused(Packed packed, byte[] message, String... codes) {
        String answer = new String(
                packed.send(
                                packed.request("installer", Wire.SOAP11, "Upload", Packed.type(Wire.SOAP11, "Upload")),
                                message)
                        .body(),
                StandardCharsets.UTF_8);
        assertThat(answer.replaceAll("(?s).*<c:code>([a-z-]+)</.*", "$1"))
                .as(answer)
                .isIn((Object[]) codes);
    }

    @Test
    void a_body_that_never_ends_is_given_up_after_fifteen_seconds(@TempDir Path folder) throws IOException {
        ManualTimers timers = new ManualTimers();
        try (Stand stand = new Stand(folder, timers, false);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), stand.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /services/v1/DeviceService HTTP/1.1\r\nHost: x\r\nAuthorization: " + stand.basic("erp")
                            + "\r\nContent-Type: text/xml\r\nSOAPAction: " + Stand.SERVICE
                            + "Find\r\nContent-Length: 1000\r\n\r\n<s:Envelope")
                    .getBytes(StandardCharsets.US_ASCII));
            while (timers.size() == 0) {
                TestFleet.breathe();
            }
            stand.vertx.runOnContext(now -> timers.fire(HeldBody.DEADLINE));
            String answer = Packed.answer(socket);
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("body-too-slow", "connection: close");
        }
    }
}
