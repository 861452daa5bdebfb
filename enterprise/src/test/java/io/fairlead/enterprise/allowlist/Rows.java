package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rows for tests. */
final class Rows {
    private Rows() {}

    static Row of(String host, Integer... ports) {
        return of(host, Set.of(ports), Set.of());
    }

    static Row of(String host, Set<Integer> ports, Set<Integer> further) {
        return new Row(
                HostName.of(host),
                Protocol.TCP,
                new TreeSet<>(ports),
                new TreeSet<>(further),
                new TreeSet<>(),
                Optional.empty(),
                new Remark("Status messages"),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    static Row until(Row row, Instant end) {
        return new Row(
                row.to(),
                row.protocol(),
                row.ports(),
                row.furtherPorts(),
                row.products(),
                row.region(),
                row.purpose(),
                row.required(),
                row.since(),
                Optional.of(end),
                row.notes());
    }
}
