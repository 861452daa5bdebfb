package io.fairlead.enterprise.fleet;

import io.fairlead.soap.Fault;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose reports are taken now for a device; true as long as its contact is locked. */
public final class Reporting {
    private final Tokens tokens;
    private final List<String> dropped;
    private final boolean held;

    Reporting(Tokens tokens, List<String> dropped, boolean held) {
        this.tokens = tokens;
        this.dropped = List.copyOf(dropped);
        this.held = held;
    }

    /**
     * Why a report that shows a token is not taken: IDENTITY_HELD, CERTIFICATE_REVOKED for a holder that was turned away,
     * BUSY for one who has to poll first.
     *
     * @param token null for none
     */
    public Optional<Fault> refuses(@Nullable String token) {
        String shown = token == null ? "" : token;
        if (held) {
            return Optional.of(Fault.IDENTITY_HELD);
        }
        if (dropped.contains(shown)) {
            return Optional.of(Fault.CERTIFICATE_REVOKED);
        }
        return tokens.mayReport(shown) ? Optional.empty() : Optional.of(Fault.BUSY);
    }
}
