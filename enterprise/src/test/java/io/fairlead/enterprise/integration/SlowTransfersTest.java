package io.fairlead.enterprise.integration;

import static io.fairlead.enterprise.file.TestFileRoom.CHUNK;
import static io.fairlead.enterprise.file.TestFileRoom.bytes;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.cxf.UnreadBody;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transfers that stall or break off, and callers who send all before they read: what others notice of them. */
class SlowTransfersTest {
    /** More than all buffers between the two hold: the worker waits for whoever does not read. */
    private static final int LARGE = 12_000_000;

    private static final String CID = Packed.include("cid:file@test");

    private static Stand stand;
    private static Packed packed;
    private static TransferId large;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        stand = new Stand(folder);
        packed = new Packed(stand);
        stand.account("other", "service-engineer", null);
        stand.trained("installer", "Analyser 3");
        stand.trained("other", "Analyser 3");
        DeviceId device = stand.device("LAB-1");
        Void enrolled = await(stand.room.database.inTransaction(
                connection -> stand.devices.enrolled(connection, "LAB-1", TestFleet.hex(1))));
        large = stand.files.uploaded(device, "large.log", bytes(1, LARGE));
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    private static String download(String who) {
        return packed.call(
                who, Wire.SOAP11, "Download", "<t:Download><t:id>" + "0".repeat(32) + "</t:id></t:Download>");
    }

    /** Asks for the large file, takes its first bytes and no more. */
    private static Socket stalled(String who) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(65_536);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stand.port()));
        socket.setSoTimeout(20_000);
        String envelope = Packed.envelope(Wire.SOAP11, "<t:Download><t:id>" + large + "</t:id></t:Download>");
        socket.getOutputStream().write(Packed.text(head(who, "Download", "text/xml", envelope.length()) + envelope));
        String begun = new String(socket.getInputStream().readNBytes(1_000), StandardCharsets.ISO_8859_1);
        assertThat(begun).startsWith("HTTP/1.1 200 ").contains("multipart/related");
        return socket;
    }

    private static String head(String who, String action, String type, long length) {
        return "POST /services/v1/FileService HTTP/1.1\r\nHost: x\r\nAuthorization: " + stand.basic(who)
                + "\r\nContent-Type: " + type + "\r\nSOAPAction: " + Packed.FILES + action + "\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    /** Begins to send a file, which never ends. */
    private static Socket sending(String who) throws IOException {
        Socket socket = packed.begun(who, "Upload");
        String upload = Packed.upload("LAB-1", "slow", 10L * CHUNK, "", CID);
        Packed.chunk(socket, Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, upload)));
        Packed.chunk(socket, Packed.part("file@test", bytes(2, 2 * CHUNK)));
        return socket;
    }

    @Test
    void whoever_moves_four_files_is_refused_a_fifth_and_all_else_goes_on() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            long before = stand.files.kept();
            slow.add(stalled("installer"));
            slow.add(stalled("installer"));
            slow.add(sending("installer"));
            slow.add(sending("installer"));
            while (stand.files.kept() < before + 2) {
                TestFleet.breathe();
            }

            assertThat(download("installer")).contains("code>busy<");
            try (Socket fifth = packed.begun("installer", "Upload")) {
                String upload = Packed.upload("LAB-1", "fifth", 10L * CHUNK, "", CID);
                Packed.chunk(fifth, Packed.root(Wire.SOAP11, Packed.envelope(Wire.SOAP11, upload)));
                Packed.chunk(fifth, Packed.part("file@test", new byte[0]));
                assertThat(Packed.answer(fifth).toLowerCase(java.util.Locale.ROOT))
                        .contains("retry-after: 5\r\n", "code>busy<");
            }
            for (int i = 0; i < 4; i++) {
                assertThat(packed.call("installer", Wire.SOAP11, "Find", "<t:Find><t:criteria/></t:Find>"))
                        .contains("FindResponse");
            }
            assertThat(download("other")).contains("code>not-found<");
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
        mustComeToBeFree("installer");
    }

    /** Whoever has gone is noticed, and his places are given to the next. */
    private static void mustComeToBeFree(String who) {
        while (download(who).contains("code>busy<")) {
            TestFleet.breathe();
        }
    }

    @Test
    void whoever_hangs_up_in_the_middle_of_a_file_gives_back_place_and_worker() throws Exception {
        for (int i = 0; i < 3 * Places.MOST_TRANSFERS_OF_ONE; i++) {
            mustComeToBeFree("other");
            try (Socket goes = stalled("other")) {
                assertThat(goes.isConnected()).isTrue();
            }
        }
    }

    @Test
    void whoever_sends_all_before_he_reads_is_told_why_he_was_refused() throws Exception {
        byte[] message = Packed.joined(
                Packed.root(
                        Wire.SOAP11,
                        Packed.envelope(Wire.SOAP11, Packed.upload("LAB-0", "x", UnreadBody.MOST - 10_000, "", CID))),
                Packed.part("file@test", new byte[(int) UnreadBody.MOST - 10_000]),
                Packed.end());
        for (String who : List.of("nobody", "installer")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stand.port())) {
                socket.setSoTimeout(20_000);
                OutputStream out = socket.getOutputStream();
                out.write(Packed.text(head(who, "Upload", Packed.type(Wire.SOAP11, "Upload"), message.length)));
                for (int at = 0; at < message.length; at += 50_000) {
                    out.write(message, at, Math.min(50_000, message.length - at));
                    // As a line would have it: the answer is there long before the end.
                    TestFleet.breathe();
                }
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).contains("code>" + (who.equals("nobody") ? "account-refused" : "unknown-device"));
            }
        }
        stand.room.postgres.execute("DELETE FROM login_failure");
    }
}
