package io.fairlead.agent.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What is said to a proxy before it steps aside: byte by byte, so that nothing of the server's is taken, and all of it
 * within a time.
 */
final class ProxyWire {
    private final Socket socket;
    private final long end;

    /** @param most for all that is said, both ways */
    ProxyWire(Socket socket, Duration most) {
        this.socket = socket;
        this.end = System.nanoTime() + most.toNanos();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    int read() throws IOException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("silent for too long");
        }
        socket.setSoTimeout((int) left);
        int read = socket.getInputStream().read();
        if (read < 0) {
            throw new EOFException("closed without an answer");
        }
        return read;
    }

    byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) read();
        }
        return bytes;
    }
}
