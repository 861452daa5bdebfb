package io.fairlead.agent.rfb;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A filter between two real sockets; the test speaks for both sides. */
final class Between implements AutoCloseable {
    final Peer server;
    final Peer viewer;
    final AtomicBoolean gate = new AtomicBoolean(true);
    final RfbFilter filter;
    private final CompletableFuture<Ended> ended;

    Between(Terms terms, Supplier<byte[]> password) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            Socket toServer = new Socket(listening.getInetAddress(), listening.getLocalPort());
            this.server = new Peer(listening.accept());
            Socket toViewer = new Socket(listening.getInetAddress(), listening.getLocalPort());
            this.viewer = new Peer(listening.accept());
            this.filter = new RfbFilter(line(toServer), line(toViewer), terms, gate::get, password, System::nanoTime);
        }
        this.ended = CompletableFuture.supplyAsync(filter::run, run -> new Thread(run, "filter").start());
    }

    static Line line(Socket socket) throws IOException {
        return new Line(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    /** Server and viewer of 3.8 without a password, 800 x 600, 32 bits. */
    Between open() throws IOException {
        server.says(new Bytes().text("RFB 003.008\n").u8(1, 1).u32(0));
        server.says(new Bytes().u16(800, 600).format32().u32(1).text("x"));
        viewer.says(new Bytes().text("RFB 003.008\n").u8(1, 0));
        server.hears(new Bytes().text("RFB 003.008\n").u8(1, 1));
        viewer.hears(new Bytes().text("RFB 003.008\n").u8(1, 1).u32(0));
        viewer.hears(new Bytes().u16(800, 600).format32().u32(1).text("x"));
        return this;
    }

    Ended ended() throws Exception {
        return ended.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        filter.stop();
        server.close();
        viewer.close();
    }

    /** One who says and hears exact bytes. */
    record Peer(Socket socket) {
        void says(Bytes bytes) throws IOException {
            socket.getOutputStream().write(bytes.all());
        }

        /** Fails with both texts when something else came. */
        void hears(Bytes expected) throws IOException {
            socket.setSoTimeout(10_000);
            byte[] heard = new byte[expected.all().length];
            new DataInputStream(socket.getInputStream()).readFully(heard);
            if (!java.util.Arrays.equals(heard, expected.all())) {
                throw new AssertionError("heard " + text(heard) + " instead of " + text(expected.all()));
            }
        }

        byte[] hears(int length) throws IOException {
            socket.setSoTimeout(10_000);
            byte[] heard = new byte[length];
            new DataInputStream(socket.getInputStream()).readFully(heard);
            return heard;
        }

        /** All until the filter closes the line. */
        byte[] hearsToTheEnd() {
            try {
                socket.setSoTimeout(10_000);
                return socket.getInputStream().readAllBytes();
            } catch (EOFException | SocketException e) {
                return new byte[0];
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() throws IOException {
            socket.close();
        }

        private static String text(byte[] bytes) {
            return java.util.Arrays.toString(bytes) + " " + new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
