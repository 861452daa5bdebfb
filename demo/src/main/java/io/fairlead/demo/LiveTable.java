package io.fairlead.demo;

import io.fairlead.enterprise.app.Screen;
import io.fairlead.enterprise.app.TextTable;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The demo's view: a line or more a device. */
final class LiveTable {
    private static final int VALUES = 3;
    private static final int INSTRUCTIONS = 2;

    private final Screen screen;

    LiveTable(Screen screen) {
        this.screen = screen;
    }

    /** The table; each device has as many lines as its longest cell. */
    List<String> lines(List<Seen> fleet) {
        TextTable table = new TextTable("DEVICE", "MODEL", "LAST CONTACT", "VALUE", ">", "", "ALARM", "INSTRUCTION");
        for (Seen seen : fleet) {
            rows(seen, table);
        }
        return table.lines();
    }

    private void rows(Seen seen, TextTable table) {
        List<JsonObject> values = interesting(seen.all("latest"));
        List<String> alarms = seen.all("alarms").stream()
                .map(alarm -> alarm.getString("code") + " " + alarm.getString("text", ""))
                .toList();
        List<String> instructions = seen.all("instructions").stream()
                .limit(INSTRUCTIONS)
                .map(one -> one.getLong("number") + " " + one.getString("what") + " " + one.getString("state"))
                .toList();
        int lines = Collections.max(List.of(1, values.size(), Math.min(3, alarms.size()), instructions.size()));
        for (int line = 0; line < lines; line++) {
            JsonObject value = line < values.size() ? values.get(line) : new JsonObject();
            table.row(
                    line == 0 ? seen.id() : "",
                    line == 0 ? seen.device().getString("model") : "",
                    line == 0 ? screen.age(seen.device().getString("lastContact")) : "",
                    value.getString("item", ""),
                    shown(value),
                    value.getString("unit", ""),
                    at(alarms, line),
                    at(instructions, line));
        }
    }

    /** The instrument's own values before those of its PC, which are the same everywhere. */
    private static List<JsonObject> interesting(List<JsonObject> latest) {
        List<JsonObject> sorted = new ArrayList<>(latest);
        return sorted.stream()
                .collect(
                        Collectors.partitioningBy(item -> item.getString("item").startsWith("pc.")))
                .entrySet()
                .stream()
                .sorted((a, b) -> Boolean.compare(a.getKey(), b.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .limit(VALUES)
                .toList();
    }

    private static String shown(JsonObject value) {
        Double number = value.getDouble("number");
        return number == null ? value.getString("text", "") : Screen.number(number);
    }

    private static String at(List<String> cells, int line) {
        return line < cells.size() ? cells.get(line) : "";
    }
}
