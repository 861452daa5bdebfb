package io.fairlead.perf.compare;

import java.util.List;
import java.util.Optional;

/** All rows, in the order in which they are measured and told. */
record Rows(List<Row> all) {
    Rows {
        all = List.copyOf(all);
    }

    static Rows known() {
        return new Rows(List.of(
                new IngestRow(),
                new ParkedRow(),
                new WakeRow(),
                new TunnelRow(),
                new StormRow(),
                new AgentRow(),
                new ServicesRow(),
                new AllowlistRow(),
                new CrowdRow()));
    }

    List<String> names() {
        return all.stream().map(Row::name).toList();
    }

    Optional<Row> named(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
