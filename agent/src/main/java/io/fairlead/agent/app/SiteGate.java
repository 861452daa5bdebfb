package io.fairlead.agent.app;

import io.fairlead.agent.status.SiteTrust;
import java.time.Clock;
import java.time.LocalTime;
import java.util.Optional;

/**
 * The customer's word on each action: {@code site.conf} is judged anew every time, then its policy is asked. Thread-safe.
 */
public final class SiteGate implements SiteTrust {
    private final SiteGuard guard;
    private final SiteConfig config;
    private final Clock clock;

    /** @param clock in the PC's time zone, for hours of policy are those on the wall */
    public SiteGate(SiteGuard guard, SiteConfig config, Clock clock) {
        this.guard = guard;
        this.config = config;
        this.clock = clock;
    }

    /** Why nothing may be run now; empty when {@code site.conf} may be believed. */
    @Override
    public Optional<String> refusal() {
        return guard.judge().denial().map(reason -> "everything is denied: " + reason);
    }

    /** Why an action may not be taken now; empty when it may. */
    public Optional<String> refusal(SiteAction action) {
        return refusal().or(() -> config.rule(action).refusal(action, LocalTime.now(clock)));
    }
}
