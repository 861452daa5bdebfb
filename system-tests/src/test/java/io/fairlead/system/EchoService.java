package io.fairlead.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service at the instrument that says back what it hears, and notes when each of its connections has ended. The first
 * {@value #NAME} bytes are a connection's name.
 */
final class EchoService implements AutoCloseable {
    static final int NAME = 8;

    private final ServerSocket listener;
    private final Map<String, CompletableFuture<Long>> ends = new ConcurrentHashMap<>();

    EchoService() throws IOException {
        this(Server.freePorts(1));
    }

    private EchoService(int port) throws IOException {
        listener = new ServerSocket(port, 8, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The same as a process of its own, such as in another network, until it is ended. */
    static Process within(List<String> words, int port) throws IOException {
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of(
                Programs.java(),
                "-Xmx16m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Programs.tests().toString(),
                EchoService.class.getName(),
                Integer.toString(port)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() < 0) {
            throw new IOException("no echo at port " + port);
        }
        return process;
    }

    public static void main(String[] args) throws IOException {
        try (EchoService echo = new EchoService(Integer.parseInt(args[0]))) {
            System.out.println(echo.port());
            // Until whoever started it ends.
            while (System.in.read() >= 0) {}
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void daemon(Runnable run) {
        Thread thread = new Thread(run, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket one = listener.accept();
                daemon(() -> answer(one));
            } catch (IOException gone) {
                // The next one.
            }
        }
    }

    private void answer(Socket one) {
        String name = "";
        try (one) {
            byte[] first = one.getInputStream().readNBytes(NAME);
            name = new String(first, StandardCharsets.US_ASCII);
            one.getOutputStream().write(first);
            long unused = one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException reset) {
            // That is an end as well.
        } finally {
            end(name).complete(System.nanoTime());
        }
    }

    /** When that connection has ended, in nanoseconds of this JVM's clock, once it has. */
    CompletableFuture<Long> end(String name) {
        return ends.computeIfAbsent(name, any -> new CompletableFuture<>());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
