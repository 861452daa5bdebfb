package io.fairlead.firewall.format;

import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;

/**
 * Names of a firewall's objects, from nothing but host names, addresses and ports: letters, digits, hyphens and
 * underscores, and full stops where the maker allows them. Two things never share a name: no host name holds an underscore,
 * hosts, networks, ports and sources begin differently, and what is cut ends in a piece of the whole name's SHA-256.
 *
 * @param longest characters
 * @param dots whether a name may hold full stops
 */
record ObjectNames(int longest, boolean dots) {
    private static final int HASH = 8;

    /** {@code FL-agents.service.example}, {@code FLN-203.0.113.0_24}. */
    String of(Destination to) {
        return of(to, "");
    }

    /** With an end of letters, digits and hyphens that is never cut. */
    String of(Destination to, String end) {
        return fit(whole(to), end);
    }

    /** {@code FL-agents.service.example-443_17001}: no host name ends so. */
    String of(Opening opening) {
        return fit(whole(opening.to()) + "-" + ports(opening), "");
    }

    /** {@code FLP-tcp-443}. */
    String of(Protocol protocol, int port) {
        return fit("FLP-" + protocol.text() + "-" + port, "");
    }

    /** Of all its ports: {@code FLP-tcp-443_17001}. */
    String group(Opening opening) {
        return fit("FLP-" + opening.protocol().text() + "-" + opening.ports("_"), "");
    }

    /** Of something that the other names do not fit, such as {@code FLS-4-10.1.0.0_16}. */
    String of(String text) {
        return fit(text, "");
    }

    private static String ports(Opening opening) {
        return (opening.protocol() == Protocol.TCP ? "" : opening.protocol().text()) + opening.ports("_");
    }

    private static String whole(Destination to) {
        return (to instanceof HostName ? "FL-" : "FLN-") + to.text();
    }

    private String fit(String name, String end) {
        String fit = (dots ? name : name.replace('.', '_')).replaceAll("[:/]", "_");
        if (fit.length() + end.length() <= longest) {
            return fit + end;
        }
        String hash = "-" + Fingerprint.of(name).substring(0, HASH) + end;
        return fit.substring(0, longest - hash.length()).replaceAll("[-._]+$", "") + hash;
    }
}
