package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Recordings as people name them: by their first digits. */
final class RecordingIds {
    private static final int WHOLE = 32;

    private RecordingIds() {}

    static String whole(String id, ServerOption server) {
        if (id.length() >= WHOLE || !id.matches("[0-9a-f]+")) {
            return id;
        }
        List<String> known =
                server.call("recordings", new JsonObject().put("limit", 1_000)).getJsonArray("recordings").stream()
                        .map(one -> ((JsonObject) one).getString("id"))
                        .filter(one -> one.startsWith(id))
                        .toList();
        if (known.size() > 1) {
            throw new Unable(known.size() + " recordings begin with " + id + "; type more of it.");
        }
        return known.isEmpty() ? id : known.get(0);
    }
}
