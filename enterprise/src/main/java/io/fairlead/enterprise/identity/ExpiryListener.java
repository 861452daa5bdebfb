package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import java.util.Map;

/** Told which devices' certificates are about to end without having been renewed. */
@FunctionalInterface
public interface ExpiryListener {
    /**
     * These devices, and no others at this time; told again and again.
     *
     * @param days by device: within so many days, 30, 7 or 1, and for people when exactly
     */
    Future<Void> expiring(Map<String, Ending> days);

    /**
     * How near a certificate is to its end.
     *
     * @param days 30, 7 or 1
     * @param text for people
     */
    record Ending(int days, String text) {}
}
