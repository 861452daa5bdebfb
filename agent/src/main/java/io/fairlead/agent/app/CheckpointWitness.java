package io.fairlead.agent.app;

import io.fairlead.agent.poll.Witness;
import io.fairlead.agent.witness.Witnesses;
import io.fairlead.contract.agent.SignedCheckpoint;

/** The room of witnesses, as the poll loop sees it. */
record CheckpointWitness(Witnesses witnesses) implements Witness {
    @Override
    public boolean wanted() {
        return witnesses.wanted();
    }

    @Override
    public void offered(SignedCheckpoint checkpoint) {
        witnesses.offered(checkpoint);
    }
}
