package io.fairlead.enterprise.people;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Where something is done: in a region, at a customer, on a model. Null is all of them, and only a grant for all of them
 * covers it: people of a customer are in no region, people of the vendor at no customer.
 */
public record Scope(
        @Nullable String region,
        @Nullable String customer,
        @Nullable String model) {
    /** The whole platform. */
    public static final Scope PLATFORM = new Scope(null, null, null);

    /** Where a customer's people are, or the vendor's own when it is null. */
    public static Scope ofPeople(@Nullable String customer) {
        return new Scope(null, customer, null);
    }

    /** For people: what it is confined to. */
    public String words() {
        StringJoiner words = new StringJoiner(", ");
        add(words, "region", region);
        add(words, "customer", customer);
        add(words, "model", model);
        return words.length() == 0 ? "everywhere" : words.toString();
    }

    private static void add(StringJoiner words, String what, @Nullable String value) {
        if (value != null) {
            words.add(what + " " + value);
        }
    }
}
