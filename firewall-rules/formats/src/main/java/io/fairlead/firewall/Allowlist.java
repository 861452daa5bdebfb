package io.fairlead.firewall;

import java.time.Instant;
import java.util.List;

/**
 * What is rendered: rows that were selected, and what a firewall has to know beside them.
 *
 * @param title whose list it is, for the head of each file
 * @param version as published; or what it was made from, for a list that never was
 * @param issued when it was made
 * @param rows in order; those that are over are not among them
 * @param sources from which networks the instruments dial; none for anywhere
 * @param addresses of the names in the rows
 */
public record Allowlist(
        Remark title, Word version, Instant issued, List<Row> rows, List<Cidr> sources, Addresses addresses) {
    public Allowlist {
        rows = List.copyOf(rows);
        sources = List.copyOf(sources);
    }

    /** Rows that are dialled at the time of issue: others are announced. */
    public List<Row> inEffect() {
        return rows.stream().filter(row -> row.inEffect(issued)).toList();
    }
}
