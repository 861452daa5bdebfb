package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files to and from devices. */
@Command(
        name = "transfers",
        description = {
            "Lists files that are on their way to or from devices, and those that have come; or shows one.",
            "Files are begun by `fairlead instruct DEVICE upload|package|send`."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead transfers",
            "  fairlead transfers --device LAB-7 --json",
            "  fairlead transfers 4f21 --wait",
            "  fairlead transfers save 4f21 lab7.log",
            "  fairlead transfers link 4f21",
            "  fairlead transfers cancel 4f21"
        })
final class TransfersCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "Shows this one alone, in full; its first digits are enough.")
    private @Nullable String id;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only those of this device.")
    private @Nullable String device;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 50 unless given.")
    private int limit = 50;

    @Option(names = "--wait", description = "Of one: watches it until it has ended; Ctrl-C leaves it running.")
    private boolean wait;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    TransfersCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        return id == null ? list() : one(TransferIds.whole(id, server));
    }

    private int one(String whole) {
        if (wait) {
            return new TransferWatch(screen, server, json).until(whole, Duration.ofDays(1));
        }
        JsonObject answer = server.call("transfer", new JsonObject().put("id", whole));
        if (json) {
            screen.print(answer.encodePrettily());
        } else {
            show(answer);
        }
        return CommandLine.ExitCode.OK;
    }

    private int list() {
        JsonObject arguments = new JsonObject().put("limit", limit);
        if (device != null) {
            arguments.put("device", device);
        }
        JsonObject answer = server.call("transfers", arguments);
        if (json) {
            screen.print(answer.encodePrettily());
        } else {
            list(answer.getJsonArray("transfers"));
        }
        return CommandLine.ExitCode.OK;
    }

    private void list(JsonArray transfers) {
        if (transfers.isEmpty()) {
            screen.print("No transfers. Begin one: fairlead instruct DEVICE upload NAME");
            return;
        }
        TextTable table =
                new TextTable("ID", "DEVICE", "DIRECTION", "NAME", ">SIZE", ">DONE %", ">RATE", ">LEFT", "STATE");
        for (int i = 0; i < transfers.size(); i++) {
            JsonObject one = transfers.getJsonObject(i);
            long size = one.getLong("size", -1L);
            long rate = one.getLong("rate");
            table.row(
                    one.getString("id"),
                    one.getString("device"),
                    one.getString("direction"),
                    one.getString("safeName", one.getString("asked")),
                    size < 0 ? null : Amounts.bytes(size),
                    Amounts.percent(one.getLong("moved"), size),
                    Amounts.rate(rate),
                    Amounts.time(size - one.getLong("moved"), rate),
                    one.getString("state"));
        }
        screen.print(table.lines());
    }

    private void show(JsonObject one) {
        long size = one.getLong("size", -1L);
        long rate = one.getLong("rate");
        TextTable table = new TextTable("TRANSFER", one.getString("id"));
        table.row("device", one.getString("device"))
                .row("direction", one.getString("direction"))
                .row("asked for", one.getString("asked"))
                .row("name", one.getString("name"))
                .row("size", size < 0 ? null : Amounts.bytes(size))
                .row("SHA-256", one.getString("sha256"))
                .row("sealed for customer", "CMS".equals(one.getString("protection")) ? "yes (CMS)" : "no")
                .row("state", one.getString("state"))
                .row(
                        "done",
                        Amounts.bytes(one.getLong("moved")) + ", " + Amounts.percent(one.getLong("moved"), size) + " %")
                .row("rate", Amounts.rate(rate))
                .row("left", Amounts.time(size - one.getLong("moved"), rate))
                .row("instruction", one.getLong("instruction"))
                .row("by", one.getString("requestedBy"))
                .row("reason", one.getString("reason"))
                .row("requested", screen.moment(one.getString("requestedAt")))
                .row("begun", screen.moment(one.getString("begunAt")))
                .row("ended", screen.moment(one.getString("endedAt")))
                .row("detail", one.getString("detail"));
        screen.print(table.lines());
    }
}
