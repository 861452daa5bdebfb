package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Ids of transfers as people type them: whole, or as many first digits as only one of the newest thousand has. */
final class TransferIds {
    private static final int WHOLE = 32;

    private TransferIds() {}

    static String whole(String typed, ServerOption server) {
        if (typed.length() >= WHOLE || !typed.matches("[0-9a-f]+")) {
            return typed;
        }
        List<String> known =
                server.call("transfers", new JsonObject().put("limit", 1_000)).getJsonArray("transfers").stream()
                        .map(one -> ((JsonObject) one).getString("id"))
                        .filter(id -> id.startsWith(typed))
                        .toList();
        if (known.size() > 1) {
            throw new Unable(known.size() + " transfers begin with " + typed + "; type more of it.");
        }
        return known.isEmpty() ? typed : known.get(0);
    }
}
