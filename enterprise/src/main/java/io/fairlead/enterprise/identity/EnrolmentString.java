package io.fairlead.enterprise.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person carries to the instrument: {@code fairlead:1:HOST:PORT:CODEID:SECRET:ROOTSHA256}. It lets its bearer
 * become the device, so only {@link #format()} has the secret.
 *
 * @param host name or address of the agents listener; an IPv6 address without its brackets
 * @param port 1 to 65535
 * @param codeId 8 digits of Crockford's base32
 * @param secret 80 bits, 16 digits of Crockford's base32
 * @param rootKeySha256 SHA-256 over the root's SubjectPublicKeyInfo, base64url without padding
 */
public record EnrolmentString(String host, int port, String codeId, String secret, String rootKeySha256) {
    static final int CODE_DIGITS = 8;
    static final int SECRET_DIGITS = 16;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-]{1,253}|[0-9A-Fa-f:.]{2,45}");
    private static final Pattern ROOT = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern PARTS =
            Pattern.compile("fairlead:1:(\\[[^\\[\\]]*]|[^:\\[\\]]*):([0-9]{1,5}):([^:]*):([^:]*):([^:]*)");

    public EnrolmentString {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("not a host: " + host);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        if (!Base32.is(codeId, CODE_DIGITS) || !Base32.is(secret, SECRET_DIGITS)) {
            throw new IllegalArgumentException("the code or the secret is mistyped");
        }
        if (!ROOT.matcher(rootKeySha256).matches()) {
            throw new IllegalArgumentException("the hash of the root's key is incomplete");
        }
    }

    /**
     * Reads what {@link #format()} wrote, and what people make of it: blanks around, look-alikes, lower case.
     *
     * @throws IllegalArgumentException without the secret in its message
     */
    public static EnrolmentString parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("not of the form fairlead:1:HOST:PORT:CODEID:SECRET:ROOTSHA256");
        }
        String host = parts.group(1);
        return new EnrolmentString(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(parts.group(2)),
                Base32.canonical(parts.group(3)),
                Base32.canonical(parts.group(4)),
                parts.group(5));
    }

    /** The string itself, with the secret. */
    public String format() {
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return String.join(":", "fairlead:1", bracketed, String.valueOf(port), codeId, secret, rootKeySha256);
    }

    @Override
    public String toString() {
        return "EnrolmentString[" + host + ":" + port + " code=" + codeId + "]";
    }
}
