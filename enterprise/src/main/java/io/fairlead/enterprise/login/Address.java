package io.fairlead.enterprise.login;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where somebody comes from, never looked up by name.
 *
 * @param text as people read it
 * @param network what is counted and blocked: an IPv4 address, or the /64 of an IPv6 one, since whoever has one of those
 *     has all
 * @param proxy whether it is one of our own proxies, which did not say for whom it asks
 */
public record Address(String text, String network, boolean proxy) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV4_WITH_PORT = Pattern.compile("(" + IPV4.pattern() + "):\\d{1,5}");
    private static final Pattern BRACKETS = Pattern.compile("\\[([0-9A-Fa-f:.]+)](:\\d{1,5})?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    static Address of(InetAddress address, boolean proxy) {
        String text = address.getHostAddress();
        if (address instanceof Inet6Address) {
            byte[] prefix = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
            return new Address(text, bytes(prefix).getHostAddress() + "/64", proxy);
        }
        return new Address(text, text, proxy);
    }

    /** A literal, as sockets and proxies write it: perhaps with a port, brackets or a zone. Empty for anything else. */
    static Optional<InetAddress> parse(String literal) {
        String text = literal.strip();
        if (IPV4_WITH_PORT.matcher(text).matches()) {
            text = text.substring(0, text.indexOf(':'));
        } else if (BRACKETS.matcher(text).matches()) {
            text = text.substring(1, text.indexOf(']'));
        } else if (text.indexOf('%') > 0) {
            text = text.substring(0, text.indexOf('%'));
        }
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // Both forms are literals: the resolver is not asked. IPv4 within IPv6 comes out as IPv4.
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    private static InetAddress bytes(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("sixteen bytes are an address", impossible);
        }
    }

    static boolean sameFamily(InetAddress one, InetAddress other) {
        return one instanceof Inet4Address == other instanceof Inet4Address;
    }
}
