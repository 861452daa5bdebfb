package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Selection;
import io.fairlead.firewall.format.Format;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is published now.
 *
 * @param editions the newest first, as many as differences are told of; at least one
 * @param addresses of the names in the newest
 */
public record Published(List<Edition> editions, Addresses addresses) {
    public Published {
        editions = List.copyOf(editions);
        if (editions.isEmpty()) {
            throw new IllegalArgumentException("nothing is published");
        }
    }

    public Edition newest() {
        return editions.get(0);
    }

    /**
     * What somebody's firewall is told of the newest.
     *
     * @param portion the part that his devices dial
     * @param sources from which networks his instruments dial; none for anywhere
     * @param at the time by which rows are in effect, announced or over
     */
    public Allowlist list(Portion portion, Selection selection, List<Cidr> sources, Format format, Instant at) {
        Edition newest = newest();
        return new Allowlist(
                newest.list().title(),
                newest.list().version(),
                newest.list().issued(),
                selection.of(portion.of(newest.list().rows())).stream()
                        .filter(row -> !row.isOver(at))
                        .filter(row -> !format.isDynamic() || row.inEffect(at))
                        // A date that has passed is of no interest, and would be one that is to come for a list issued
                        // before.
                        .map(row -> row.inEffect(at) ? row.from(Optional.empty()) : row)
                        .toList(),
                sources,
                addresses);
    }
}
