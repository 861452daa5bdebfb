package io.fairlead.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server knows of one device at this moment, as its command line says it. */
record Seen(JsonObject device) {
    String id() {
        return device.getString("device");
    }

    /** Whether it was heard since a moment. */
    boolean heardSince(Instant moment) {
        Instant contact = time(device.getString("lastContact"));
        return contact != null && !contact.isBefore(moment);
    }

    /** Whether a value of it was committed since a moment. */
    boolean reportedSince(Instant moment) {
        return all("latest").stream().anyMatch(item -> {
            Instant received = time(item.getString("receivedAt"));
            return received != null && !received.isBefore(moment);
        });
    }

    /** Whether an instruction of these words is among its newest, whatever became of it. */
    boolean wasTold(String what) {
        return all("instructions").stream().anyMatch(one -> what.equals(one.getString("what")));
    }

    List<JsonObject> all(String list) {
        JsonArray array = device.getJsonArray(list, new JsonArray());
        List<JsonObject> all = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            all.add(array.getJsonObject(i));
        }
        return all;
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
