package io.fairlead.enterprise.notification;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery went.
 *
 * @param undelivered why it was not taken; null when it was
 * @param status the HTTP status that came; null when none did
 * @param took from the first look to the last
 */
public record Delivery(
        @Nullable Undelivered undelivered, @Nullable Integer status, Duration took) {
    public boolean isTaken() {
        return undelivered == null;
    }
}
