package io.fairlead.enterprise.login;

import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A passkey that somebody has registered.
 *
 * @param credential its id, chosen by the authenticator
 * @param name that its owner gave it; 1–64 characters
 * @param usedAt null when never
 * @param backedUp whether its authenticator keeps copies elsewhere
 * @param transports by which browsers reach it, divided by commas
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Passkey(
        byte[] credential,
        String name,
        Instant madeAt,
        @Nullable Instant usedAt,
        boolean backedUp,
        String transports) {
    /** Its id as texts have it. */
    public String id() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(credential);
    }

    @Override
    public String toString() {
        return "Passkey[name=" + name + "]";
    }
}
