package io.fairlead.agent.app;

import io.fairlead.agent.link.CurrentIdentity;
import io.fairlead.agent.link.Statements;
import io.fairlead.agent.poll.Credentials;
import io.fairlead.agent.poll.RenewalLoop;
import io.fairlead.contract.agent.SignedAnchors;
import java.io.IOException;

/** What the poll loop hears of this device's papers, and who acts on it. */
record AgentCredentials(CurrentIdentity identity, Statements statements, RenewalLoop renewal) implements Credentials {
    @Override
    public void betweenPolls() {
        identity.turn();
    }

    @Override
    public long anchors() {
        return identity.get().cas().number();
    }

    @Override
    public void offered(SignedAnchors anchors) throws IOException {
        statements.take(anchors);
    }

    @Override
    public void renewNow() {
        renewal.renewNow();
    }
}
