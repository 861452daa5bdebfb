package io.fairlead.firewall.catalogue;

import io.fairlead.firewall.Word;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whose instruments dial something.
 *
 * @param region empty for all
 * @param products none for all
 */
public record Place(Optional<Word> region, SortedSet<Word> products) {
    public Place {
        products = Collections.unmodifiableSortedSet(new TreeSet<>(products));
    }
}
