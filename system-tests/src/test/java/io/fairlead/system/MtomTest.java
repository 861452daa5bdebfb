package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A file that is larger than the server's heap goes in and out by MTOM, byte by byte the same, and is nowhere held. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MtomTest {
    private static final int HEAP_MEGABYTES = 256;
    private static final int PIECE = 128 * 1024;
    /** 320 MiB, or a little more than 500 MB. */
    private static final int PIECES = Boolean.getBoolean("fairlead.long") ? 4_000 : 2_560;

    private static final long SIZE = (long) PIECES * PIECE;
    /** Of the process: the heap, the program, and buffers outside of the heap that do not grow with the file. */
    private static final long MOST_RESIDENT = 420L << 20;

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Pattern ID = Pattern.compile("id>([0-9a-f]{32})<");

    private LaneSite site;

    @BeforeAll
    void start() throws Exception {
        site = LaneSite.start("mtom", HEAP_MEGABYTES);
    }

    @AfterAll
    void stop() throws IOException {
        site.close();
    }

    @Test
    void a_file_larger_than_the_heap_goes_in_and_out_by_mtom() throws Exception {
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        String uploaded = upload(sent);
        String sha256 = HexFormat.of().formatHex(sent.digest());
        Matcher id = ID.matcher(uploaded);

        assertThat(uploaded).contains("sha256>" + sha256 + "<", "size>" + SIZE + "<");
        assertThat(id.find()).isTrue();
        assertThat(download(id.group(1))).isEqualTo(sha256);
        assertThat(peak()).as("bytes of the process at most").isLessThan(MOST_RESIDENT);
        assertThat(Files.readString(site.server().log())).doesNotContain("OutOfMemory");
    }

    private String upload(MessageDigest sent) throws Exception {
        HttpsURLConnection request = request("Upload");
        request.setChunkedStreamingMode(PIECE);
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        new Random(1).nextBytes(piece.array());
        try (OutputStream out = request.getOutputStream()) {
            out.write(envelope("<f:Upload><f:file><f:device>" + LaneSite.DEVICE
                    + "</f:device><f:name>large.bin</f:name><f:reason>test</f:reason><f:size>" + SIZE
                    + "</f:size><f:content><x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:f\"/>"
                    + "</f:content></f:file></f:Upload>"));
            out.write(ascii("\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-ID: <f>\r\n\r\n"));
            for (int number = 0; number < PIECES; number++) {
                piece.putInt(0, number);
                sent.update(piece.array());
                out.write(piece.array());
            }
            out.write(ascii("\r\n--b--\r\n"));
        }
        return new String(answer(request).readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The SHA-256 of what came. */
    private String download(String id) throws Exception {
        HttpsURLConnection request = request("Download");
        try (OutputStream out = request.getOutputStream()) {
            out.write(envelope("<f:Download><f:id>" + id + "</f:id></f:Download>"));
            out.write(ascii("\r\n--b--\r\n"));
        }
        MessageDigest come = MessageDigest.getInstance("SHA-256");
        try (DataInputStream in = new DataInputStream(answer(request))) {
            assertThat(request.getContentType()).startsWith("multipart/related");
            // The head of the envelope's part, then, behind the envelope, that of the file's.
            assertThat(head(in)).contains("application/xop+xml");
            assertThat(head(in)).contains("Include");
            byte[] piece = new byte[PIECE];
            for (int number = 0; number < PIECES; number++) {
                in.readFully(piece);
                come.update(piece);
            }
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip())
                    .startsWith("--")
                    .endsWith("--")
                    .hasSizeLessThan(100);
        }
        return HexFormat.of().formatHex(come.digest());
    }

    /** Up to the next blank line. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int one = in.read();
            assertThat(one).as(head.toString()).isNotNegative();
            head.append((char) one);
        }
        return head.toString();
    }

    private HttpsURLConnection request(String operation) throws Exception {
        HttpsURLConnection request = (HttpsURLConnection)
                URI.create(site.url() + "/services/v1/FileService").toURL().openConnection();
        request.setSSLSocketFactory(
                RawClient.context(site.device().identity(), false).getSocketFactory());
        request.setRequestMethod("POST");
        request.setDoOutput(true);
        request.setReadTimeout(60_000);
        request.setRequestProperty("Authorization", site.basic());
        request.setRequestProperty("SOAPAction", "\"urn:fairlead:integration:1:FileService:" + operation + "\"");
        request.setRequestProperty(
                "Content-Type",
                "multipart/related; type=\"application/xop+xml\"; start=\"<e>\"; start-info=\"text/xml\"; boundary=b");
        return request;
    }

    private static InputStream answer(HttpsURLConnection request) throws IOException {
        if (request.getResponseCode() != 200) {
            throw new AssertionError(request.getResponseCode() + " "
                    + new String(request.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return request.getInputStream();
    }

    private static byte[] envelope(String body) {
        return ascii(
                "--b\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-ID: <e>\r\n\r\n"
                        + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns:f=\"urn:fairlead:integration:1:file\"><s:Body>" + body + "</s:Body></s:Envelope>");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private long peak() throws IOException {
        String status = Files.readString(Path.of("/proc/" + site.server().pid() + "/status"));
        Matcher found = PEAK.matcher(status);
        assertThat(found.find()).as(status).isTrue();
        return 1024 * Long.parseLong(found.group(1));
    }
}
