package io.fairlead.agent.link;

import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person carries from the enterprise to the instrument: {@code fairlead:1:HOST:PORT:CODEID:SECRET:ROOTSHA256}.
 *
 * @param server where to enrol
 * @param codeId names the code, and by it the device record
 * @param secret 80 bits as 16 characters of Crockford's base32; sent once, and only to a server that the root vouches for
 * @param rootKeyHash base64url of SHA-256 over the root's SubjectPublicKeyInfo
 */
public record EnrolmentString(ServerAddress server, String codeId, String secret, String rootKeyHash) {
    private static final Pattern PARTS =
            Pattern.compile("fairlead:1:(\\[[^\\[\\]]*]|[^\\[\\]:]*):([^:]*):([^:]*):([^:]*):([^:]*)");
    private static final Pattern CODE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern SECRET = Pattern.compile("[0-9A-HJKMNP-TV-Z]{16}");
    private static final String SHAPE = "fairlead:1:HOST:PORT:CODEID:SECRET:ROOTSHA256";

    public EnrolmentString {
        if (!CODE_ID.matcher(codeId).matches()) {
            throw new IllegalArgumentException("the code's id may hold letters, digits and . _ - only");
        }
        if (!SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException(
                    "the secret must be 16 characters of 0-9 and A-Z without I, L, O and U; it has " + secret.length());
        }
        byte[] hash;
        try {
            hash = Base64.getUrlDecoder().decode(rootKeyHash);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the root's hash is not base64url", e);
        }
        if (hash.length != 32) {
            throw new IllegalArgumentException(
                    "the root's hash must be 43 characters of base64url; is the end of the string missing?");
        }
    }

    /**
     * Reads the string as a person pasted it: blanks around it are dropped, the secret may be typed in lower case.
     *
     * @throws IllegalArgumentException saying what is wrong with it, without quoting the secret
     */
    public static EnrolmentString parse(String pasted) {
        String text = pasted.strip();
        if (!text.startsWith("fairlead:")) {
            throw new IllegalArgumentException("an enrolment string begins with \"fairlead:\"; expected " + SHAPE);
        }
        if (!text.startsWith("fairlead:1:")) {
            throw new IllegalArgumentException(
                    "this agent knows version 1 of enrolment strings only; a newer agent is needed");
        }
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "the enrolment string does not have seven parts; expected " + SHAPE + ", IPv6 hosts in brackets");
        }
        return new EnrolmentString(
                ServerAddress.parse(parts.group(1) + ":" + parts.group(2)),
                parts.group(3),
                crockford(parts.group(4)),
                parts.group(5));
    }

    /** Crockford's rules for what people mistype. */
    private static String crockford(String secret) {
        return secret.toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    /** Without the secret: this lands in logs. */
    @Override
    public String toString() {
        return "fairlead:1:" + server + ":" + codeId + ":(secret):" + rootKeyHash;
    }
}
