package io.fairlead.agent.consent;

import java.util.List;

/** What the person at the instrument sees of files on their way, and how he stops one; the room of files, by {@code app}. */
public interface CarriedFiles {
    /** What is on its way, the oldest first. */
    List<Underway> underway();

    /**
     * Stops one with its next slice.
     *
     * @param id its id, or as many digits of its beginning as no other has
     */
    Taken stop(String id, Person who);
}
