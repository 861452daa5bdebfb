package io.fairlead.demo;

import io.fairlead.enterprise.operator.CommandClient;
import io.fairlead.enterprise.operator.CommandRefused;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The enterprise server of the demo, as a process, and its command line. */
final class Server {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final Settings settings;
    private final Child child;
    private final CommandClient client;

    Server(Settings settings, Programs programs) throws IOException {
        this.settings = settings;
        this.client = new CommandClient(settings.data());
        refuseIfRunning();
        Path config = settings.data().resolve("enterprise.conf");
        Files.writeString(config, config(settings));
        this.child = new Child(
                "server",
                Session.of(programs.enterprise("enterprise", "run", "--config", config.toString())),
                settings.log("server"),
                false);
    }

    /** Before anything of its is written over. */
    private void refuseIfRunning() {
        try {
            JsonObject answer = client.call("devices", new JsonObject());
            assert answer != null;
        } catch (CommandRefused alive) {
            // Who refuses is there as well.
        } catch (IOException nobody) {
            return;
        }
        throw new Stopped("A server runs in " + settings.data() + " already. Stop it, or choose another folder with"
                + " --data DIR (and other ports with --port P)");
    }

    private static String config(Settings settings) {
        return """
            # Written anew at each start of the demo.
            data = "%s"
            # Passkeys are waived, as the console's banner says: this is a demo.
            people { bind = "127.0.0.1", port = %d, names = ["localhost", "127.0.0.1"], passkeys = "waived" }
            agents { bind = "127.0.0.1", port = %d, names = ["localhost", "127.0.0.1"] }
            # Streams of remote sessions come to the agents' listener.
            tunnels { ports = [] }
            operations { port = %d }
            """.formatted(
                        settings.data().toString().replace('\\', '/'),
                        settings.port(),
                        settings.port() + 1,
                        settings.operationsPort());
    }

    /** Starts it. Throws Stopped when a port is taken. */
    void start() {
        for (int port : List.of(settings.port(), settings.port() + 1, settings.operationsPort())) {
            refuseIfTaken(port);
        }
        child.start();
    }

    private static void refuseIfTaken(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException taken) {
            throw new Stopped("Port " + port + " is in use. Stop what uses it, or choose others: --port P", taken);
        }
    }

    /** Waits until it answers. Throws Stopped when it ends instead, or takes too long. */
    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            refuseIfEnded();
            try {
                JsonObject answer = client.call("devices", new JsonObject());
                assert answer != null;
                return;
            } catch (IOException | CommandRefused notYet) {
                if (System.nanoTime() > deadline) {
                    throw new Stopped(
                            "The server does not answer after " + LONGEST_START.toSeconds() + " s: "
                                    + child.lastWords(),
                            notYet);
                }
            }
            Thread.sleep(100);
        }
    }

    /** Throws Stopped when the server has ended by itself. */
    void refuseIfEnded() {
        Integer code = child.ended();
        if (code != null) {
            throw new Stopped("The server ended with code " + code + ": " + child.lastWords());
        }
    }

    /** Runs a command; throws Stopped when the server is gone. */
    JsonObject call(String command, JsonObject arguments) {
        try {
            return client.call(command, arguments);
        } catch (IOException gone) {
            refuseIfEnded();
            throw new Stopped("The server does not answer: " + gone.getMessage() + "; " + child.lastWords(), gone);
        }
    }

    /** Status messages committed since its start, as its metrics say; 0 when it does not say. */
    long messages() {
        try {
            URLConnection metrics =
                    new URL("http", "127.0.0.1", settings.operationsPort(), "/metrics").openConnection();
            metrics.setConnectTimeout(2_000);
            metrics.setReadTimeout(5_000);
            try (InputStream in = metrics.getInputStream()) {
                return committed(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException silent) {
            return 0;
        }
    }

    /** From the text format of Prometheus: {@code name{labels} value}. */
    static long committed(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("fairlead_status_messages_total{") && line.contains("\"stored\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    void stop() {
        child.askToStop();
        child.awaitStop(Duration.ofSeconds(30));
    }
}
