package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who is there. */
@Command(
        name = "devices",
        description = "Lists the devices, or shows one with its latest values, alarms and instructions.",
        footer = {
            "",
            "Examples:",
            "  fairlead devices",
            "  fairlead devices LAB-7",
            "  fairlead devices --group night-shift",
            "  fairlead devices change LAB-7 --site Bern",
            "  fairlead devices mute LAB-7 --reason \"being serviced\"",
            "  fairlead devices --json | jq '.devices[].device'"
        })
final class DevicesCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "Shows this one alone, in full.")
    private @Nullable String device;

    @Option(names = "--group", paramLabel = "GROUP", description = "Only those of a group: see `fairlead groups`.")
    private @Nullable String group;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    DevicesCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = device == null
                ? server.call("devices", group == null ? new JsonObject() : new JsonObject().put("group", group))
                : server.call("device", new JsonObject().put("device", device));
        if (json) {
            screen.print(answer.encodePrettily());
        } else if (device == null) {
            list(answer.getJsonArray("devices"));
        } else {
            show(answer);
        }
        return 0;
    }

    private void list(JsonArray devices) {
        if (devices.isEmpty() && group != null) {
            screen.print(TextTable.plain(
                    "No device that you may see is in a group " + group + ". `fairlead groups` lists them."));
            return;
        }
        if (devices.isEmpty()) {
            screen.print(
                    "No devices yet. Register one: fairlead enrol DEVICE --customer C --site S --region R --model M"
                            + " --serial N");
            return;
        }
        TextTable table = new TextTable(
                "DEVICE", "MODEL", "CUSTOMER", "SITE", "LAST CONTACT", "AGENT", ">ALARMS", ">WAITING", "STANDING");
        each(
                devices,
                one -> table.row(
                        one.getString("device"),
                        one.getString("model"),
                        one.getString("customer"),
                        one.getString("site"),
                        screen.age(one.getString("lastContact")),
                        one.getString("agentVersion"),
                        one.getInteger("openAlarms"),
                        one.getInteger("waiting"),
                        standing(one)));
        screen.print(table.lines());
    }

    /** What keeps it from working as usual. */
    private static String standing(JsonObject one) {
        return one.containsKey("stolenSince")
                ? "STOLEN"
                : one.containsKey("retiredAt")
                        ? "retired"
                        : one.containsKey("heldSince")
                                ? "HELD: see fairlead clones"
                                : one.getBoolean("muted", false)
                                        ? "MUTED"
                                        : one.getBoolean("enrolled", true) ? "ok" : "not enrolled";
    }

    private void show(JsonObject one) {
        TextTable about = new TextTable("DEVICE", one.getString("device"));
        about.row("model", one.getString("model"))
                .row("serial", one.getString("serial"))
                .row("customer", one.getString("customer"))
                .row("site", one.getString("site"))
                .row("region", one.getString("region"))
                .row(
                        "last contact",
                        screen.age(one.getString("lastContact")) + " (" + screen.moment(one.getString("lastContact"))
                                + ")")
                .row("address", one.getString("address"))
                .row("agent", one.getString("agentVersion"))
                .row("clock offset", clockOffset(one))
                .row("standing", standing(one))
                .row("version", one.getLong("version"));
        screen.print(about.lines());
        values(one.getJsonArray("latest"));
        alarms(one.getJsonArray("alarms"));
        instructions(one.getJsonArray("instructions"));
    }

    private static String clockOffset(JsonObject one) {
        Long millis = one.getLong("clockOffsetMillis");
        return millis == null ? Screen.NONE : millis + " ms";
    }

    private void values(JsonArray latest) {
        TextTable table = new TextTable("ITEM", ">VALUE", "UNIT", "SEEN");
        each(
                latest,
                item -> table.row(
                        item.getString("item"),
                        Values.of(item),
                        item.getString("unit", ""),
                        screen.age(item.getString("observedAt"))));
        section("Latest values", latest, table);
    }

    private void alarms(JsonArray alarms) {
        TextTable table = new TextTable("ALARM", "SEVERITY", "SINCE", "TEXT");
        each(
                alarms,
                alarm -> table.row(
                        alarm.getString("code"),
                        alarm.getString("severity"),
                        screen.moment(alarm.getString("since")),
                        alarm.getString("text", "")));
        section("Open alarms", alarms, table);
    }

    private void instructions(JsonArray instructions) {
        TextTable table = new TextTable(">NUMBER", "WHAT", "STATE", "BY", "CREATED", "DETAIL");
        each(
                instructions,
                one -> table.row(
                        one.getLong("number"),
                        one.getString("what"),
                        one.getString("state"),
                        one.getString("createdBy"),
                        screen.moment(one.getString("createdAt")),
                        firstLine(one.getString("detail", ""))));
        section("Instructions, the newest first", instructions, table);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end) + " …";
    }

    private void section(String title, JsonArray rows, TextTable table) {
        screen.print("");
        if (rows.isEmpty()) {
            screen.print(title + ": none");
        } else {
            screen.print(title + ":");
            screen.print(table.lines());
        }
    }

    private static void each(JsonArray array, Consumer<JsonObject> row) {
        for (int i = 0; i < array.size(); i++) {
            row.accept(array.getJsonObject(i));
        }
    }
}
