package io.fairlead.demo;

import io.fairlead.enterprise.app.Screen;
import io.fairlead.enterprise.app.TextTable;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
        List<JsonObject> values =
                instrumentFirst(seen.all("latest"), "item").limit(VALUES).toList();
        List<String> alarms = instrumentFirst(seen.all("alarms"), "code")
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

    /** What is the instrument's own before what is its PC's, which is the same everywhere; nothing of the agent's own. */
    private static Stream<JsonObject> instrumentFirst(List<JsonObject> all, String name) {
        return all.stream()
                .filter(one -> !one.getString(name).startsWith("agent/"))
                .sorted(Comparator.comparing(one -> one.getString(name).startsWith("pc.")));
    }

    private static String shown(JsonObject value) {
        Double number = value.getDouble("number");
        return number == null ? value.getString("text", "") : Screen.number(number);
    }

    private static String at(List<String> cells, int line) {
        return line < cells.size() ? cells.get(line) : "";
    }
}
