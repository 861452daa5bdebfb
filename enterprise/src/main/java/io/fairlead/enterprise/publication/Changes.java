package io.fairlead.enterprise.publication;

import io.fairlead.enterprise.allowlist.Difference;
import io.fairlead.enterprise.allowlist.Edition;
import io.fairlead.enterprise.allowlist.Portion;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What was changed from edition to edition. */
final class Changes {
    private Changes() {}

    /**
     * @param editions the newest first
     * @param portion the part of them that it is about
     */
    static Body json(List<Edition> editions, Portion portion, long since) {
        if (since > editions.get(0).version()) {
            throw Problem.notFound("No version " + since + " was published; the newest is "
                    + editions.get(0).version() + ".");
        }
        if (editions.stream().noneMatch(edition -> edition.version() == since)) {
            throw new Problem(
                    410,
                    "That version is not kept",
                    "Nothing is known of version " + since + ": take the whole list, /firewall/endpoints.");
        }
        JsonArray changes = new JsonArray();
        for (int i = editions.size() - 1; i > 0; i--) {
            if (editions.get(i).version() >= since) {
                changes.add(json(editions.get(i), editions.get(i - 1), portion));
            }
        }
        JsonObject all = new JsonObject()
                .put("since", Long.toString(since))
                .put("version", editions.get(0).list().version().value())
                .put("changes", changes);
        return Body.of(all.encodePrettily() + "\n", "application/json", "fairlead-allowlist-changes.json");
    }

    private static JsonObject json(Edition before, Edition after, Portion portion) {
        Difference difference = between(before, after, portion);
        return new JsonObject()
                .put("version", after.list().version().value())
                .put("issued", after.list().issued().toString())
                .put("added", rows(difference.added()))
                .put("removed", rows(difference.removed()))
                .put("changed", rows(difference.changed()));
    }

    static Difference between(Edition before, Edition after, Portion portion) {
        return Difference.of(
                portion.of(before.list().rows()),
                portion.of(after.list().rows()),
                after.list().issued());
    }

    private static JsonArray rows(List<Row> rows) {
        JsonArray all = new JsonArray();
        for (Row row : rows) {
            JsonObject one = new JsonObject()
                    .put("to", row.to().text())
                    .put("protocol", row.protocol().text())
                    .put("ports", new JsonArray(List.copyOf(row.allPorts())))
                    .put("purpose", row.purpose().value())
                    .put("required", row.required())
                    .put(
                            "products",
                            new JsonArray(
                                    row.products().stream().map(Word::value).toList()));
            row.region().ifPresent(region -> one.put("region", region.value()));
            row.since().ifPresent(since -> one.put("since", since.toString()));
            row.until().ifPresent(until -> one.put("until", until.toString()));
            all.add(one);
        }
        return all;
    }

    /** In one line for people. */
    static String sentence(Row row) {
        return row.to().text() + " " + row.protocol().text() + " "
                + String.join(", ", row.allPorts().stream().map(String::valueOf).toList()) + " ("
                + row.purpose().value()
                + row.since().map(since -> ", from " + since).orElse("")
                + ")";
    }
}
