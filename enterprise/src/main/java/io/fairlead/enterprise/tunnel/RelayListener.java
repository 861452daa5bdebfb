package io.fairlead.enterprise.tunnel;

import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;

/** Hears what becomes of streams. Called on event loops: must not block. */
public interface RelayListener {
    /** Both sides are there. */
    void opened(Ticket agent, Ticket viewer);

    /**
     * It is over, or one side waited in vain (then the figures are 0).
     *
     * @param first the ticket of the side that came first
     */
    void closed(Ticket first, StreamCause cause, StreamFigures figures);
}
