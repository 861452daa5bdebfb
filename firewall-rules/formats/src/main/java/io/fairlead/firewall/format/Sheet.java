package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A list as people read it: a line a row. A column that would be empty is left out; notes stand below, by their numbers.
 *
 * @param facts about the list, a sentence each
 * @param lines as many cells each as there are heads
 * @param notes the first is number 1
 */
record Sheet(String title, List<String> facts, List<String> heads, List<List<String>> lines, List<String> notes) {
    private static final List<String> HEADS = List.of(
            "Host or network", "Protocol", "Ports", "Needed", "Products", "Region", "Dates (UTC)", "Notes", "What for");
    private static final int ALWAYS = 4;

    static Sheet of(Allowlist list) {
        List<String> notes = list.rows().stream()
                .flatMap(row -> row.notes().stream())
                .map(Remark::value)
                .distinct()
                .toList();
        List<List<String>> all =
                list.rows().stream().map(row -> cells(row, notes)).toList();
        List<Integer> used = IntStream.range(0, HEADS.size())
                .filter(column -> column < ALWAYS
                        || column == HEADS.size() - 1
                        || all.stream().anyMatch(line -> !line.get(column).isEmpty()))
                .boxed()
                .toList();
        return new Sheet(
                list.title().value(),
                facts(list),
                used.stream().map(HEADS::get).toList(),
                all.stream().map(line -> used.stream().map(line::get).toList()).toList(),
                notes);
    }

    private static List<String> facts(Allowlist list) {
        List<String> facts = new ArrayList<>();
        facts.add("Version " + list.version() + ", issued " + Dates.text(list.issued()) + ".");
        facts.add("Every connection is outbound, from "
                + (list.sources().isEmpty()
                        ? "wherever the instruments are"
                        : joined(list.sources().stream().map(Cidr::text).toList()))
                + ". Nothing has to be let in.");
        if (list.rows().stream().anyMatch(row -> !row.furtherPorts().isEmpty())) {
            facts.add("Ports in brackets are used where they are open; nothing fails without them.");
        }
        return facts;
    }

    private static List<String> cells(Row row, List<String> notes) {
        return List.of(
                row.to().text(),
                row.protocol().name(),
                joined(row.ports()) + (row.furtherPorts().isEmpty() ? "" : " (" + joined(row.furtherPorts()) + ")"),
                row.required() ? "yes" : "no",
                joined(row.products()),
                row.region().map(String::valueOf).orElse(""),
                Dates.of(row),
                joined(row.notes().stream()
                        .map(note -> notes.indexOf(note.value()) + 1)
                        .toList()),
                row.purpose().value());
    }

    private static String joined(Collection<?> several) {
        return several.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
