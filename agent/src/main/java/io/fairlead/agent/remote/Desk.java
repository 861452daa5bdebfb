package io.fairlead.agent.remote;

import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Relays;
import io.fairlead.statements.SessionService;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What every session works with.
 *
 * @param handsOn how many streams are open that are used as a person here would
 */
record Desk(
        SessionSite site,
        Asking asking,
        Supplier<Identity> identity,
        Relays relays,
        SessionVoice voice,
        Receipts receipts,
        Transcripts transcripts,
        Unsaid unsaid,
        LongSupplier nanos,
        Clock clock,
        LocalAudit audit,
        AtomicInteger handsOn) {
    private static final String WHY =
            "a remote terminal or another remote connection is open, by which somebody far away"
                    + " may act like a person at the instrument";

    /** Whether this is used as a person here would use it: what comes by it cannot be told from a person here. */
    static boolean isHandsOn(SessionService use) {
        return switch (use.mode()) {
            case USE, TERMINAL -> true;
            case VIEW, CONTROL -> false;
        };
    }

    /** Why nothing more may be agreed to now; empty when it may. Takes no lock. */
    Optional<String> noMore() {
        return handsOn.get() > 0 ? Optional.of(WHY) : Optional.empty();
    }
}
