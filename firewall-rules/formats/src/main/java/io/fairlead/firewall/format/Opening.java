package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * One rule of a firewall: rows that lead to the same place by the same protocol and ports.
 *
 * @param rows at least one
 */
record Opening(Destination to, Protocol protocol, SortedSet<Integer> ports, List<Row> rows) {
    private static final String NO_RULE = ", no rule: none of the source networks is of this kind of addresses";

    private record Place(Destination to, Protocol protocol, SortedSet<Integer> ports) {}

    /** Of rows, in their order. */
    static List<Opening> of(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> new Place(row.to(), row.protocol(), row.allPorts()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .entrySet()
                .stream()
                .map(each -> new Opening(
                        each.getKey().to(),
                        each.getKey().protocol(),
                        each.getKey().ports(),
                        List.copyOf(each.getValue())))
                .toList();
    }

    /** The networks that may dial it: of its own kind of addresses where it has one. */
    List<Cidr> sources(Allowlist list) {
        return list.sources().stream()
                .filter(each -> !(to instanceof Cidr network) || network.isIpv4() == each.isIpv4())
                .toList();
    }

    /** Whether none of the networks that were given can dial it. */
    boolean isOutOfReach(Allowlist list) {
        return !list.sources().isEmpty() && sources(list).isEmpty();
    }

    /** What it is for, the most important first: comments are cut at their end. */
    String says(Allowlist list) {
        return list.version() + (isOutOfReach(list) ? NO_RULE : "") + said(rows, list.issued());
    }

    /** Of all that lead to a place, for what knows the place but not the rule. */
    static String says(Destination to, Collection<Opening> all, Allowlist list) {
        List<Opening> there = all.stream().filter(each -> each.to.equals(to)).toList();
        return list.version()
                + (there.stream().anyMatch(each -> each.isOutOfReach(list)) ? NO_RULE : "")
                + there.stream()
                        .map(each ->
                                ", " + each.protocol.text() + " " + each.ports(" ") + said(each.rows, list.issued()))
                        .collect(Collectors.joining(" / "));
    }

    /** In their order. */
    String ports(String between) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(between));
    }

    private static String said(List<Row> rows, Instant issued) {
        return rows.stream().map(row -> said(row, issued)).distinct().collect(Collectors.joining(" / "));
    }

    private static String said(Row row, Instant issued) {
        String notes = row.notes().stream().map(Remark::value).map(". "::concat).collect(Collectors.joining());
        return Dates.behind(row, issued) + (row.required() ? "" : ", not required") + ": " + row.purpose() + notes;
    }
}
