package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Destination;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing that one rule lets out; rows are made of them. */
record Opening(Destination to, Protocol protocol, int port) {
    /** The openings of rows, each with the first row that has it. */
    static Map<Opening, Row> of(List<Row> rows) {
        Map<Opening, Row> all = new LinkedHashMap<>();
        for (Row row : rows) {
            for (int port : row.allPorts()) {
                Row unusedFirst = all.putIfAbsent(new Opening(row.to(), row.protocol(), port), row);
            }
        }
        return all;
    }
}
