package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What people say about a device as a whole. */
final class StandingCommands {
    private final Standings standings;

    StandingCommands(Standings standings) {
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
                "devices.found", (actor, arguments) -> said(actor, arguments, standings::found));
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
