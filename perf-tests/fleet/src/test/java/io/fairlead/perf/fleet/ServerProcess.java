package io.fairlead.perf.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.operator.CommandClient;
import io.fairlead.enterprise.operator.CommandRefused;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The enterprise server as it is shipped, with its PostgreSQL, as a process on ports that were free. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Where tests that run at the same time do not look, and below the system's own for outgoing connections. */
    private static final int PORTS = 17_500 + 500 * (Integer.getInteger("fairlead.fork", 0) % 4);

    private final Path data;
    private final Path log;
    private final Process process;

    ServerProcess(Path folder) throws IOException, InterruptedException {
        // PostgreSQL refuses root and so runs as a user who has to pass here.
        Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
        assertThat(Files.setPosixFilePermissions(folder, open)).isNotNull();
        data = folder.resolve("data");
        log = folder.resolve("server.log");
        Path config = Files.writeString(folder.resolve("enterprise.conf"), """
            operations.port = 0
            people.bind = "127.0.0.1"
            agents.bind = "127.0.0.1"
            tunnels.ports = []
            """);
        Path jar = Path.of(System.getProperty("fairlead.root", "../.."))
                .resolve("enterprise/target/fairlead-enterprise-0.1.0.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: this test runs after \"package\" of the enterprise");
        }
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "enterprise",
                        "run",
                        "--config",
                        config.toString(),
                        "--data",
                        data.toString(),
                        "--port",
                        String.valueOf(freePort())))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitAnswer();
    }

    private static int freePort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(PORTS, PORTS + 490);
            try (ServerSocket people = new ServerSocket(port);
                    ServerSocket agents = new ServerSocket(port + 1)) {
                return people.getLocalPort() + 1 == agents.getLocalPort() ? port : 0;
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try {
                if (!call("devices", new JsonObject()).isEmpty()) {
                    return;
                }
            } catch (IOException | CommandRefused notYet) {
                Thread.sleep(100);
            }
        }
        String said = Files.readString(log);
        close();
        throw new IllegalStateException("the server does not answer: " + said);
    }

    /** By the product's own client. */
    JsonObject call(String command, JsonObject arguments) throws IOException {
        return new CommandClient(data).call(command, arguments);
    }

    JsonObject device(String device) throws IOException {
        return call("device", new JsonObject().put("device", device));
    }

    Path data() {
        return data;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
