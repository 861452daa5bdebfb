package io.fairlead.perf.fleet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person carries from the enterprise to an instrument.
 *
 * @param host of the agents' listener; an IPv6 address without brackets
 * @param rootKeyHash base64url of SHA-256 over the root's SubjectPublicKeyInfo
 */
record EnrolmentString(String host, int port, String codeId, String secret, String rootKeyHash) {
    private static final Pattern PARTS =
            Pattern.compile("fairlead:1:(\\[[^\\[\\]]*]|[^\\[\\]:]*):([0-9]{1,5}):([^:]+):([^:]+):([A-Za-z0-9_-]{43})");

    /** @throws IllegalArgumentException for what is none, without the secret in its message */
    static EnrolmentString parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("not of the form fairlead:1:HOST:PORT:CODEID:SECRET:ROOTSHA256");
        }
        String host = parts.group(1);
        return new EnrolmentString(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(parts.group(2)),
                parts.group(3),
                parts.group(4),
                parts.group(5));
    }

    /** HOST:PORT. */
    String server() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** Without the secret: this lands in logs. */
    @Override
    public String toString() {
        return "fairlead:1:" + server() + ":" + codeId + ":(secret):" + rootKeyHash;
    }
}
