package io.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a journey through the console needs: a server that nobody was at yet, an agent beside an analyser's log, and a
 * terminal elsewhere. Closing ends what has been started.
 */
final class ConsoleSite implements AutoCloseable {
    static final String DEVICE = "analyser-1";

    private static final Pattern FIRST_LINK = Pattern.compile("https://\\S+#\\S+");
    private static final String SITE = """
            logs = [{
              name = analyser
              path = "LOG"
              from = start
              patterns = [
                { match = "lamp hours (?<value>[0-9.]+)", kind = value, item = lamp.hours, unit = h }
                { match = "FAULT (?<code>E[0-9]+) (?<text>.*)", kind = alarm, severity = critical }
              ]
            }]
            diagnostics = [{
              name = self-test
              command = ["/bin/sh", "-c", "until [ -e EFFECTS.go ]; do sleep 0.1; done; echo the lamp is good"]
              timeout = 5m
            }]
            """;

    private Folder folder;
    private Server server;
    private AgentProcess agent;
    private Terminal terminal;

    void start() throws Exception {
        folder = Folder.make("console");
        server = Server.start(folder.path().resolve("server"));
        agent = AgentProcess.enrolled(server, DEVICE, folder.path().resolve("agent"), SITE);
        agent.writes("12:00:01 lamp hours 812.5");
        agent.start();
        terminal = new Terminal(folder.path().resolve("terminal"));
        agent.await("the link of the first administrator", () -> greeting().find());
    }

    /** That the server printed, by which the first administrator makes himself. */
    String firstLink() throws IOException {
        Matcher greeting = greeting();
        if (!greeting.find()) {
            throw new AssertionError("the link is gone");
        }
        return greeting.group();
    }

    private Matcher greeting() throws IOException {
        return FIRST_LINK.matcher(Files.readString(server.log()));
    }

    String url() {
        return "https://localhost:" + server.peoplePort();
    }

    Path folder() {
        return folder.path();
    }

    Server server() {
        return server;
    }

    AgentProcess agent() {
        return agent;
    }

    Terminal terminal() {
        return terminal;
    }

    @Override
    public void close() throws IOException {
        try (Folder last = folder;
                Server second = server;
                AgentProcess first = agent) {
            assert Stream.of(last, second, first).count() == 3;
        }
    }
}
