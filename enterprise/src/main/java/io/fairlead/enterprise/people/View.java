package io.fairlead.enterprise.people;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of the fleet that a list may show, as three arrays of equal length for {@code fairlead_in_view}: a device is in
 * view when one position fits its region, customer and model; an empty text there fits all. Null arrays show everything.
 *
 * @param places nothing is shown when there is none; null for everything
 */
public record View(@Nullable List<Scope> places) {
    public static final View EVERYTHING = new View(null);

    public boolean isEverything() {
        return places == null;
    }

    /** Whether it shows nothing. */
    public boolean isEmpty() {
        return places != null && places.isEmpty();
    }

    public String @Nullable [] regions() {
        return column(Scope::region);
    }

    public String @Nullable [] customers() {
        return column(Scope::customer);
    }

    public String @Nullable [] models() {
        return column(Scope::model);
    }

    private String @Nullable [] column(Function<Scope, @Nullable String> of) {
        return places == null
                ? null
                : places.stream()
                        .map(place -> {
                            String value = of.apply(place);
                            return value == null ? "" : value;
                        })
                        .toArray(String[]::new);
    }
}
