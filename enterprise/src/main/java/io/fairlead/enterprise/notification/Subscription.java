package io.fairlead.enterprise.notification;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an account wants to be told, and where.
 *
 * @param waiting how many notifications wait
 * @param failure why nothing was taken last, in a fixed text; null when that never was
 * @param version of what the account may change
 * @param tries how often what waits was tried in vain
 * @param nextTry when it is tried again; null for at once
 */
public record Subscription(
        String id,
        String account,
        String endpoint,
        boolean soap12,
        List<EventKind> kinds,
        Only only,
        State state,
        Instant createdAt,
        long version,
        long delivered,
        long waiting,
        @Nullable Instant deliveredAt,
        @Nullable Instant failedAt,
        @Nullable String failure,
        int tries,
        @Nullable Instant nextTry) {

    /**
     * Of which devices, and which alarms; null for all.
     *
     * @param severity the least, by its key
     */
    public record Only(
            @Nullable String device,
            @Nullable String customer,
            @Nullable String region,
            @Nullable String model,
            @Nullable String severity) {}

    /** Whether it is served. */
    public enum State {
        ACTIVE,
        /** The newest delivery failed, and is tried again. */
        FAILING,
        /** Nothing was taken for three days. */
        SUSPENDED,
        /** The host is not named any more, or the account may see nothing of it. */
        BARRED;

        /** As it is stored and said. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofKey(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** What is wanted. The token is said with each delivery. */
    public record Wish(String endpoint, boolean soap12, String token, List<EventKind> kinds, Only only) {}

    /** What changes; null stays as it is. */
    public record Change(
            @Nullable String endpoint,
            @Nullable Boolean soap12,
            @Nullable String token,
            @Nullable List<EventKind> kinds) {}
}
