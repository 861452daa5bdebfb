package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The devices whose identity two hold. */
@Command(
        name = "clones",
        description = {
            "Lists the devices that are held because two programs showed with one identity, such as a PC and a copy of its"
                    + " disk, and what is known of each holder.",
            "Nothing is taken from any of them, and none is given anything, until a person decides. Nothing is lost."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead clones",
            "  fairlead clones keep LAB-7 1 --reason \"the PC in room 12\"",
            "  fairlead clones release LAB-7 --reason \"restored from a backup\""
        })
final class ClonesCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    ClonesCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("clones", new JsonObject());
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        JsonArray held = answer.getJsonArray("held");
        if (held.isEmpty()) {
            screen.print("No device is held.");
        }
        for (int i = 0; i < held.size(); i++) {
            show(held.getJsonObject(i));
        }
        return 0;
    }

    private void show(JsonObject one) {
        String device = one.getString("device");
        screen.print(TextTable.plain(
                device + " is held since " + screen.moment(one.getString("since")) + ": " + one.getString("why")));
        TextTable table = new TextTable(
                ">HOLDER",
                "TOKEN",
                "ADDRESS",
                "AGENT",
                "FIRST SEEN",
                "LAST SEEN",
                ">JOURNALED",
                ">REFUSED",
                "CERTIFICATE");
        JsonArray holders = one.getJsonArray("holders");
        for (int i = 0; i < holders.size(); i++) {
            JsonObject holder = holders.getJsonObject(i);
            table.row(
                    holder.getInteger("holder"),
                    holder.getBoolean("inStep") ? "newest" : "older",
                    holder.getString("address"),
                    holder.getString("agentVersion"),
                    screen.moment(holder.getString("firstSeen")),
                    screen.age(holder.getString("lastSeen")),
                    holder.getLong("journaled"),
                    holder.getLong("refusedPolls"),
                    holder.getString("certificate"));
        }
        screen.print(table.lines());
        screen.print(TextTable.plain("Decide: fairlead clones keep " + device + " HOLDER, or fairlead clones release "
                + device + " when there is only one."));
        screen.print("");
    }
}
