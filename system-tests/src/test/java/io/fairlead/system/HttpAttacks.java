package io.fairlead.system;

import static io.fairlead.system.Attack.body;
import static io.fairlead.system.Attack.raw;
import static io.fairlead.system.XmlAttacks.envelope;

import io.fairlead.system.Attack.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Hostile requests and packings: one line each. */
final class HttpAttacks {
    private static final String FIND = envelope("", "<t:Find><t:criteria/></t:Find>");
    private static final String PART = "Content-Type: application/octet-stream\r\nContent-ID: <f>\r\n";

    private final String bait;
    private final Head find;
    private final Head packed;

    /** @param bait host and port that nobody may be made to call */
    HttpAttacks(String basic, String bait) {
        this.bait = bait;
        this.find = Head.of(basic, "DeviceService", "Find");
        this.packed = Head.of(basic, "FileService", "Upload")
                .with(
                        "Content-Type",
                        "Content-Type: multipart/related; type=\"application/xop+xml\"; start-info=\"text/xml\"; boundary=b");
    }

    List<Attack> all() {
        return List.of(
                // What the lane itself has to refuse.
                body("no type", "content-type", find.without("Content-Type"), FIND),
                body(
                        "the type of a form",
                        "content-type",
                        find.with("Content-Type", "Content-Type: application/x-www-form-urlencoded"),
                        FIND),
                body("two types", "content-type answered", find.line("Content-Type: multipart/related"), FIND),
                body("a gzip bomb", "content-type", find.line("Content-Encoding: gzip"), bomb()),
                body("a deflated body", "content-type", find.line("Content-Encoding: deflate"), FIND),
                body(
                        "a name without a password",
                        "account-refused",
                        find.with("Authorization", "Authorization: Basic " + base64("erp")),
                        FIND),
                body(
                        "a name with a NUL",
                        "account-refused",
                        find.with("Authorization", "Authorization: Basic " + base64("erp\0:x")),
                        FIND),
                body(
                        "a name of SQL",
                        "account-refused",
                        find.with("Authorization", "Authorization: Basic " + base64("' OR '1'='1:x")),
                        FIND),
                body(
                        "Basic that does not read",
                        "account-refused",
                        find.with("Authorization", "Authorization: Basic ####"),
                        FIND),
                body(
                        "a name of 6,000 letters",
                        "account-refused",
                        find.with("Authorization", "Authorization: Basic " + base64("x".repeat(4_500) + ":x")),
                        FIND),
                // Packings.
                body(
                        "a packing where nothing is taken",
                        "content-type",
                        find.with(
                                "Content-Type",
                                "Content-Type: multipart/related; type=\"application/xop+xml\"; boundary=b"),
                        parts("cid:f", PART, 1)),
                body("51 parts", "invalid malformed xml-limit content-type", packed, parts("cid:f", PART, 50)),
                body(
                        "a part that nobody names",
                        "invalid malformed xml-forbidden",
                        packed,
                        parts("cid:other", PART, 1)),
                body("a part at a web server", "xml-forbidden", packed, parts("http://" + bait + "/", PART, 1)),
                body("a part in a file", "xml-forbidden", packed, parts("file:///etc/passwd", PART, 1)),
                body("the same Content-ID twice", "invalid malformed content-type", packed, parts("cid:f", PART, 2)),
                body(
                        "a part's head of 500,000 letters",
                        "invalid malformed xml-limit content-type body-too-large",
                        packed,
                        parts("cid:f", PART + "X: " + "x".repeat(500_000) + "\r\n", 1)),
                body(
                        "a part's head of 50,000 lines",
                        "invalid malformed xml-limit content-type body-too-large",
                        packed,
                        parts("cid:f", PART + "X: x\r\n".repeat(50_000), 1)),
                body(
                        "a part in base64",
                        "invalid malformed content-type",
                        packed,
                        parts("cid:f", PART + "Content-Transfer-Encoding: base64\r\n", 1)),
                body(
                        "a part that is compressed",
                        "answered",
                        packed,
                        parts("cid:f", PART + "Content-Encoding: gzip\r\n", 1)),
                body(
                        "a packing within a packing",
                        "answered",
                        packed,
                        parts("cid:f", PART.replace("application/octet-stream", "multipart/related; boundary=c"), 1)),
                body(
                        "no end of the parts",
                        "invalid malformed content-type digest",
                        packed,
                        parts("cid:f", PART, 1).replace("--b--", "")),
                body(
                        "a boundary of 500 letters",
                        "content-type",
                        packed.with(
                                "Content-Type",
                                "Content-Type: multipart/related; type=\"application/xop+xml\"; boundary="
                                        + "b".repeat(500)),
                        parts("cid:f", PART, 1)),
                body(
                        "no boundary",
                        "content-type",
                        packed.with("Content-Type", "Content-Type: multipart/related; type=\"application/xop+xml\""),
                        parts("cid:f", PART, 1)),
                body(
                        "an envelope that is not the first part",
                        "content-type invalid malformed",
                        packed.with(
                                "Content-Type",
                                "Content-Type: multipart/related; type=\"application/xop+xml\"; start=\"<f>\"; boundary=b"),
                        parts("cid:f", PART, 1)),
                body(
                        "more bytes than were announced",
                        "digest",
                        packed,
                        parts("cid:f", PART, 1).replace("<f:size>4<", "<f:size>3<")),
                body(
                        "a name above its folder",
                        "answered",
                        packed,
                        parts("cid:f", PART, 1).replace("a.bin", "../../etc/passwd")),
                // HTTP itself.
                raw(
                        "a length and chunks",
                        "http closed",
                        find.line("Content-Length: 5")
                                        .line("Transfer-Encoding: chunked")
                                        .text() + "\r\n0\r\n\r\nGET /people HTTP/1.1\r\nHost: x\r\n\r\n"),
                raw(
                        "two lengths",
                        "http closed",
                        find.line("Content-Length: 5").line("Content-Length: 6").text() + "\r\nabcdef"),
                raw(
                        "a length below nothing",
                        "http closed",
                        find.line("Content-Length: -1").text() + "\r\n"),
                raw(
                        "a length in hexadecimal digits",
                        "http closed",
                        find.line("Content-Length: 0x10").text() + "\r\n"),
                raw(
                        "a length with a sign",
                        "http closed malformed",
                        find.line("Content-Length: +5").text() + "\r\nabcde"),
                raw(
                        "a length of thirty digits",
                        "http closed body-too-large",
                        find.line("Content-Length: " + "9".repeat(30)).text() + "\r\n"),
                raw(
                        "an encoding that nobody knows",
                        "http closed body-empty",
                        find.line("Transfer-Encoding: xchunked").text() + "\r\n0\r\n\r\n"),
                raw(
                        "chunks that are compressed",
                        "http closed content-type malformed",
                        find.line("Transfer-Encoding: gzip, chunked").text() + "\r\n5\r\nabcde\r\n0\r\n\r\n"),
                raw(
                        "chunked twice",
                        "http closed malformed",
                        find.line("Transfer-Encoding: chunked")
                                        .line("Transfer-Encoding: chunked")
                                        .text() + "\r\n5\r\nabcde\r\n0\r\n\r\n"),
                raw(
                        "a chunk of more than there is",
                        "http closed",
                        find.line("Transfer-Encoding: chunked").text() + "\r\nFFFFFFFFFFFFFFFFFF\r\nx"),
                raw(
                        "a chunk below nothing",
                        "http closed",
                        find.line("Transfer-Encoding: chunked").text() + "\r\n-5\r\nabcde\r\n0\r\n\r\n"),
                raw(
                        "a chunk with 100,000 letters behind its length",
                        "http closed",
                        find.line("Transfer-Encoding: chunked").text() + "\r\n5;" + "x".repeat(100_000)
                                + "\r\nabcde\r\n0\r\n\r\n"),
                raw(
                        "trailers without end",
                        "http closed malformed",
                        find.line("Transfer-Encoding: chunked").text() + "\r\n5\r\nabcde\r\n0\r\n"
                                + "X: x\r\n".repeat(20_000) + "\r\n"),
                raw(
                        "a blank before the colon",
                        "http closed",
                        find.line("Content-Length : 5").text() + "\r\nabcde"),
                raw(
                        "a folded line",
                        "http closed malformed",
                        find.line("Content-Length: 5").line("X: a\r\n b").text() + "\r\nabcde"),
                raw(
                        "a NUL in a header",
                        "http closed",
                        find.line("Content-Length: 5").line("X: a\0b").text() + "\r\nabcde"),
                raw(
                        "a carriage return in a header",
                        "http closed",
                        find.line("Content-Length: 5")
                                        .line("X: a\rContent-Length: 0")
                                        .text() + "\r\nabcde"),
                raw("ten thousand headers", "http closed", find.text() + "X: x\r\n".repeat(10_000) + "\r\n"),
                raw(
                        "a header of a million letters",
                        "http closed",
                        find.line("X: " + "x".repeat(1_000_000)).text() + "\r\n"),
                raw(
                        "an address of 100,000 letters",
                        "http closed",
                        "POST /services/v1/" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                raw(
                        "another server's address",
                        "http closed body-empty",
                        find.line("Content-Length: 0").text().replace("/services", "http://" + bait + "/services")
                                + "\r\n"),
                raw(
                        "a tunnel",
                        "http closed",
                        "CONNECT " + bait + " HTTP/1.1\r\nHost: " + bait + "\r\nConnection: close\r\n\r\n"),
                raw(
                        "an upgrade",
                        "http closed answered body-empty",
                        find.line("Upgrade: h2c")
                                        .line("HTTP2-Settings: AAMAAABk")
                                        .line("Content-Length: 0")
                                        .text()
                                + "\r\n"),
                raw("HTTP/2 without a word", "http closed", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0".repeat(9)),
                raw("a request before HTTP/1.0", "http closed", "POST /services/v1/DeviceService\r\n\r\n"),
                raw("TRACE", "http closed", find.text().replace("POST", "TRACE") + "\r\n"),
                raw(
                        "a path that climbs",
                        "http closed",
                        find.line("Content-Length: 0").text().replace("DeviceService HTTP", "..%2f..%2fpeople HTTP")
                                + "\r\n"),
                raw(
                        "a second request behind a short length",
                        "malformed",
                        find.line("Content-Length: 5").text() + "\r\n<s:En"
                                + "GET /people HTTP/1.1\r\nHost: x\r\n\r\n"),
                raw(
                        "TLS within TLS",
                        "http closed",
                        "\u0016\u0003\u0001\2\0\1\0\1\u00fc\3\3" + "\0".repeat(200) + "\r\n\r\n"));
    }

    private static String parts(String href, String head, int attachments) {
        String file = "<f:Upload xmlns:f='urn:fairlead:integration:1:file'><f:file><f:device>" + LaneSite.DEVICE
                + "</f:device><f:name>a.bin</f:name><f:reason>attack</f:reason><f:size>4</f:size><f:content>"
                + XmlAttacks.include(href) + "</f:content></f:file></f:Upload>";
        return "--b\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-ID: <e>\r\n\r\n"
                + envelope("", file) + "\r\n" + ("--b\r\n" + head + "\r\nABCD\r\n").repeat(attachments) + "--b--\r\n";
    }

    /** 200 kB of which 200 MB would become. */
    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            byte[] blanks = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(blanks);
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
