package io.fairlead.enterprise.console;

import io.fairlead.enterprise.people.PersonListed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The list of people.
 *
 * @param people a page of them
 * @param search as it was typed
 * @param more whether there is another page
 * @param waiting how many proposals wait in this person's view
 */
public record PeopleView(List<PersonListed> people, String search, boolean more, int waiting) {
    /** Of one page. */
    static final int SIZE = 100;

    /** The address of the next page. */
    public String next() {
        return "/people?q=" + URLEncoder.encode(search, StandardCharsets.UTF_8) + "&after="
                + people.get(people.size() - 1).person().name();
    }
}
