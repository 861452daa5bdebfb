package io.fairlead.agent.link;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which servers are reached without the proxy of the environment: names with all that is below them, addresses, networks
 * such as {@code 10.0.0.0/8}, each with a port or without; {@code *} for all. This PC itself is always one.
 */
final class NoProxy {
    private final List<String> entries;

    NoProxy(String list) {
        this.entries = Arrays.stream(list.split("[,\\s]+"))
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    boolean matches(ServerAddress server) {
        String host = server.host().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        return (server.isLiteral() && address(host).isLoopbackAddress())
                || entries.stream().anyMatch(entry -> matches(entry, server, host));
    }

    private static boolean matches(String entry, ServerAddress server, String host) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.indexOf('/') > 0) {
            return server.isLiteral() && within(entry, address(host));
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        boolean port = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (port) {
            if (!entry.substring(colon + 1).equals(Integer.toString(server.port()))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = name.replaceAll("^\\[|]$", "").replaceAll("^\\*?\\.", "");
        return host.equals(name) || (!server.isLiteral() && host.endsWith("." + name));
    }

    private static boolean within(String network, InetAddress address) {
        int slash = network.indexOf('/');
        String base = network.substring(0, slash);
        String bits = network.substring(slash + 1);
        if (!ServerAddress.isLiteral(base)) {
            return false;
        }
        byte[] net = address(base).getAddress();
        byte[] own = address.getAddress();
        if (net.length != own.length || !bits.matches("\\d{1,3}") || Integer.parseInt(bits) > net.length * 8) {
            return false;
        }
        int rest = net.length * 8 - Integer.parseInt(bits);
        return new BigInteger(1, net).shiftRight(rest).equals(new BigInteger(1, own).shiftRight(rest));
    }

    /** Of a literal: nothing is looked up. */
    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress();
        }
    }
}
