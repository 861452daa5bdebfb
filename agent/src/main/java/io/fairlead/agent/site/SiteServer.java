package io.fairlead.agent.site;

/** A server that the agent may talk to. An IPv6 address stands without brackets in {@code host}. */
public record SiteServer(String host, int port) {
    public SiteServer {
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '@')) {
            throw new IllegalArgumentException("\"" + host + "\" is no host");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
        }
    }

    /** {@code HOST:PORT}, an IPv6 address in brackets. */
    static SiteServer parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        if (colon <= 0 || !port.matches("\\d{1,5}") || (host.indexOf(':') >= 0 && !brackets)) {
            throw new IllegalArgumentException("\"" + text + "\" is not HOST:PORT (an IPv6 address in brackets)");
        }
        return new SiteServer(brackets ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
