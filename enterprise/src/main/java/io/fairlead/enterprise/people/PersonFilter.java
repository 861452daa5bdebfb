package io.fairlead.enterprise.people;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which people a list is to hold, in order of name.
 *
 * @param search a part of name, display name, organisation or customer, whatever its case; empty for all
 * @param after only names after this one, for the next page
 * @param limit at most so many, 1 to 1,000
 */
public record PersonFilter(String search, @Nullable String after, int limit) {
    public static final int MOST = 1_000;

    public PersonFilter {
        if (limit < 1 || limit > MOST) {
            throw new Refusal(Fault.INVALID, "a list has 1 to 1,000 people");
        }
        if (search.length() > 128) {
            throw new Refusal(Fault.INVALID, "a search has at most 128 characters");
        }
    }

    /** The first thousand. */
    public static PersonFilter all() {
        return new PersonFilter("", null, MOST);
    }
}
