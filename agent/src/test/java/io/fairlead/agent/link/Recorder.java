package io.fairlead.agent.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Takes connections, says to each always the same after its first bytes, hangs up, and keeps every byte that came. */
final class Recorder implements AutoCloseable {
    private static final int QUIET_MILLIS = 200;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int connections;
    private boolean listening;

    /** @param answer one byte a character; empty: hangs up at once */
    Recorder(String answer) throws IOException {
        Thread thread = new Thread(() -> accept(answer.getBytes(StandardCharsets.ISO_8859_1)), "recorder");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(byte[] answer) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                count();
                if (answer.length > 0) {
                    record(socket.getInputStream().read());
                    socket.getOutputStream().write(answer);
                    socket.setSoTimeout(QUIET_MILLIS);
                    rest(socket);
                }
            } catch (IOException e) {
                // The peer went away, or the test has ended.
            } finally {
                ended();
            }
        }
    }

    private void rest(Socket socket) throws IOException {
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                record(b);
            }
        } catch (SocketTimeoutException e) {
            // It has said what it had to say.
        }
    }

    private synchronized void count() {
        connections++;
        listening = true;
    }

    private synchronized void ended() {
        listening = false;
        notifyAll();
    }

    private synchronized void record(int b) {
        received.write(b);
    }

    synchronized int connections() {
        return connections;
    }

    /** What came, once the peer has said all it had to say. */
    synchronized String received() throws InterruptedException {
        while (listening) {
            wait();
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    ServerAddress address() {
        return new ServerAddress("127.0.0.1", listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
