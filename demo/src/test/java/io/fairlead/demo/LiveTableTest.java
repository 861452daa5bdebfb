package io.fairlead.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.app.Screen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private final StringWriter out = new StringWriter();
    private final PrintWriter writer = new PrintWriter(out, true);
    private final LiveTable table = new LiveTable(
            new Screen(writer, writer, Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC)));

    @Test
    void the_table_shows_values_alarms_and_instructions_beside_each_other() {
        assertThat(table.lines(List.of(new Seen(busy()), new Seen(silent()))))
                .containsExactly(
                        "DEVICE  MODEL            LAST CONTACT  VALUE                              ALARM           INSTRUCTION",
                        "DEMO-1  Chemistry C-480  4 s ago       incubator.temperature  37.04  Cel  E-203 Lamp low  2 set a=b WAITING",
                        "                                       lamp.hours             812.4  h                    1 collect DONE",
                        "                                       pc.cpu                  3.25  %",
                        "DEMO-2  Chemistry C-480  -");
    }

    @Test
    void a_terminal_is_drawn_in_place_and_cut_to_its_size() {
        Terminal terminal = new Terminal(writer, true, 10, 3);
        terminal.draw(List.of("0123456789", "0123456789a", "third"), 0);
        terminal.draw(List.of("x"), 1);

        assertThat(out.toString())
                .isEqualTo("\u001b[2K0123456789\n\u001b[2K012345678…\n\u001b[J" + "\u001b[2A\r\u001b[2Kx\n\u001b[J");
    }

    @Test
    void what_is_said_stands_above_the_table() {
        Terminal terminal = new Terminal(writer, true, 80, 24);
        terminal.draw(List.of("table"), 0);
        terminal.say("news");

        assertThat(out.toString()).endsWith("\u001b[1A\r\u001b[Jnews\n");
    }

    @Test
    void without_a_terminal_the_table_comes_every_ten_seconds() {
        Terminal terminal = new Terminal(writer, false, 80, 24);
        for (int second = 0; second <= 20; second++) {
            terminal.draw(List.of("DEVICE", "at " + second), second);
        }
        terminal.draw(List.of("3 of 10 wait"), 30);
        terminal.draw(List.of("all wait"), 40);
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        "DEVICE\nat 0\n\nDEVICE\nat 10\n\nDEVICE\nat 20\n\n3 of 10 wait\nall wait\n");
    }

    private static JsonObject busy() {
        return new JsonObject()
                .put("device", "DEMO-1")
                .put("model", "Chemistry C-480")
                .put("lastContact", "2026-11-21T11:59:56Z")
                .put(
                        "latest",
                        new JsonArray()
                                .add(item("pc.cpu", 3.25, "%"))
                                .add(item("incubator.temperature", 37.04, "Cel"))
                                .add(item("lamp.hours", 812.4, "h")))
                .put(
                        "alarms",
                        new JsonArray()
                                .add(new JsonObject().put("code", "E-203").put("text", "Lamp low")))
                .put(
                        "instructions",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("number", 2)
                                        .put("what", "set a=b")
                                        .put("state", "WAITING"))
                                .add(new JsonObject()
                                        .put("number", 1)
                                        .put("what", "collect")
                                        .put("state", "DONE")));
    }

    private static JsonObject silent() {
        return new JsonObject().put("device", "DEMO-2").put("model", "Chemistry C-480");
    }

    private static JsonObject item(String name, double number, String unit) {
        return new JsonObject().put("item", name).put("number", number).put("unit", unit);
    }
}
