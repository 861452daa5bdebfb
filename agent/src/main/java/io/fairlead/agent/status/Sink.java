package io.fairlead.agent.status;

import io.fairlead.contract.agent.StatusMessage;

/** Where status messages go: the spool, plugged in from above. Called by both threads of this room, one at a time. */
@FunctionalInterface
public interface Sink {
    /**
     * Takes a message over; on return it survives a crash. Its sequence is set by the taker.
     *
     * @param urgent an alarm has changed: send now, without waiting for the next report (it overtakes nothing)
     * @throws java.io.UncheckedIOException when it could not be kept; the caller keeps it and tries again
     */
    void put(StatusMessage message, boolean urgent);
}
