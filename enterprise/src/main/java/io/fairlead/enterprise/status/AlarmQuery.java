package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/**
 * A page of alarms that somebody wants.
 *
 * @param page from 1; one beyond the last is answered with the last
 * @param size 1 to 500
 */
public record AlarmQuery(AlarmFilter filter, AlarmSort sort, boolean descending, int page, int size) {
    private static final int LARGEST = 500;

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public AlarmQuery {
        if (page < 1 || size < 1 || size > LARGEST) {
            throw new Refusal(Fault.INVALID, "a page has a number from 1 and 1 to 500 alarms");
        }
    }
}
