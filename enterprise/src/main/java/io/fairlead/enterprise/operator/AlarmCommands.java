package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.Remark;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.status.Alarm;
import io.fairlead.enterprise.status.Alarms;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What people do about alarms. */
final class AlarmCommands {
    private final Alarms alarms;

    AlarmCommands(Alarms alarms) {
        this.alarms = alarms;
    }

    Map<String, Command> commands() {
        return Map.of("alarms.ack", this::acknowledge, "alarms.comment", this::comment, "alarms.close", this::close);
    }

    /** Answers also whether this was the first. */
    Future<JsonObject> acknowledge(Actor actor, Arguments arguments) {
        arguments.only("number", "comment");
        Remark comment = arguments.optionalText("comment").map(Remark::new).orElse(null);
        return alarms.acknowledge(actor, number(arguments), comment)
                .map(done -> json(done.alarm()).put("first", done.first()));
    }

    Future<JsonObject> comment(Actor actor, Arguments arguments) {
        arguments.only("number", "comment");
        return alarms.comment(actor, number(arguments), new Remark(arguments.text("comment")))
                .map(AlarmCommands::json);
    }

    Future<JsonObject> close(Actor actor, Arguments arguments) {
        arguments.only("number", "comment");
        return alarms.close(actor, number(arguments), new Remark(arguments.text("comment")))
                .map(AlarmCommands::json);
    }

    private static long number(Arguments arguments) {
        return arguments.number("number", 1, Long.MAX_VALUE, 0);
    }

    private static JsonObject json(Alarm alarm) {
        JsonObject json = new JsonObject()
                .put("number", alarm.id())
                .put("device", alarm.device().value())
                .put("code", alarm.code())
                .put("severity", alarm.severity().key())
                .put("open", alarm.isOpen())
                .put("comments", alarm.comments().size());
        Alarm.Acknowledged acknowledged = alarm.acknowledged();
        if (acknowledged != null) {
            json.put("acknowledgedBy", acknowledged.by())
                    .put("acknowledgedAt", acknowledged.at().toString());
        }
        return json;
    }
}
