package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.Clones;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Decides about identities that two hold. */
final class CloneCommands {
    private final Clones clones;

    CloneCommands(Clones clones) {
        this.clones = clones;
    }

    Map<String, Command> commands() {
        return Map.of("clones", this::list, "clones.keep", this::keep, "clones.release", this::release);
    }

    /** Every device that is held, with its holders. */
    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only();
        return clones.list(actor).map(held -> new JsonObject().put("held", Json.array(held, Json::held)));
    }

    /** One holder goes on, the others need a new code. */
    private Future<JsonObject> keep(Actor actor, Arguments arguments) {
        arguments.only("device", "holder", "reason");
        DeviceId device = new DeviceId(arguments.text("device"));
        int holder = (int) arguments.number("holder", 1, 1_000, 0);
        return clones.keep(actor, device, holder, arguments.reason())
                .map(new JsonObject().put("device", device.value()).put("kept", holder));
    }

    /** All holders may go on. */
    private Future<JsonObject> release(Actor actor, Arguments arguments) {
        arguments.only("device", "reason");
        DeviceId device = new DeviceId(arguments.text("device"));
        return clones.release(actor, device, arguments.reason())
                .map(new JsonObject().put("device", device.value()).put("released", true));
    }
}
