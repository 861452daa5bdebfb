package io.fairlead.firewall;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which rows somebody asks for.
 *
 * @param product one product line's; empty for all
 * @param region one region's; empty for all
 * @param host one host's; empty for all
 * @param onlyNeeded leaves out ports that nothing needs: the site lets out 443 alone
 */
public record Selection(Optional<Word> product, Optional<Word> region, Optional<HostName> host, boolean onlyNeeded) {
    /** All rows, all ports. */
    public static final Selection ALL = new Selection(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** In the order of lists. */
    public List<Row> of(List<Row> rows) {
        return rows.stream()
                .filter(row -> product.isEmpty()
                        || row.products().isEmpty()
                        || row.products().contains(product.get()))
                .filter(row -> region.isEmpty()
                        || row.region().isEmpty()
                        || row.region().equals(region))
                .filter(row -> host.isEmpty() || row.to().equals(host.get()))
                .filter(row -> !onlyNeeded || !row.ports().isEmpty())
                .map(row -> onlyNeeded ? row.withPorts(row.ports(), new TreeSet<>()) : row)
                .sorted(Row.ORDER)
                .toList();
    }
}
