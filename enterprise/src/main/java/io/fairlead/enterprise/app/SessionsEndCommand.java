package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a remote session. */
@Command(
        name = "end",
        description = "Ends a remote session at once, or takes its request back; one that is over stays as it is.",
        footer = {
            "",
            "Examples:",
            "  fairlead sessions end 4f21",
            "  fairlead sessions end --all --reason \"maintenance of the relay\"",
            "  fairlead sessions end --all --device LAB-7 --reason \"called by the customer\""
        })
final class SessionsEndCommand implements Callable<Integer> {
    private static final int WHOLE = 32;

    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "Which one; its first digits are enough.")
    private String id = "";

    @Option(names = "--all", description = "All that you may end; needs --reason.")
    private boolean all;

    @Option(names = "--device", paramLabel = "DEVICE", description = "With --all: only those of this device.")
    private @Nullable String device;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit; at most 300 characters.")
    private String reason = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    SessionsEndCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        if (all) {
            return everything();
        }
        if (id.isEmpty() || device != null) {
            throw new Unable(
                    "Say which one: fairlead sessions end ID, or all of them: --all, with --device or without.");
        }
        JsonObject ended =
                server.call("sessions.end", new JsonObject().put("id", whole()).put("reason", reason));
        screen.print(
                json ? ended.encodePrettily() : "Session " + ended.getString("id") + ": " + ended.getString("state"));
        return CommandLine.ExitCode.OK;
    }

    private int everything() {
        if (!id.isEmpty() || reason.isBlank()) {
            throw new Unable("--all ends every session, so it takes no ID and needs --reason.");
        }
        JsonObject arguments = new JsonObject().put("reason", reason);
        if (device != null) {
            arguments.put("device", device);
        }
        JsonObject ended = server.call("sessions.end-all", arguments);
        int count = ended.getInteger("ended");
        screen.print(
                json
                        ? ended.encodePrettily()
                        : count == 0
                                ? "No session was open."
                                : "Ended " + count + (count == 1 ? " session." : " sessions."));
        return CommandLine.ExitCode.OK;
    }

    private String whole() {
        if (id.length() >= WHOLE || !id.matches("[0-9a-f]+")) {
            return id;
        }
        List<String> known =
                server.call("sessions", new JsonObject().put("limit", 1_000)).getJsonArray("sessions").stream()
                        .map(one -> ((JsonObject) one).getString("id"))
                        .filter(one -> one.startsWith(id))
                        .toList();
        if (known.size() > 1) {
            throw new Unable(known.size() + " sessions begin with " + id + "; type more of it.");
        }
        return known.isEmpty() ? id : known.get(0);
    }
}
