package io.fairlead.demo;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the people who log in to the demo.
 *
 * @param name to log in with
 * @param customer whose people he is one of; null for the vendor's own
 * @param role of {@code fairlead people grant}
 */
record DemoPerson(
        String name,
        String displayName,
        String organisation,
        @Nullable String customer,
        String role) {
    /** One who runs the platform, one who serves instruments, one at the hospital of the first instrument. */
    static List<DemoPerson> all() {
        String hospital = Station.of(1).customer();
        return List.of(
                new DemoPerson("olga", "Olga Operator", "Fairlead Demo Service", null, "operator"),
                new DemoPerson("emil", "Emil Engineer", "Fairlead Demo Service", null, "service-engineer"),
                new DemoPerson("clara", "Clara Customer", hospital, hospital, "customer-administrator"));
    }

    /** The arguments of the command that adds him. */
    JsonObject added() {
        return new JsonObject()
                .put("name", name)
                .put("displayName", displayName)
                .put("organisation", organisation)
                .put("customer", customer);
    }

    /** The arguments of the command that grants his role. */
    JsonObject granted() {
        return new JsonObject().put("name", name).put("role", role).put("customer", customer);
    }

    /** Whether he needs training on the instruments. */
    boolean isTrained() {
        return customer == null;
    }
}
