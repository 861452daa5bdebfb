package io.fairlead.enterprise.people;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of people and accounts that somebody wants. What is null, or empty, is not asked about; all that is said has to fit.
 *
 * @param words each somewhere in name, display name, organisation or customer, whatever its case
 * @param customer whose people
 * @param role the key of one that holds now somewhere
 * @param disabled only those who are, or only those who are not
 * @param page from 1; one beyond the last is answered with the last
 * @param size 1 to 500
 */
public record PersonQuery(
        List<String> words,
        Person.@Nullable Kind kind,
        @Nullable String customer,
        @Nullable String role,
        @Nullable Boolean disabled,
        Sort sort,
        boolean descending,
        int page,
        int size) {
    static final int LARGEST = 500;

    /** By what people are put in order; equal ones by name. */
    public enum Sort {
        NAME("p.name"),
        DISPLAY_NAME("p.display_name"),
        ORGANISATION("p.organisation", "p.display_name"),
        /** The vendor's own before all customers'. */
        CUSTOMER("coalesce(p.customer, '')"),
        /** Whoever has none comes last either way. */
        TRAINING_ENDS("e.ends");

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> columns;

        Sort(String... columns) {
            this.columns = List.of(columns);
        }

        String orderBy(boolean descending) {
            String way = descending ? " DESC NULLS LAST, " : " NULLS LAST, ";
            return String.join(way, columns) + way + "p.name" + (descending ? " DESC" : "");
        }
    }

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public PersonQuery {
        words = List.copyOf(words);
        mustBePage(page, size);
    }

    static void mustBePage(int page, int size) {
        if (page < 1 || size < 1 || size > LARGEST) {
            throw new Refusal(Fault.INVALID, "a page has a number from 1 and 1 to 500 lines");
        }
    }
}
