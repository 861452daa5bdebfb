package io.fairlead.firewall;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What names led to when they were asked for, for firewalls that do not know names.
 *
 * @param at when they were resolved
 * @param of each name's addresses; none for a name that was not found
 */
public record Addresses(Instant at, Map<HostName, List<Cidr>> of) {
    public Addresses {
        of = Map.copyOf(of);
    }

    /** Of a host or a network. */
    public List<Cidr> of(Destination to) {
        return to instanceof Cidr network ? List.of(network) : of.getOrDefault((HostName) to, List.of());
    }
}
