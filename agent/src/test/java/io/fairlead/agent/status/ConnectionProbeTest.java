package io.fairlead.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.Route;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.contract.agent.DataItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConnectionProbeTest {
    private final AtomicReference<Optional<String>> way = new AtomicReference<>(Optional.empty());
    private final AtomicInteger hold = new AtomicInteger();
    private final ConnectionProbe probe = new ConnectionProbe(way::get, hold::get);

    private List<String> look() {
        Batch batch = new Batch();
        probe.look(batch);
        List<String> said = new ArrayList<>();
        for (DataItem item : batch.values().values()) {
            said.add(item.getName() + "=" + item.getText());
        }
        return said;
    }

    @Test
    void the_way_out_is_said_when_it_changes_and_each_tenth_time() {
        assertThat(look()).isEmpty();
        way.set(Optional.of(new Route.Direct().kind()));
        hold.set(50);
        assertThat(look()).containsExactly("agent/way=direct", "agent/poll-hold=50 s");
        assertThat(look()).isEmpty();
        way.set(Optional.of(new Route.HttpProxy(ServerAddress.parse("proxy.hospital:8080")).kind()));
        // Names neither the proxy nor an account.
        assertThat(look()).containsExactly("agent/way=HTTP proxy", "agent/poll-hold=50 s");
        for (int i = 0; i < 6; i++) {
            assertThat(look()).isEmpty();
        }
        assertThat(look()).containsExactly("agent/way=HTTP proxy", "agent/poll-hold=50 s");
    }
}
