package io.fairlead.agent.consent;

import java.util.List;
import java.util.Optional;

/** What the person at the instrument sees of remote sessions, and how he ends one; the room of sessions, by {@code app}. */
public interface OpenSessions {
    /**
     * Why a yes counts in a companion window only, for the person; empty where it may be typed. While a terminal or a
     * connection as it is, is open, who types here may be far away.
     */
    Optional<String> handsOn();

    /** Those that are asked about or allowed, the oldest first. */
    List<OpenSession> sessions();

    /**
     * Ends one with all its connections, at once.
     *
     * @param id its id, or as many digits of its beginning as no other has; empty for the only one
     */
    Taken end(String id, Person who);
}
