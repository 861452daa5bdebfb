package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that has not been cleared.
 *
 * @param raisedAt when it was first observed, by the device's clock, corrected
 * @param lastSeen when it was observed last
 * @param count how often it was reported
 * @param receivedAt when it was first received, by the server's clock
 * @param acknowledgedBy who took it on, as the audit names people; null while nobody has
 * @param acknowledgedAt when he did
 */
public record OpenAlarm(
        long id,
        DeviceId device,
        String code,
        Severity severity,
        @Nullable String text,
        Instant raisedAt,
        Instant lastSeen,
        long count,
        Instant receivedAt,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt) {}
