package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceChange;
import io.fairlead.enterprise.fleet.DeviceFilter;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.status.StatusService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Who is there. */
final class FleetCommands {
    private static final int INSTRUCTIONS_SHOWN = 20;

    private final Devices devices;
    private final Instructions instructions;
    private final StatusService status;

    FleetCommands(Devices devices, Instructions instructions, StatusService status) {
        this.devices = devices;
        this.instructions = instructions;
        this.status = status;
    }

    Map<String, Command> commands() {
        return Map.of("devices", this::devices, "device", this::device, "devices.change", this::change);
    }

    /** Of what is not said it stays as it is; without a version, that of this moment is meant. */
    Future<JsonObject> change(Actor actor, Arguments arguments) {
        arguments.only("device", "version", "customer", "site", "region", "model", "serial");
        DeviceId id = new DeviceId(arguments.text("device"));
        long version = arguments.number("version", 1, Long.MAX_VALUE, 0);
        DeviceChange change = new DeviceChange(
                arguments.optionalText("customer").orElse(null),
                arguments.optionalText("site").orElse(null),
                arguments.optionalText("region").orElse(null),
                arguments.optionalText("model").orElse(null),
                arguments.optionalText("serial").orElse(null));
        return devices.get(actor, id)
                .compose(before -> devices.change(actor, id, version == 0 ? before.version() : version, change)
                        .map(after -> Json.device(after).put("changed", after.version() != before.version())));
    }

    /** Every device with the number of its open alarms and of the instructions that wait; the first thousand. */
    Future<JsonObject> devices(Actor actor, Arguments arguments) {
        arguments.only("group");
        DeviceFilter filter =
                DeviceFilter.ofGroup(arguments.optionalText("group").orElse(null));
        Future<List<Device>> all = devices.list(actor, filter);
        Future<Map<DeviceId, Integer>> alarms = status.openAlarmCounts(actor);
        Future<Map<DeviceId, Integer>> waiting = instructions.unfinishedCounts(actor);
        return Future.all(all, alarms, waiting).map(every -> {
            JsonArray list = Json.array(
                    all.result(),
                    device -> Json.device(device)
                            .put("openAlarms", alarms.result().getOrDefault(device.id(), 0))
                            .put("waiting", waiting.result().getOrDefault(device.id(), 0)));
            return new JsonObject().put("devices", list);
        });
    }

    /** One device with all that is known of it now. */
    Future<JsonObject> device(Actor actor, Arguments arguments) {
        arguments.only("device");
        DeviceId id = new DeviceId(arguments.text("device"));
        return devices.get(actor, id).compose(device -> all(actor, device));
    }

    private Future<JsonObject> all(Actor actor, Device device) {
        JsonObject json = Json.device(device);
        return status.latest(actor, device.id())
                .map(latest -> json.put("latest", Json.array(latest, Json::latest)))
                .compose(soFar -> status.openAlarms(actor, device.id()))
                .map(alarms -> json.put("alarms", Json.array(alarms, Json::alarm)))
                .compose(soFar -> instructions.list(actor, device.id(), INSTRUCTIONS_SHOWN))
                .map(list -> json.put("instructions", Json.array(list, Json::instruction)));
    }
}
