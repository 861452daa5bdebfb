package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.audit.AuditFilter;
import io.fairlead.enterprise.audit.AuditFormat;
import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.audit.ExportRow;
import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.audit.SignedCheckpoint;
import io.fairlead.enterprise.audit.WitnessFile;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The audit: lists, whole exports page by page, and what is signed of it. */
final class AuditCommands {
    private static final String[] FILTER = {"from", "to", "actor", "code", "device", "text"};

    private final DeviceRecords records;
    private final Audit audit;
    private final AuditExport export;
    private final Seals seals;

    AuditCommands(DeviceRecords records, Audit audit, AuditExport export, Seals seals) {
        this.records = records;
        this.audit = audit;
        this.export = export;
        this.seals = seals;
    }

    Map<String, Command> commands() {
        return Map.of("audit.list", this::list, "audit.export", this::export, "audit.checkpoints", this::checkpoints);
    }

    /** Who did what, the newest first; "before" takes the id of the last one for the next page. */
    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only(and(FILTER, "limit", "before"));
        int limit = (int) arguments.number("limit", 1, Audit.MOST_ROWS, 50);
        long before = arguments.number("before", 0, Long.MAX_VALUE, 0);
        AuditFilter filter = filter(arguments);
        return records.list(actor, before == 0 ? filter : filter.before(before), limit)
                .map(rows -> new JsonObject()
                        .put("sealed", seals.number())
                        .put("entries", Json.array(rows, AuditCommands::entry)));
    }

    /** A page of lines, the oldest first; "after" of an answer asks for the next, and is missing in the last. */
    private Future<JsonObject> export(Actor actor, Arguments arguments) {
        arguments.only(and(FILTER, "format", "after"));
        AuditFormat format = AuditFormat.of(arguments.text("format"))
                .orElseThrow(() -> new Refusal(Fault.INVALID, "argument format is csv, json or syslog"));
        long after = arguments.number("after", 0, Long.MAX_VALUE, 0);
        AuditFilter filter = filter(arguments);
        return records.mayReadAll(actor)
                .compose(may -> after == 0 ? noted(actor, format, arguments) : Future.succeededFuture())
                .compose(noted -> export.page(filter, after, AuditExport.PAGE))
                .map(rows -> page(rows, format, after == 0));
    }

    private Future<Void> noted(Actor actor, AuditFormat format, Arguments arguments) {
        return audit.record(new AuditEntry(
                actor.audited(), AuditCode.AUDIT_EXPORTED, "", "format=" + format.word() + " filter=" + arguments));
    }

    private static JsonObject page(List<ExportRow> rows, AuditFormat format, boolean first) {
        JsonArray lines = new JsonArray();
        if (first) {
            format.head().ifPresent(lines::add);
        }
        rows.forEach(row -> lines.add(format.line(row)));
        JsonObject page = new JsonObject().put("lines", lines).put("rows", rows.size());
        return rows.size() < AuditExport.PAGE
                ? page
                : page.put("after", rows.get(rows.size() - 1).row().id());
    }

    /** Signed checkpoints as lines of a witness file: the newest, or with "after" those that were kept, page by page. */
    private Future<JsonObject> checkpoints(Actor actor, Arguments arguments) {
        arguments.only("after");
        long after = arguments.number("after", -1, Long.MAX_VALUE, -1);
        return records.mayReadAll(actor)
                .compose(may -> after < 0
                        ? seals.read().map(read -> seals.newest().stream().toList())
                        : seals.kept(after))
                .map(AuditCommands::lines);
    }

    private static JsonObject lines(List<SignedCheckpoint> signed) {
        JsonObject json = new JsonObject()
                .put(
                        "lines",
                        new JsonArray(signed.stream().map(WitnessFile::line).toList()));
        return signed.isEmpty()
                ? json
                : json.put("after", signed.get(signed.size() - 1).checkpoint().number());
    }

    private static AuditFilter filter(Arguments arguments) {
        AuditFilter filter = AuditFilter.all();
        filter = arguments.moment("from").map(filter::from).orElse(filter);
        filter = arguments.moment("to").map(filter::to).orElse(filter);
        filter = arguments.optionalText("actor").map(filter::by).orElse(filter);
        filter = words(arguments, "code").map(filter::codes).orElse(filter);
        filter = words(arguments, "device").map(filter::subjects).orElse(filter);
        return arguments.optionalText("text").map(filter::text).orElse(filter);
    }

    /** Words with commas between. */
    private static Optional<Set<String>> words(Arguments arguments, String name) {
        return arguments
                .optionalText(name)
                .map(text -> Set.of(Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toArray(String[]::new)));
    }

    private static String[] and(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    private static JsonObject entry(AuditRow row) {
        JsonObject json = new JsonObject()
                .put("id", row.id())
                .put("at", row.at().toString())
                .put("actor", row.actor())
                .put("code", row.code())
                .put("subject", row.subject())
                .put("detail", row.detail());
        row.number().ifPresent(number -> json.put("number", number));
        return json;
    }
}
