package io.fairlead.enterprise.notification;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call delivers.
 *
 * @param notifications in order of number; 1 to {@value #MOST}
 */
record Parcel(String subscription, String token, List<Notice> notifications) {
    static final int MOST = 50;

    /**
     * Something that happened.
     *
     * @param row of the outbox
     * @param device with customer and site; null of a test
     * @param body what else there is to say of its kind
     */
    record Notice(
            long row,
            long number,
            String kind,
            Instant at,
            @Nullable Place device,
            JsonObject body) {}

    /** A device and whose it is. */
    record Place(String device, String customer, String site) {}

    /** Its number says nothing. */
    static Parcel test(String subscription, String token, Instant now) {
        return new Parcel(subscription, token, List.of(new Notice(0, 1, "test", now, null, new JsonObject())));
    }
}
