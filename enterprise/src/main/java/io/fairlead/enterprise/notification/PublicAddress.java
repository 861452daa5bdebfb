package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.login.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are somebody's on the Internet, by IANA's registries of special addresses (RFC 6890): what is left when
 * everything is taken away that means this machine, its neighbours, a network of one's own, a cloud's metadata, a
 * documentation, or an IPv4 address in IPv6's clothes. IPv4-mapped addresses are IPv4 before they come here.
 */
final class PublicAddress {
    private static final List<AddressRange> NOT_IPV4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");
    /** Of IPv6 only this is given to anybody. */
    private static final AddressRange GLOBAL = AddressRange.of("2000::/3");

    /** Protocol assignments with Teredo and ORCHID, documentation, 6to4, SRv6. */
    private static final List<AddressRange> NOT_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private PublicAddress() {}

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::of).toList();
    }

    static boolean is(InetAddress address) {
        return address instanceof Inet4Address
                ? NOT_IPV4.stream().noneMatch(range -> range.holds(address))
                : GLOBAL.holds(address) && NOT_IPV6.stream().noneMatch(range -> range.holds(address));
    }
}
