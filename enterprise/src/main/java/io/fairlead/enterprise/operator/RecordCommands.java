package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.status.LatestValue;
import io.fairlead.enterprise.status.StatusService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What has been: values, alarms. */
final class RecordCommands {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private final StatusService status;

    RecordCommands(StatusService status) {
        this.status = status;
    }

    Map<String, Command> commands() {
        return Map.of("history", this::history, "alarms", this::alarms);
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
}
