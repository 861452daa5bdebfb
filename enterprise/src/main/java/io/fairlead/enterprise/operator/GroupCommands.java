package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.DeviceGroup;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Named sets of devices. */
final class GroupCommands {
    private final Groups groups;

    GroupCommands(Groups groups) {
        this.groups = groups;
    }

    Map<String, Command> commands() {
        return Map.of(
                "groups", this::list,
                "groups.make", this::make,
                "groups.change", this::change,
                "groups.delete", this::delete,
                "groups.add", (actor, arguments) -> moved(actor, arguments, groups::add),
                "groups.remove", (actor, arguments) -> moved(actor, arguments, groups::remove));
    }

    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only();
        return groups.list(actor)
                .map(all -> new JsonObject()
                        .put("groups", Json.array(all, one -> json(one, Groups.mayChange(actor, one)))));
    }

    private static JsonObject json(DeviceGroup one, boolean mayChange) {
        return new JsonObject()
                .put("group", one.id())
                .put("description", one.description())
                .put("devices", one.devices())
                .put("createdAt", one.createdAt().toString())
                .put("createdBy", one.createdBy())
                .put("mayChange", mayChange);
    }

    private Future<JsonObject> make(Actor actor, Arguments arguments) {
        arguments.only("group", "description");
        String group = arguments.text("group");
        return groups.make(actor, group, arguments.optionalText("description").orElse(""))
                .map(made -> new JsonObject().put("group", group));
    }

    /** Of what is not said it stays as it is. */
    private Future<JsonObject> change(Actor actor, Arguments arguments) {
        arguments.only("group", "name", "description");
        String group = arguments.text("group");
        String name = arguments.optionalText("name").orElse(group);
        return groups.get(actor, group)
                .compose(before -> groups.change(
                        actor,
                        group,
                        name,
                        arguments.optionalText("description").orElse(before.description())))
                .map(changed -> new JsonObject().put("group", name));
    }

    private Future<JsonObject> delete(Actor actor, Arguments arguments) {
        arguments.only("group");
        String group = arguments.text("group");
        return groups.delete(actor, group).map(gone -> new JsonObject().put("group", group));
    }

    @FunctionalInterface
    private interface Move {
        Future<Void> done(Actor actor, String group, DeviceId device);
    }

    private static Future<JsonObject> moved(Actor actor, Arguments arguments, Move move) {
        arguments.only("group", "device");
        String group = arguments.text("group");
        DeviceId device = new DeviceId(arguments.text("device"));
        return move.done(actor, group, device)
                .map(done -> new JsonObject().put("group", group).put("device", device.value()));
    }
}
