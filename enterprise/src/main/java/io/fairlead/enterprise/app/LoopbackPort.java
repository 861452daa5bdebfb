package io.fairlead.enterprise.app;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Takes one connection of this account at 127.0.0.1. */
final class LoopbackPort implements Closeable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocket listener;
    private final SocketOwner owner = SocketOwner.own();

    /** @param port 0 for a free one */
    LoopbackPort(int port) throws IOException {
        listener = new ServerSocket();
        try {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 16);
        } catch (IOException taken) {
            listener.close();
            throw new Unable("127.0.0.1:" + port + " cannot be listened to: " + taken.getMessage(), taken);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Waits for it; others are sent away before they are read or told anything. */
    Socket take(Screen screen) throws IOException {
        while (true) {
            Socket program = listener.accept();
            if (owner.owns(program)) {
                program.setTcpNoDelay(true);
                return program;
            }
            // At once: what lingers would fill the table in which the next one is looked up.
            program.setSoLinger(true, 0);
            program.close();
            screen.complain("Somebody else's program came to 127.0.0.1:" + port() + " and was sent away.");
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
