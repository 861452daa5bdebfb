package io.fairlead.agent.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The head of a relay's answer to an upgrade (RFC 6455 section 4.2.2).
 *
 * @param headers by their names in small letters
 */
record TunnelAnswer(String status, Map<String, String> headers) {
    private static final int MOST_BYTES = 8 * 1024;
    private static final int MOST_SHOWN = 60;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    /** Reads to the empty line and not a byte further. */
    static TunnelAnswer read(InputStream in) throws IOException {
        byte[] head = new byte[MOST_BYTES];
        int length = 0;
        while (length < END.length || !Arrays.equals(head, length - END.length, length, END, 0, END.length)) {
            int next = length < MOST_BYTES ? in.read() : -1;
            if (next < 0) {
                throw length < MOST_BYTES
                        ? new EOFException("the relay hung up before it had answered")
                        : new IOException("the relay's answer is too long");
            }
            head[length++] = (byte) next;
        }
        List<String> lines =
                new String(head, 0, length, StandardCharsets.ISO_8859_1).lines().toList();
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("the relay's answer is no HTTP");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String before = headers.put(name, line.substring(colon + 1).strip());
            if (before != null && name.startsWith("sec-websocket")) {
                throw new IOException("the relay's answer says twice what it may say once");
            }
        }
        return new TunnelAnswer(lines.get(0), headers);
    }

    /** @throws IOException unless it is the WebSocket that was asked for under this key */
    void require(String key) throws IOException {
        if (!status.startsWith("HTTP/1.1 101 ")) {
            String shown = status.replaceAll("[^ -~]", "?");
            throw new RelayRefused("the relay does not let this stream in: it answered \""
                    + shown.substring(0, Math.min(MOST_SHOWN, shown.length())) + "\"");
        }
        boolean websocket = headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")
                && headers.getOrDefault("connection", "").equalsIgnoreCase("upgrade");
        if (!websocket
                || !accept(key).equals(headers.get("sec-websocket-accept"))
                || headers.containsKey("sec-websocket-extensions")
                || headers.containsKey("sec-websocket-protocol")) {
            throw new IOException("the relay speaks no WebSocket of ours");
        }
    }

    /** What a server makes of a key. */
    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
