package io.fairlead.enterprise.login;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies in front of the people's listener whose X-Forwarded-For is believed. From anybody else that header is a claim
 * and is not read.
 */
public final class Proxies {
    private final List<AddressRange> ranges;

    private Proxies(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Proxies proxies && ranges.equals(proxies.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }

    /**
     * Of addresses and ranges such as {@code 10.0.0.7} and {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException that says which is none
     */
    public static Proxies of(List<String> texts) {
        return new Proxies(texts.stream().map(AddressRange::of).toList());
    }

    /**
     * Who asks: the peer; where that is a proxy of ours, the last address in X-Forwarded-For that is not; where it names
     * none, the proxy itself.
     *
     * @param peer the socket's other end, as a literal
     * @param forwardedFor all lines of the header, in order, joined by commas; null when there is none
     */
    public Address visitor(String peer, @Nullable String forwardedFor) {
        Optional<InetAddress> socket = Address.parse(peer);
        if (socket.isEmpty()) {
            return new Address("unknown", "unknown", false);
        }
        InetAddress nearest = socket.get();
        String[] hops = forwardedFor == null ? new String[0] : forwardedFor.split(",", -1);
        for (int hop = hops.length - 1; hop >= 0 && isOurs(nearest); hop--) {
            Optional<InetAddress> before = Address.parse(hops[hop]);
            if (before.isEmpty()) {
                break;
            }
            nearest = before.get();
        }
        return Address.of(nearest, isOurs(nearest));
    }

    private boolean isOurs(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }
}
