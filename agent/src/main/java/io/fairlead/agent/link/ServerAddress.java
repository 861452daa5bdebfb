package io.fairlead.agent.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an enterprise server listens for agents.
 *
 * @param host a DNS name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9]+)?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern TEXT = Pattern.compile("(?:\\[([^\\[\\]]*)]|([^\\[\\]:]*)):([0-9]{1,5})");

    public ServerAddress {
        if (!NAME.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw new IllegalArgumentException("\"" + host + "\" is neither a host name nor an address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    /**
     * Reads {@code host:port} or {@code [ipv6]:port}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ServerAddress parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not HOST:PORT or [IPV6]:PORT");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return new ServerAddress(host, Integer.parseInt(parts.group(3)));
    }

    /** Whether the host is an address that needs no looking up. */
    boolean isLiteral() {
        return isLiteral(host);
    }

    static boolean isLiteral(String host) {
        return IPV6.matcher(host).matches() || IPV4.matcher(host).matches();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
