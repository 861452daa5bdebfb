package io.fairlead.firewall;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One thing that a firewall is to let out: always outbound, never in.
 *
 * @param to where it leads
 * @param ports that are dialled there
 * @param furtherPorts that are dialled as well where a site lets them out, and that nothing needs; at least one port in
 *     both
 * @param products whose instruments dial it; none for all
 * @param region whose instruments dial it; empty for all
 * @param required whether the product fails without it
 * @param since from when on it is dialled; empty for long since
 * @param until from when on it is no longer; empty for no end
 * @param notes what else IT should know, such as not to inspect TLS
 */
public record Row(
        Destination to,
        Protocol protocol,
        SortedSet<Integer> ports,
        SortedSet<Integer> furtherPorts,
        SortedSet<Word> products,
        Optional<Word> region,
        Remark purpose,
        boolean required,
        Optional<Instant> since,
        Optional<Instant> until,
        List<Remark> notes) {
    private static final int HIGHEST_PORT = 65_535;

    /** By host, as lists are read. */
    public static final Comparator<Row> ORDER = Comparator.comparing((Row row) -> row.to.text())
            .thenComparing(Row::protocol)
            .thenComparing(row -> row.purpose.value());

    public Row {
        if (ports.isEmpty() && furtherPorts.isEmpty()) {
            throw new IllegalArgumentException("has no port");
        }
        for (Collection<Integer> each : List.of(ports, furtherPorts)) {
            for (int port : each) {
                if (port < 1 || port > HIGHEST_PORT) {
                    throw new IllegalArgumentException("port " + port + " is not 1 to " + HIGHEST_PORT);
                }
            }
        }
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            throw new IllegalArgumentException("ends before it begins");
        }
        ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
        furtherPorts = Collections.unmodifiableSortedSet(without(furtherPorts, ports));
        products = Collections.unmodifiableSortedSet(new TreeSet<>(products));
        notes = List.copyOf(notes);
    }

    private static SortedSet<Integer> without(Collection<Integer> all, Collection<Integer> some) {
        SortedSet<Integer> rest = new TreeSet<>(all);
        boolean unused = rest.removeAll(some);
        return rest;
    }

    /** Those that are needed and those that are not, in their order. */
    public SortedSet<Integer> allPorts() {
        SortedSet<Integer> all = new TreeSet<>(ports);
        all.addAll(furtherPorts);
        return all;
    }

    /** The same with other ports. */
    public Row withPorts(SortedSet<Integer> needed, SortedSet<Integer> further) {
        return new Row(to, protocol, needed, further, products, region, purpose, required, since, until, notes);
    }

    /** The same from another time on. */
    public Row from(Optional<Instant> other) {
        return new Row(to, protocol, ports, furtherPorts, products, region, purpose, required, other, until, notes);
    }

    /** Whether it is dialled then. */
    public boolean inEffect(Instant at) {
        return since.map(from -> !at.isBefore(from)).orElse(true) && !isOver(at);
    }

    /** Whether it is not dialled any more then. */
    public boolean isOver(Instant at) {
        return until.map(end -> !at.isBefore(end)).orElse(false);
    }
}
