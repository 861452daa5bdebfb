package io.fairlead.perf.simulations;

import io.fairlead.perf.fleet.CommandSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An enterprise server with its own PostgreSQL, as a process, on ports of loopback that were free, set up as the demo's: no
 * passkeys.
 */
final class OwnServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);
    /** Below those that the system gives to outgoing connections. */
    private static final int FIRST_PORT = 11_000;

    private static final int LAST_PORT = 16_900;
    private static final int LAST_LINES = 3;

    private final Path data;
    private final Path log;
    private final int port;
    private final CommandSocket commands;
    private final Process process;

    /**
     * Starts it.
     *
     * @param home where Fairlead was built
     * @param folder empty, and open to PostgreSQL, which runs as another user when root starts it
     * @param options of its JVM, beside those of every server
     */
    OwnServer(Path home, Path folder, List<String> options) throws IOException {
        this.data = folder.resolve("data");
        this.log = folder.resolve("server.log");
        this.port = freePorts();
        this.commands = new CommandSocket(data);
        Path config =
                Files.writeString(folder.resolve("enterprise.conf"), """
            # Written for a simulation.
            data = "%s"
            people { bind = "127.0.0.1", port = %d, names = ["localhost"], passkeys = "waived" }
            agents { bind = "127.0.0.1", port = %d, names = ["localhost"] }
            tunnels { ports = [] }
            operations { port = %d }
            """.formatted(data, port, port + 1, port + 2));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar(home).toString(), "enterprise", "run", "--config", config.toString()));
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static Path jar(Path home) throws IOException {
        Path folder = home.resolve("enterprise/target");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.getFileName().toString().matches("fairlead-enterprise-[0-9.]+\\.jar"))
                        .findFirst()
                        .orElseThrow(() -> new Stopped("the server is not built in " + folder + ": ./fairlead build"));
            }
        }
        throw new Stopped(folder + " is missing: ./fairlead build");
    }

    /** The first of three that are free. */
    private static int freePorts() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        for (int tries = 0; tries < 200; tries++) {
            int first = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            if (isFree(loopback, first) && isFree(loopback, first + 1) && isFree(loopback, first + 2)) {
                return first;
            }
        }
        throw new Stopped("no free ports from " + FIRST_PORT + " to " + LAST_PORT);
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Throws Stopped when it ends instead, or takes too long. */
    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                JsonObject answer = commands.call("devices", new JsonObject());
                assert answer != null;
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new Stopped("the server does not answer: " + lastWords(), notYet);
                }
            }
            Thread.sleep(100);
        }
    }

    /** Throws Stopped when it has gone. */
    void mustRun() {
        if (!process.isAlive()) {
            throw new Stopped("the server ended with code " + process.exitValue() + ": " + lastWords());
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readString(log)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())) + " (" + log
                    + ")";
        } catch (IOException unreadable) {
            return "see " + log;
        }
    }

    /** The command line's other end. */
    CommandSocket commands() {
        return commands;
    }

    Path data() {
        return data;
    }

    Path log() {
        return log;
    }

    String peopleUrl() {
        return "https://localhost:" + port;
    }

    String agentsUrl() {
        return "https://localhost:" + (port + 1);
    }

    /** Status messages committed since its start, as its metrics say. */
    long messages() throws IOException {
        try (InputStream in = new URL("http", "127.0.0.1", port + 2, "/metrics").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("fairlead_status_messages_total{") && line.contains("\"stored\""))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    /** CPU-seconds of its process until now, without PostgreSQL; zero where the system does not say. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Stops it, and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                Process killed = process.destroyForcibly();
                assert killed != null;
            }
        } catch (InterruptedException hurried) {
            Process killed = process.destroyForcibly();
            assert killed != null;
            Thread.currentThread().interrupt();
        }
    }
}
