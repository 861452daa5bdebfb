package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.login.AddressRange;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * A host that an operator named: notifications may be sent there, on one port.
 *
 * @param host a name, or an address
 * @param plain whether http is taken beside https
 * @param networks of addresses that are not public those that are meant; at most {@value #MOST_NETWORKS}
 */
public record Receiver(
        String host, int port, boolean plain, List<AddressRange> networks, Instant namedAt, String namedBy) {
    static final int MOST_NETWORKS = 16;

    public Receiver {
        networks = List.copyOf(networks);
    }

    /** What is named. */
    public record Wish(String host, int port, boolean plain, List<AddressRange> networks) {
        /** Throws Refusal: ENDPOINT_REFUSED, INVALID. */
        public static Wish of(String host, int port, boolean plain, List<String> networks) {
            if (networks.size() > MOST_NETWORKS) {
                throw new Refusal(Fault.INVALID, "at most " + MOST_NETWORKS + " networks");
            }
            return new Wish(
                    HostName.of(host).text(),
                    Endpoint.mustBeForUse(port),
                    plain,
                    networks.stream().map(Wish::network).toList());
        }

        private static AddressRange network(String text) {
            try {
                AddressRange range = AddressRange.of(text);
                if (!range.isExact()) {
                    throw new Refusal(
                            Fault.INVALID, "\"" + range + "\" is no network: write its first address before the slash");
                }
                return range;
            } catch (IllegalArgumentException none) {
                throw new Refusal(Fault.INVALID, String.valueOf(none.getMessage()), none);
            }
        }
    }

    /** Whether a connection to this address is meant: a public one, or one of a network that the operator named. */
    boolean takes(InetAddress address) {
        return PublicAddress.is(address) || networks.stream().anyMatch(range -> range.holds(address));
    }

    /** As the audit and people read it. */
    String place() {
        return host + ":" + port;
    }
}
