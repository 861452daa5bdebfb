package io.fairlead.agent.reach;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Rows of a list, as tests want them. */
public final class TestRows {
    private TestRows() {}

    static Row row(ServerAddress to, boolean required) {
        return row(to.host(), to.port(), required);
    }

    public static Row row(String to, int port, boolean required) {
        return row(to, Protocol.TCP, port, required);
    }

    static Row row(String to, Protocol protocol, int port, boolean required) {
        return new Row(
                Destination.of(to),
                protocol,
                new TreeSet<>(List.of(port)),
                new TreeSet<>(),
                new TreeSet<>(),
                Optional.empty(),
                new Remark("Status messages"),
                required,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
