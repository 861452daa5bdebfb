package io.fairlead.agent.link;

import java.util.Locale;
import java.util.Optional;

/** One way to a server: straight, or through a proxy of the site. */
public sealed interface Route {
    /** The proxy on the way; empty for the straight way. */
    Optional<ServerAddress> proxy();

    /** What kind of way it is, in words that name nobody: direct, HTTP proxy, SOCKS proxy. */
    String kind();

    /** No proxy. */
    record Direct() implements Route {
        @Override
        public Optional<ServerAddress> proxy() {
            return Optional.empty();
        }

        @Override
        public String kind() {
            return "direct";
        }

        @Override
        public String toString() {
            return "direct";
        }
    }

    /** HTTP CONNECT (RFC 9110 section 9.3.6). */
    record HttpProxy(ServerAddress address) implements Route {
        @Override
        public Optional<ServerAddress> proxy() {
            return Optional.of(address);
        }

        @Override
        public String kind() {
            return "HTTP proxy";
        }

        @Override
        public String toString() {
            return "http://" + address;
        }
    }

    /** SOCKS 5 (RFC 1928). */
    record SocksProxy(ServerAddress address) implements Route {
        @Override
        public Optional<ServerAddress> proxy() {
            return Optional.of(address);
        }

        @Override
        public String kind() {
            return "SOCKS proxy";
        }

        @Override
        public String toString() {
            return "socks5://" + address;
        }
    }

    /**
     * Reads {@code direct}, {@code http://HOST:PORT} or {@code socks5://HOST:PORT}.
     *
     * @throws IllegalArgumentException saying what is wrong with it, without a user or password that may stand in it
     */
    static Route parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("direct")) {
            return new Direct();
        }
        int slashes = text.indexOf("://");
        if (text.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a proxy's user and password do not stand in its address");
        }
        if (lower.startsWith("http://")) {
            return new HttpProxy(ServerAddress.parse(text.substring(slashes + 3)));
        }
        if (lower.startsWith("socks5://")) {
            return new SocksProxy(ServerAddress.parse(text.substring(slashes + 3)));
        }
        throw new IllegalArgumentException("\"" + text + "\" is not direct, http://HOST:PORT or socks5://HOST:PORT");
    }
}
