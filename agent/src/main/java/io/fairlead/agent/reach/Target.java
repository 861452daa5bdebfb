package io.fairlead.agent.reach;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One port of one row. */
public record Target(Row row, int port) {
    /** Every port of these rows, those that are needed first. */
    static List<Target> of(List<Row> rows) {
        List<Target> needed = new ArrayList<>();
        List<Target> further = new ArrayList<>();
        for (Row row : rows) {
            row.ports().forEach(port -> (row.required() ? needed : further).add(new Target(row, port)));
            row.furtherPorts().forEach(port -> further.add(new Target(row, port)));
        }
        needed.addAll(further);
        return needed;
    }

    /** Whether the product fails without it, today. */
    boolean required(Instant now) {
        return row.required() && row.ports().contains(port) && row.inEffect(now);
    }

    String host() {
        return row.to().text();
    }

    String protocol() {
        return row.protocol().name();
    }

    /** As IT says it, such as {@code TCP 443 to agents.example}. */
    String text() {
        return protocol() + " " + port + " to " + host();
    }

    /** Why it cannot be tried; empty when it can. */
    Optional<String> untried() {
        return row.protocol() == Protocol.UDP
                ? Optional.of("UDP answers nobody who only knocks: not checked")
                : row.to() instanceof Cidr network && !network.isOneAddress()
                        ? Optional.of("a network, of which no host is known: not checked")
                        : Optional.empty();
    }

    /** Where to dial; only for one that can be tried. */
    ServerAddress address() {
        return new ServerAddress(row.to() instanceof Cidr one ? one.address() : host(), port);
    }
}
