package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What people say about a device as a whole. */
final class StandingCommands {
    private final Devices devices;
    private final Standings standings;

    StandingCommands(Devices devices, Standings standings) {
        this.devices = devices;
        this.standings = standings;
    }

    Map<String, Command> commands() {
        return Map.of(
                "devices.revoke",
                        (actor, arguments) -> said(
                                actor,
                                arguments,
                                (who, device, why) ->
                                        standings.revoke(who, device, why).map(count -> count > 0)),
                "devices.mute", (actor, arguments) -> said(actor, arguments, standings::mute),
                "devices.unmute", (actor, arguments) -> said(actor, arguments, standings::unmute),
                "devices.stolen", (actor, arguments) -> said(actor, arguments, standings::stolen),
                "devices.found", (actor, arguments) -> said(actor, arguments, standings::found),
                "devices.retire", (actor, arguments) -> versioned(actor, arguments, standings::retire),
                "devices.unretire", (actor, arguments) -> versioned(actor, arguments, standings::unretire));
    }

    @FunctionalInterface
    private interface VersionedDeed {
        Future<Device> done(Actor actor, DeviceId device, long version, String reason);
    }

    /** Without a version, that of this moment is meant. */
    private Future<JsonObject> versioned(Actor actor, Arguments arguments, VersionedDeed deed) {
        arguments.only("device", "reason", "version");
        DeviceId device = new DeviceId(arguments.text("device"));
        long version = arguments.number("version", 1, Long.MAX_VALUE, 0);
        String reason = arguments.reason();
        return devices.get(actor, device)
                .compose(before -> deed.done(actor, device, version == 0 ? before.version() : version, reason)
                        .map(after -> new JsonObject()
                                .put("device", device.value())
                                .put("version", after.version())
                                .put("changed", after.version() != before.version())));
    }

    @FunctionalInterface
    private interface Deed {
        /** Whether it has changed anything. */
        Future<Boolean> done(Actor actor, DeviceId device, String reason);
    }

    private static Future<JsonObject> said(Actor actor, Arguments arguments, Deed deed) {
        arguments.only("device", "reason");
        DeviceId device = new DeviceId(arguments.text("device"));
        return deed.done(actor, device, arguments.reason())
                .map(changed -> new JsonObject().put("device", device.value()).put("changed", changed));
    }
}
