package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks an instrument for a remote session. */
@Command(
        name = "request",
        description = {
            "Asks the people at an instrument for a remote session; what is allowed, they and their site.conf decide.",
            "SERVICE is a name of their site.conf: with :view or :control for a desktop, :terminal for a terminal,",
            "alone for anything else."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead sessions request LAB-7 desktop:view --reason \"ticket 4711\" --wait",
            "  fairlead sessions request LAB-7 desktop:control database --minutes 60 --reason \"ticket 4711\""
        })
final class SessionsRequestCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Which one.")
    private String device = "";

    @Parameters(index = "1", arity = "1..8", paramLabel = "SERVICE", description = "For what, 1 to 8 of them.")
    private List<String> services = List.of();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for the person at the instrument; at most 300 characters.")
    private String reason = "";

    @Option(names = "--minutes", paramLabel = "N", description = "How long from the yes on, 1 to 480; 30 unless given.")
    private int minutes = 30;

    @Option(
            names = "--wait",
            description =
                    "Waits for what comes of it: 0 when it is granted, 1 when not. Ctrl-C leaves the request standing.")
    private boolean wait;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    SessionsRequestCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject asked = server.call(
                "sessions.request",
                new JsonObject()
                        .put("device", device)
                        .put(
                                "services",
                                services.stream().map(ServiceArgument::word).collect(Collectors.joining(" ")))
                        .put("reason", reason)
                        .put("minutes", minutes));
        if (!wait) {
            screen.print(
                    json
                            ? asked.encodePrettily()
                            : "Session " + asked.getString("id") + " is asked for (instruction "
                                    + asked.getLong("instruction") + " of " + asked.getString("device")
                                    + "). See: fairlead sessions");
            return CommandLine.ExitCode.OK;
        }
        return outcome(asked);
    }

    private int outcome(JsonObject asked) {
        if (!json) {
            screen.complain("Session " + asked.getString("id") + " is asked for; waiting for " + device + ".");
        }
        JsonObject one = asked;
        while (!one.getBoolean("over") && !one.getString("state").equals("GRANTED")) {
            pause();
            one = server.call("session", new JsonObject().put("id", asked.getString("id")));
        }
        String why = SessionsCommand.why(one);
        screen.print(
                json
                        ? one.encodePrettily()
                        : "Session " + one.getString("id") + ": " + one.getString("state")
                                + (why == null ? "" : ", " + why));
        return one.getString("state").equals("GRANTED") ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unable("Interrupted; the request stands.", e);
        }
    }
}
