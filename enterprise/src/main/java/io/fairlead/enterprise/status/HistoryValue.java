package io.fairlead.enterprise.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that an item once had.
 *
 * @param observedAt by the device's clock, corrected
 * @param receivedAt by the server's clock
 */
public record HistoryValue(
        @Nullable Double number, @Nullable String text, Instant observedAt, Instant receivedAt) {}
