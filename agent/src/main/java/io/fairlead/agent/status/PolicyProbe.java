package io.fairlead.agent.status;

import java.time.Duration;
import java.util.Optional;

/** Tells the enterprise what the customer's policy is: the item {@value #ITEM}, at the start, when it changes, and once a day. */
final class PolicyProbe implements Probe {
    static final String ITEM = Findings.OWN + "policy";
    private static final long AGAIN_NANOS = Duration.ofDays(1).toNanos();

    private final SiteTrust trust;
    private String told = "";
    private long toldNanos;

    PolicyProbe(SiteTrust trust) {
        this.trust = trust;
    }

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public void look(Findings findings) {
        Optional<String> policy = trust.policy();
        long now = System.nanoTime();
        if (policy.isPresent() && (!policy.get().equals(told) || now - toldNanos >= AGAIN_NANOS)) {
            findings.own(ITEM, policy.get());
            told = policy.get();
            toldNanos = now;
        }
    }
}
