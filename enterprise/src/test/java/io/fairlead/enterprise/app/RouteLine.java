package io.fairlead.enterprise.app;

import io.fairlead.enterprise.people.Action;
import java.util.List;
import java.util.Map;

/**
 * A line of {@code routes.txt}, which explains its columns.
 *
 * @param door an action, or who may come
 * @param then judged behind the door
 * @param sent with {@code :parts} in it
 */
record RouteLine(String method, String path, String door, List<Action> then, String on, String sent) {
    static List<RouteLine> all() {
        return Table.rows("routes.txt").stream()
                .map(row -> new RouteLine(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        Table.actions(row.get(3)),
                        row.get(4),
                        row.get(5).equals("-") ? "" : row.get(5)))
                .toList();
    }

    String mounted() {
        return method + " " + path;
    }

    boolean changes() {
        return method.equals("POST");
    }

    /** The path with its parts. */
    String path(Map<String, String> parts) {
        boolean read = path.endsWith("/content");
        return filled(read ? path.replace(":transfer", ":file") : path, parts);
    }

    String sent(Map<String, String> parts) {
        return filled(sent, parts);
    }

    static String filled(String text, Map<String, String> parts) {
        String filled = text;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            filled = filled.replaceAll(":" + part.getKey() + "\\b", part.getValue());
        }
        return filled;
    }
}
