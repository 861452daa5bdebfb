package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * There is no pfSense here. What is written is held against what Netgate says of its import
 * (docs.netgate.com/pfsense/en/latest/firewall/aliases-import.html: an entry a line, then blank and description; ports in a
 * tab of their own) and of aliases (aliases-config.html: letters, digits and underscores; aliases-types.html: names,
 * addresses and networks), and against the import page's own checks: at most 31 characters a name, fewer than 200 a
 * description.
 */
class PfsenseTest {
    @Test
    void each_alias_is_of_what_the_import_takes_and_hosts_have_only_their_own_ports() {
        Set<Integer> many = IntStream.range(1000, 1040).boxed().collect(Collectors.toSet());
        List<io.fairlead.firewall.Row> rows = List.of(
                Lists.AGENTS,
                Lists.LOST,
                Lists.ANNOUNCED,
                Lists.NETWORK,
                Lists.NETWORK_6,
                Lists.row("many.service.example", many, Set.of()));
        String text = new Pfsense().render(Lists.from(Lists.of(rows), Cidr.of("10.1.0.0/16")));
        Set<String> names = new HashSet<>();
        boolean ports = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("# Alias ")) {
                assertThat(line).matches("# Alias [A-Za-z0-9_]{1,31} \\((IP|Ports)\\)");
                assertThat(names.add(line)).as(line).isTrue();
                ports = line.endsWith("(Ports)");
            } else if (!line.startsWith("#") && !line.isBlank()) {
                assertThat(line).matches(ports ? "[0-9]{1,5}" : "[^ ]+ [A-Za-z0-9 .,:/()+_-]{1,199}");
                if (!ports) {
                    assertThat(Destination.of(line.substring(0, line.indexOf(' '))))
                            .isNotNull();
                }
            }
        }
        assertThat(names).hasSize(11);
        assertThat(text).contains("# Alias FL_TO_TCP_443 (IP)\nlost.service.example ");
        assertThat(text).contains("# Alias FL_PORTS_TCP_443_17001_17002 (Ports)\n443\n17001\n17002\n");
    }
}
