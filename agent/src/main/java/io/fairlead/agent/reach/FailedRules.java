package io.fairlead.agent.reach;

import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.format.Format;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rules that would let out what failed, in the language of a firewall. */
final class FailedRules {
    private FailedRules() {}

    /**
     * Empty text when nothing failed.
     *
     * @param now when names are resolved for a format that needs addresses
     */
    static String of(Report report, Source source, Format format, Instant now) {
        Map<Row, SortedSet<Integer>> ports = new LinkedHashMap<>();
        report.findings().stream()
                .filter(Finding::failed)
                .forEach(each -> ports.computeIfAbsent(each.target().row(), row -> new TreeSet<>())
                        .add(each.target().port()));
        List<Row> rows = new ArrayList<>();
        ports.forEach((row, failed) -> rows.add(row.withPorts(failed, new TreeSet<>())));
        rows.sort(Row.ORDER);
        return rows.isEmpty()
                ? ""
                : format.render(new Allowlist(
                        source.title(),
                        source.version(),
                        report.at(),
                        rows,
                        List.of(),
                        new Addresses(now, format.needsAddresses() ? addresses(rows) : Map.of())));
    }

    private static Map<HostName, List<Cidr>> addresses(List<Row> rows) {
        Map<HostName, List<Cidr>> found = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.to() instanceof HostName name) {
                found.computeIfAbsent(name, FailedRules::resolved);
            }
        }
        return found;
    }

    private static List<Cidr> resolved(HostName name) {
        try {
            return Stream.of(InetAddress.getAllByName(name.value()))
                    .map(Cidr::of)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
