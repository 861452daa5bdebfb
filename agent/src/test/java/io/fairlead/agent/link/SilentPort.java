package io.fairlead.agent.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port that answers nothing, as behind a firewall that drops: its queue is full, and stays so. */
public final class SilentPort implements AutoCloseable {
    private static final int ENOUGH = 20;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> queue = new ArrayList<>();

    public SilentPort() throws IOException {
        for (int i = 0; i < ENOUGH; i++) {
            Socket one = new Socket();
            queue.add(one);
            try {
                one.connect(new InetSocketAddress("127.0.0.1", port()), 300);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IOException("the queue does not fill");
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket one : queue) {
            one.close();
        }
        listener.close();
    }
}
