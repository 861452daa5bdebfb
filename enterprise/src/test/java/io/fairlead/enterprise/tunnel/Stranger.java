package io.fairlead.enterprise.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Base64;
import java.util.Locale;
import javax.net.SocketFactory;

/** Somebody at a relay who writes his bytes himself. */
public final class Stranger implements AutoCloseable {
    private final int port;
    private final SocketFactory sockets;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    Stranger(int port) {
        this(port, SocketFactory.getDefault());
    }

    /** @param sockets by which he comes, such as those of TLS */
    public Stranger(int port, SocketFactory sockets) {
        this.port = port;
        this.sockets = sockets;
    }

    int asks(String headers) throws IOException {
        return asks(Relay.PATH, headers);
    }

    /** Asks for a stream; answers the status, and fails when anything but an answer to HTTP came. */
    public int asks(String path, String headers) throws IOException {
        if (!socket.isConnected() || socket.isClosed()) {
            socket = sockets.createSocket("127.0.0.1", port);
            socket.setSoTimeout(60_000);
            in = new BufferedInputStream(socket.getInputStream());
        }
        String key = Base64.getEncoder().encodeToString(new byte[16]);
        writes(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + "\r\n" + headers + "\r\n")
                .getBytes(US_ASCII));
        String status = line();
        int length = 0;
        boolean closes = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String small = header.toLowerCase(Locale.ROOT);
            length = small.startsWith("content-length: ") ? Integer.parseInt(header.substring(16)) : length;
            closes |= small.equals("connection: close");
        }
        String body = new String(in.readNBytes(length), US_ASCII);
        if (!body.isEmpty() && !body.equals("This stream is not allowed.\n")) {
            throw new AssertionError("an answer of " + body);
        }
        if (closes) {
            socket.close();
        }
        return Integer.parseInt(status.substring(9, 12));
    }

    /** How many times of so many he was refused. */
    int refused(String headers, int times) throws IOException {
        int refused = 0;
        for (int i = 0; i < times; i++) {
            refused += asks(headers) == 403 ? 1 : 0;
        }
        return refused;
    }

    void writes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads to the end of the connection, however it comes. */
    void untilClosed() throws IOException {
        try {
            long unused = in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // That is an end as well.
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("hung up after " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
