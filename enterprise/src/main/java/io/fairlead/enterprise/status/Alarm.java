package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alarm from its raising on, with what people did about it.
 *
 * @param raisedAt when it was first observed, by the device's clock, corrected
 * @param lastSeen when it was observed last
 * @param count how often it was reported
 * @param receivedAt when it was first received, by the server's clock
 * @param acknowledged null while nobody has
 * @param clearedAt null while it is open
 * @param closedBy who closed it; null when it is open, or when its own source cleared it
 * @param comments in the order in which they were written
 */
public record Alarm(
        long id,
        DeviceId device,
        String code,
        Severity severity,
        @Nullable String text,
        Instant raisedAt,
        Instant lastSeen,
        long count,
        Instant receivedAt,
        @Nullable Acknowledged acknowledged,
        @Nullable Instant clearedAt,
        @Nullable String closedBy,
        List<Comment> comments) {
    /** Who took it on, as the audit names people, and when. */
    public record Acknowledged(String by, Instant at) {}

    /** What somebody wrote about it. */
    public record Comment(String by, Instant at, String text) {}

    public Alarm {
        comments = List.copyOf(comments);
    }

    public boolean isOpen() {
        return clearedAt == null;
    }

    /** Whether the enterprise itself raised it, and clears it: no person closes these. */
    public boolean isOwn() {
        return code.startsWith(OwnAlarms.PREFIX);
    }
}
