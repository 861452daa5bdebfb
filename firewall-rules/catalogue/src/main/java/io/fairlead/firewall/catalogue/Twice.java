package io.fairlead.firewall.catalogue;

import io.fairlead.firewall.Destination;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds services that say the same: one port of one host, for the same instruments, at the same time. */
final class Twice {
    private record Opening(Destination to, Protocol protocol, int port) {}

    private final Marks marks;

    Twice(Marks marks) {
        this.marks = marks;
    }

    /**
     * @param rows by their numbers among the services
     */
    void judge(Map<Integer, Row> rows) {
        Map<Opening, List<Row>> before = new HashMap<>();
        rows.forEach((number, row) -> {
            for (int port : row.allPorts()) {
                List<Row> same =
                        before.computeIfAbsent(new Opening(row.to(), row.protocol(), port), key -> new ArrayList<>());
                if (same.stream().anyMatch(other -> meet(row, other))) {
                    marks.refuse(
                            "/services/" + number,
                            "twice",
                            "a service before this one has " + row.to().text() + " and "
                                    + row.protocol().text() + " port " + port
                                    + " already, for the same products, region and time");
                }
                same.add(row);
            }
        });
    }

    private static boolean meet(Row one, Row other) {
        return (one.products().isEmpty()
                        || other.products().isEmpty()
                        || !Collections.disjoint(one.products(), other.products()))
                && (one.region().isEmpty()
                        || other.region().isEmpty()
                        || one.region().equals(other.region()))
                && begins(one).isBefore(ends(other))
                && begins(other).isBefore(ends(one));
    }

    private static Instant begins(Row row) {
        return row.since().orElse(Instant.MIN);
    }

    private static Instant ends(Row row) {
        return row.until().orElse(Instant.MAX);
    }
}
