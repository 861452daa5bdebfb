package io.fairlead.system;

import io.fairlead.enterprise.operator.CommandClient;
import io.fairlead.enterprise.operator.CommandRefused;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The enterprise server as a process of its own, from the jar that is shipped, on ports that were free. */
final class Server implements AutoCloseable {
    private static final Pattern OPERATIONS = Pattern.compile("operations=(\\S+)");
    private static final int HEAP_MEGABYTES = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Tests that run at the same time in other processes take theirs elsewhere, also while a server is down. */
    private static final int PORTS = 10_000 + 2_500 * (Integer.getInteger("fairlead.fork", 0) % 4);

    private final Path data;
    private final Path config;
    private final Path log;
    private final int port;
    /** Of devices' certificates; 0 for as long as the configuration says. */
    private final long lifeSeconds;
    /** The most that its Java may take for objects. */
    private final int heapMegabytes;
    /** What starts it, such as words that give it a hosts file of its own. */
    private final List<String> first;

    private Process process;

    private Server(Path data, Path config, Path log, int port, long lifeSeconds, int heapMegabytes, List<String> first)
            throws IOException {
        this.data = data;
        this.config = config;
        this.log = log;
        this.port = port;
        this.lifeSeconds = lifeSeconds;
        this.heapMegabytes = heapMegabytes;
        this.first = first;
        this.process = launch();
    }

    /** Starts a server with an embedded PostgreSQL and waits until it answers. */
    static Server start(Path folder) throws IOException {
        return start(folder, "");
    }

    /** @param more lines of configuration */
    static Server start(Path folder, String more) throws IOException {
        return start(folder, more, List.of());
    }

    /** @param first words that go before its own, and end in running them in their place */
    static Server start(Path folder, String more, List<String> first) throws IOException {
        return start(folder, more, 0, HEAP_MEGABYTES, first);
    }

    /** One whose devices' certificates are over soon. */
    static Server shortLived(Path folder, long lifeSeconds) throws IOException {
        return start(folder, "", lifeSeconds, HEAP_MEGABYTES, List.of());
    }

    /** One with less memory, or more. */
    static Server withHeap(Path folder, int megabytes) throws IOException {
        return start(folder, "", 0, megabytes, List.of());
    }

    private static Server start(Path folder, String more, long lifeSeconds, int heapMegabytes, List<String> first)
            throws IOException {
        Path data = folder.resolve("data");
        Path config = folder.resolve("enterprise.conf");
        Path log = folder.resolve("server.log");
        int port = freePorts(2);
        Files.createDirectories(folder);
        Files.writeString(config, "operations.port = 0\n" + more + "\n");
        Server server = new Server(data, config, log, port, lifeSeconds, heapMegabytes, first);
        server.awaitAnswer();
        return server;
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(first);
        command.addAll(List.of(
                Programs.java(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary())));
        if (lifeSeconds == 0) {
            command.addAll(List.of("-jar", Programs.enterprise().toString()));
            command.addAll(List.of("enterprise", "run", "--config", config.toString()));
            command.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
        } else {
            command.addAll(List.of("-cp", Programs.enterprise() + ":" + Programs.tests()));
            command.addAll(List.of("io.fairlead.enterprise.app.ShortLived", config.toString(), data.toString()));
            command.addAll(List.of(Integer.toString(port), Long.toString(lifeSeconds)));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void awaitAnswer() throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended: " + Files.readString(log));
            }
            try {
                if (!call("devices", new JsonObject()).isEmpty()) {
                    return;
                }
            } catch (IOException | CommandRefused notYet) {
                pause();
            }
        }
        throw new IllegalStateException("the server does not answer: " + Files.readString(log));
    }

    /** One command over the server's socket. */
    JsonObject call(String command, JsonObject arguments) throws IOException {
        return new CommandClient(data).call(command, arguments);
    }

    /** Registers a device and makes its enrolment string. */
    String enrolment(String device) throws IOException {
        JsonObject arguments = new JsonObject()
                .put("device", device)
                .put("customer", "Test hospital")
                .put("site", "Laboratory")
                .put("region", "eu")
                .put("model", "Tester 1")
                .put("serial", device);
        return call("enrol", arguments).getString("enrolment");
    }

    /** One line's value of /metrics; empty when there is none. */
    String metric(String name) throws IOException, InterruptedException {
        Matcher operations = OPERATIONS.matcher(Files.readString(log));
        String url = "";
        while (operations.find()) {
            url = operations.group(1);
        }
        String all = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return all.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    int peoplePort() {
        return port;
    }

    int agentsPort() {
        return port + 1;
    }

    Path data() {
        return data;
    }

    Path log() {
        return log;
    }

    /** Where it makes files that nobody is to find later. */
    Path temporary() {
        return log.resolveSibling("tmp");
    }

    long pid() {
        return process.pid();
    }

    /** The embedded PostgreSQL's process. */
    ProcessHandle postgres() {
        return process.toHandle()
                .descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/postgres"))
                .filter(each -> each.parent()
                        .map(parent -> !parent.info().command().orElse("").endsWith("/postgres"))
                        .orElse(true))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no PostgreSQL runs"));
    }

    /** As a power cut would: nothing is written any more. PostgreSQL stays behind. */
    void kill9() {
        process.destroyForcibly();
        awaitEnd();
    }

    void startAgain() throws IOException {
        process = launch();
        awaitAnswer();
    }

    /** Stops as an operator would. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server does not stop; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * The first of some neighbouring ports that are free now. Below the range from which the system takes ports for
     * outgoing connections: a client that retries while the server is down could else be given the server's port.
     */
    static int freePorts(int count) {
        for (int tries = 0; tries < 100; tries++) {
            int first = ThreadLocalRandom.current().nextInt(PORTS, PORTS + 2_000);
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket next = new ServerSocket(port)) {
                if (next.getLocalPort() != port) {
                    return false;
                }
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
