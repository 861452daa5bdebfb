package io.fairlead.agent.poll;

import io.fairlead.contract.agent.SignedCheckpoint;

/** Keeps what the enterprise states of its audit, as the poll loop sees it. */
public interface Witness {
    /** Whether the next answer should carry the newest checkpoint. */
    boolean wanted();

    /** Judges a checkpoint, and keeps it. What goes wrong never stops a poll. */
    void offered(SignedCheckpoint checkpoint);
}
