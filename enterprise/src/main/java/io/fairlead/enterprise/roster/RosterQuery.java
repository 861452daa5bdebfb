package io.fairlead.enterprise.roster;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/**
 * A page of the list.
 *
 * @param page from 1; one beyond the last is answered with the last
 * @param size lines a page, 1 to {@value #MOST}
 */
public record RosterQuery(RosterFilter filter, RosterSort sort, boolean descending, int page, int size) {
    public static final int MOST = 500;

    /** Throws a Refusal(INVALID) for another size, or a page below 1. */
    public RosterQuery {
        if (size < 1 || size > MOST || page < 1) {
            throw new Refusal(Fault.INVALID, "a page has 1 to 500 devices, and pages begin at 1");
        }
    }

    /** The first page in order of id. */
    public static RosterQuery of(RosterFilter filter, int size) {
        return new RosterQuery(filter, RosterSort.ID, false, 1, size);
    }
}
