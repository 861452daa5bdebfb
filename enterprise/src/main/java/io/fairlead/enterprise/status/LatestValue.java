package io.fairlead.enterprise.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value of an item that was observed last.
 *
 * @param observedAt by the device's clock, corrected
 * @param receivedAt by the server's clock
 */
public record LatestValue(
        String item,
        @Nullable Double number,
        @Nullable String text,
        @Nullable String unit,
        Instant observedAt,
        Instant receivedAt) {}
