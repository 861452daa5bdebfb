package io.fairlead.firewall.format;

import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Lists as the tests render them. */
final class Lists {
    static final Instant ISSUED = Instant.parse("2026-11-22T08:00:00Z");
    static final Instant LATER = Instant.parse("2026-12-01T00:00:00Z");
    static final Row AGENTS = row("agents.service.example", Set.of(443), Set.of(17_001, 17_002));
    static final Row NETWORK = row("203.0.113.0/24", Set.of(443), Set.of());
    static final Row NETWORK_6 = row("2001:db8::/48", Set.of(443, 8443), Set.of());
    static final Row LOST = row("lost.service.example", Set.of(443), Set.of());
    static final Row ANNOUNCED = new Row(
            new HostName("new.service.example"),
            Protocol.UDP,
            new TreeSet<>(Set.of(123)),
            new TreeSet<>(),
            new TreeSet<>(Set.of(new Word("blood-analysers"))),
            Optional.of(new Word("eu")),
            new Remark("Time, \"from\" us & others"),
            false,
            Optional.of(LATER),
            Optional.of(Instant.parse("2027-06-30T00:00:00Z")),
            List.of(new Remark("Do not inspect"), new Remark("=1+1")));

    /** Everything as long as it may be, from everywhere to everywhere. */
    static final Row LONGEST = new Row(
            Destination.of("0.0.0.0/0"),
            Protocol.TCP,
            new TreeSet<>(Set.of(443)),
            new TreeSet<>(IntStream.range(64_000, 64_040).boxed().toList()),
            new TreeSet<>(),
            Optional.empty(),
            new Remark("x".repeat(300)),
            true,
            Optional.empty(),
            Optional.empty(),
            List.of(new Remark("y".repeat(300))));

    private Lists() {}

    /** A name with both kinds of addresses, one that leads nowhere, both kinds of networks, and one that is announced. */
    static Allowlist all() {
        return of(List.of(AGENTS, LOST, ANNOUNCED, NETWORK, NETWORK_6));
    }

    static Allowlist of(List<Row> rows) {
        return new Allowlist(
                new Remark("Example Diagnostics remote service"),
                new Word("2026112201"),
                ISSUED,
                rows,
                List.of(),
                new Addresses(
                        ISSUED,
                        Map.of(
                                new HostName("agents.service.example"),
                                List.of(Cidr.of("192.0.2.7"), Cidr.of("2001:db8:1::7")),
                                new HostName("new.service.example"),
                                List.of(Cidr.of("192.0.2.8")))));
    }

    static Allowlist from(Allowlist list, Cidr... sources) {
        return new Allowlist(
                list.title(), list.version(), list.issued(), list.rows(), List.of(sources), list.addresses());
    }

    static Row row(String to, Set<Integer> ports, Set<Integer> further) {
        return new Row(
                Destination.of(to),
                Protocol.TCP,
                new TreeSet<>(ports),
                new TreeSet<>(further),
                new TreeSet<>(),
                Optional.empty(),
                new Remark("Status and files"),
                true,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
