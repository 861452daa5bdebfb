package io.fairlead.enterprise.integration;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests of FileService, written by hand, byte by byte; and answers taken apart. */
final class Packed {
    static final String BOUNDARY = "uuid:7f2a-55";
    static final String FILES = "urn:fairlead:integration:1:FileService:";
    private static final String TYPES = "urn:fairlead:integration:1:file";

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final Stand stand;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Packed(Stand stand) {
        this.stand = stand;
    }

    static String envelope(Wire wire, String body) {
        return "<s:Envelope xmlns:s=\"" + wire.envelope() + "\" xmlns:t=\"" + TYPES + "\"><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }

    static String include(String href) {
        return "<x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"" + href + "\"/>";
    }

    static String upload(String device, String name, long size, String sha256, String content) {
        return "<t:Upload><t:file><t:device>" + device + "</t:device><t:name>" + name
                + "</t:name><t:reason>ticket 7</t:reason><t:size>" + size + "</t:size>"
                + (sha256.isEmpty() ? "" : "<t:sha256>" + sha256 + "</t:sha256>") + "<t:content>" + content
                + "</t:content></t:file></t:Upload>";
    }

    /** As CXF packs it. */
    static String type(Wire wire, String action) {
        String inner = wire == Wire.SOAP11 ? "text/xml" : "application/soap+xml; action=\\\"" + FILES + action + "\\\"";
        return "multipart/related; type=\"application/xop+xml\"; boundary=\"" + BOUNDARY
                + "\"; start=\"<root@test>\"; start-info=\"" + inner + "\"";
    }

    static byte[] root(Wire wire, String envelope) {
        return text("\r\n--" + BOUNDARY + "\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"" + wire.type()
                + "\"\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <root@test>\r\n\r\n" + envelope);
    }

    static byte[] part(String contentId, byte[] bytes) {
        return joined(
                text("\r\n--" + BOUNDARY
                        + "\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n"
                        + "Content-ID: <" + contentId + ">\r\n\r\n"),
                bytes);
    }

    static byte[] end() {
        return text("\r\n--" + BOUNDARY + "--");
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] joined(byte[]... all) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] each : all) {
            joined.writeBytes(each);
        }
        return joined.toByteArray();
    }

    HttpRequest.Builder request(String who, Wire wire, String action, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + stand.port() + wire.path() + "FileService"))
                .header("Authorization", stand.basic(who))
                .header("Content-Type", type);
        return wire == Wire.SOAP11 ? request.header("SOAPAction", "\"" + FILES + action + "\"") : request;
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request, byte[] body) {
        try {
            return client.send(
                    request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An operation without an attachment, in an envelope alone. */
    String call(String who, Wire wire, String action, String body) {
        return new String(
                send(request(who, wire, action, wire.type() + "; charset=utf-8"), text(envelope(wire, body)))
                        .body(),
                StandardCharsets.UTF_8);
    }

    /** A file behind its envelope. */
    String upload(String who, Wire wire, String upload, byte[] file) {
        byte[] body = joined(root(wire, envelope(wire, upload)), part("file@test", file), end());
        return new String(
                send(request(who, wire, "Upload", type(wire, "Upload")), body).body(), StandardCharsets.UTF_8);
    }

    /** The bytes behind the envelope of an answer. */
    static byte[] attached(HttpResponse<byte[]> answer) {
        byte[] body = answer.body();
        String latin = new String(body, StandardCharsets.ISO_8859_1);
        int head = latin.lastIndexOf("Content-ID: <");
        int from = latin.indexOf("\r\n\r\n", head) + 4;
        return Arrays.copyOfRange(body, from, latin.lastIndexOf("\r\n--"));
    }

    /** A connection on which a request of SOAP 1.1 begins; its body is sent in chunks. */
    Socket begun(String who, String action) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), stand.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(text("POST /services/v1/FileService HTTP/1.1\r\nHost: x\r\nAuthorization: " + stand.basic(who)
                        + "\r\nContent-Type: " + type(Wire.SOAP11, action) + "\r\nSOAPAction: " + FILES + action
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n"));
        return socket;
    }

    /** One answer that says its length, of a connection that may stay open; the head stands before it. */
    static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                throw new EOFException("the connection ended in the head: " + head);
            }
            head.write(one);
        }
        Matcher length = LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        if (!length.find()) {
            throw new IOException("no length: " + head);
        }
        int bytes = Integer.parseInt(length.group(1));
        byte[] body = in.readNBytes(bytes);
        if (body.length < bytes) {
            throw new EOFException(body.length + " bytes of " + bytes + " of a body");
        }
        return head.toString(StandardCharsets.ISO_8859_1) + new String(body, StandardCharsets.UTF_8);
    }

    static void chunk(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(joined(text(Integer.toHexString(bytes.length) + "\r\n"), bytes, text("\r\n")));
        out.flush();
    }
}
