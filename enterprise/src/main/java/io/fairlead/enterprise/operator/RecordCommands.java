package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.status.LatestValue;
import io.fairlead.enterprise.status.StatusService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What has been: values, alarms, the audit. */
final class RecordCommands {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private final StatusService status;
    private final DeviceRecords records;

    RecordCommands(StatusService status, DeviceRecords records) {
        this.status = status;
        this.records = records;
    }

    Map<String, Command> commands() {
        return Map.of("history", this::history, "alarms", this::alarms, "audit.list", this::audit);
    }

    /** What an item has been, by the time of receipt, the newest first. */
    Future<JsonObject> history(Actor actor, Arguments arguments) {
        arguments.only("device", "item", "from", "to", "limit");
        DeviceId device = new DeviceId(arguments.text("device"));
        String item = arguments.text("item");
        Instant from = arguments.moment("from").orElse(FIRST);
        Instant to = arguments.moment("to").orElse(LAST);
        int limit = (int) arguments.number("limit", 1, 10_000, 100);
        JsonObject answer = new JsonObject().put("device", device.value()).put("item", item);
        return status.latest(actor, device)
                .compose(latest -> {
                    unit(latest, item, answer);
                    return status.history(actor, device, item, from, to, limit);
                })
                .map(points -> answer.put("points", Json.array(points, Json::point)));
    }

    private static void unit(List<LatestValue> latest, String item, JsonObject answer) {
        latest.stream()
                .filter(value -> value.item().equals(item))
                .map(LatestValue::unit)
                .filter(Objects::nonNull)
                .forEach(unit -> answer.put("unit", unit));
    }

    /** The open alarms of a device, or of all, the worst first. */
    Future<JsonObject> alarms(Actor actor, Arguments arguments) {
        arguments.only("device");
        return arguments
                .optionalText("device")
                .map(DeviceId::new)
                .map(device -> status.openAlarms(actor, device))
                .orElseGet(() -> status.openAlarms(actor))
                .map(alarms -> new JsonObject().put("alarms", Json.array(alarms, Json::alarm)));
    }

    /** Who did what, the newest first; of one device when it is named. */
    Future<JsonObject> audit(Actor actor, Arguments arguments) {
        arguments.only("device", "limit");
        int limit = (int) arguments.number("limit", 1, Audit.MOST_ROWS, 50);
        Future<List<AuditRow>> rows = arguments
                .optionalText("device")
                .map(device -> records.list(actor, limit, new DeviceId(device)))
                .orElseGet(() -> records.list(actor, limit));
        return rows.map(list -> new JsonObject().put("entries", Json.array(list, RecordCommands::entry)));
    }

    private static JsonObject entry(AuditRow row) {
        return new JsonObject()
                .put("id", row.id())
                .put("at", row.at().toString())
                .put("actor", row.actor())
                .put("code", row.code())
                .put("subject", row.subject())
                .put("detail", row.detail());
    }
}
