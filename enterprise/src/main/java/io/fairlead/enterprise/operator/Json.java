package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.Contact;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.HeldDevice;
import io.fairlead.enterprise.fleet.Holder;
import io.fairlead.enterprise.instruction.Instruction;
import io.fairlead.enterprise.status.HistoryValue;
import io.fairlead.enterprise.status.LatestValue;
import io.fairlead.enterprise.status.OpenAlarm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the features' records are written for the command line. Scripts read it: names stay, new ones may come; what is
 * not known is left out; times are UTC as ISO 8601.
 */
final class Json {
    private Json() {}

    static <T> JsonArray array(List<T> records, Function<T, JsonObject> writer) {
        return new JsonArray(records.stream().map(writer).toList());
    }

    static JsonObject device(Device device) {
        Contact contact = device.contact();
        JsonObject json = new JsonObject()
                .put("device", device.id().value())
                .put("customer", device.customer())
                .put("site", device.site())
                .put("region", device.region())
                .put("model", device.model())
                .put("serial", device.serial())
                .put("version", device.version())
                .put("muted", device.muted())
                .put("enrolled", device.enrolment() != null)
                .put("createdAt", device.createdAt().toString())
                .put("dropped", contact.dropped());
        known(json, "stolenSince", device.stolenSince());
        known(json, "retiredAt", device.retiredAt());
        known(json, "heldSince", contact.heldSince());
        known(json, "lastContact", contact.last());
        known(json, "address", contact.address());
        known(json, "agentVersion", contact.agentVersion());
        return contact.last() == null ? json : json.put("clockOffsetMillis", contact.clockOffsetMillis());
    }

    static JsonObject held(HeldDevice held) {
        return new JsonObject()
                .put("device", held.device().value())
                .put("since", held.since().toString())
                .put("why", held.why())
                .put("holders", array(held.holders(), Json::holder));
    }

    private static JsonObject holder(Holder holder) {
        JsonObject json = new JsonObject()
                .put("holder", holder.number())
                .put("inStep", holder.inStep())
                .put("journaled", holder.journaled())
                .put("refusedPolls", holder.polls());
        known(json, "address", holder.address());
        known(json, "agentVersion", holder.agentVersion());
        known(json, "certificate", holder.certificate());
        known(json, "firstSeen", holder.firstSeen());
        known(json, "lastSeen", holder.lastSeen());
        return json;
    }

    static JsonObject latest(LatestValue value) {
        JsonObject json = new JsonObject().put("item", value.item());
        value(json, value.number(), value.text());
        known(json, "unit", value.unit());
        return json.put("observedAt", value.observedAt().toString())
                .put("receivedAt", value.receivedAt().toString());
    }

    static JsonObject point(HistoryValue value) {
        JsonObject json = new JsonObject();
        value(json, value.number(), value.text());
        return json.put("observedAt", value.observedAt().toString())
                .put("receivedAt", value.receivedAt().toString());
    }

    static JsonObject alarm(OpenAlarm alarm) {
        JsonObject json = new JsonObject()
                .put("number", alarm.id())
                .put("device", alarm.device().value())
                .put("code", alarm.code())
                .put("severity", alarm.severity().key());
        known(json, "text", alarm.text());
        known(json, "acknowledgedBy", alarm.acknowledgedBy());
        known(json, "acknowledgedAt", alarm.acknowledgedAt());
        return json.put("since", alarm.raisedAt().toString())
                .put("lastSeen", alarm.lastSeen().toString())
                .put("count", alarm.count());
    }

    static JsonObject instruction(Instruction one) {
        JsonObject json = new JsonObject()
                .put("device", one.device().value())
                .put("number", one.sequence())
                .put("what", one.subject().isEmpty() ? one.kind() : one.kind() + " " + one.subject())
                .put("state", one.state().name())
                .put("finished", finished(one))
                .put("createdBy", one.createdBy())
                .put("createdAt", one.createdAt().toString())
                .put("notAfter", one.notAfter().toString());
        known(json, "detail", one.detail());
        known(json, "journaledAt", one.journaledAt());
        known(json, "finishedAt", one.finishedAt());
        known(json, "reportedAt", one.reportedAt());
        return json;
    }

    /** Whether nothing more is to be expected of it; after EXPIRED a late result may still come. */
    static boolean finished(Instruction one) {
        return switch (one.state()) {
            case WAITING, JOURNALED -> false;
            case EXPIRED, VOID, CANCELLED, DONE, FAILED, REFUSED, INTERRUPTED -> true;
        };
    }

    private static void value(JsonObject json, @Nullable Double number, @Nullable String text) {
        known(json, "number", number);
        known(json, "text", text);
    }

    static void known(JsonObject json, String name, @Nullable Object value) {
        if (value instanceof Double number) {
            json.put(name, number);
        } else if (value != null) {
            json.put(name, value.toString());
        }
    }
}
