package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.util.Optional;

/** Tells the enterprise while {@code site.conf} cannot be believed and everything is denied: alarm {@code site.denied}. */
final class TrustProbe implements Probe {
    private final SiteTrust trust;

    TrustProbe(SiteTrust trust) {
        this.trust = trust;
    }

    @Override
    public String name() {
        return "site";
    }

    @Override
    public void look(Findings findings) {
        Optional<String> refusal = trust.refusal();
        if (refusal.isPresent()) {
            findings.raise("site.denied", Severity.ERROR, refusal.get());
        } else {
            findings.clear("site.denied");
        }
    }
}
