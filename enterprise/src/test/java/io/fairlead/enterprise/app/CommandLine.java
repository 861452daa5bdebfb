package io.fairlead.enterprise.app;

import io.fairlead.enterprise.people.Action;
import java.util.List;
import java.util.Map;

/**
 * A line of {@code commands.txt}, which explains its columns.
 *
 * @param finds whether who may is told all the same that there is none
 * @param sent with {@code :parts} in it
 */
record CommandLine(String command, List<Action> then, String on, boolean finds, String sent) {
    static List<CommandLine> all() {
        return Table.rows("commands.txt").stream()
                .map(row -> new CommandLine(
                        row.get(0),
                        Table.actions(row.get(1)),
                        row.get(2).replace("?", ""),
                        row.get(2).endsWith("?"),
                        row.get(3).replace('~', ' ')))
                .toList();
    }

    /** What is posted. */
    String request(Map<String, String> parts) {
        return "{\"command\":\"" + command + "\",\"arguments\":" + arguments(parts) + "}";
    }

    /** The arguments with the parts of a place; there, words are as a form has them. */
    String arguments(Map<String, String> parts) {
        String customer = parts.getOrDefault("whose", "").replace('+', ' ');
        return RouteLine.filled(
                        sent.replace(":whose", customer.isEmpty() ? "" : ",\"customer\":\"" + customer + "\""), parts)
                .replace("+Mary", " Mary");
    }
}
