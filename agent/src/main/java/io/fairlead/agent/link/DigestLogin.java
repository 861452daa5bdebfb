package io.fairlead.agent.link;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** A hash over user, password and the proxy's nonce (RFC 7616; without qop as in RFC 2069), for one CONNECT. */
record DigestLogin(ProxyChallenge challenge, ServerAddress server, String user, String password) implements ProxyLogin {
    private static final Map<String, String> ALGORITHMS =
            Map.of("", "MD5", "md5", "MD5", "md5-sess", "MD5", "sha-256", "SHA-256", "sha-256-sess", "SHA-256");

    static boolean knows(ProxyChallenge challenge) {
        return challenge.scheme().equals("digest")
                && ALGORITHMS.containsKey(algorithm(challenge))
                && !challenge.parameter("nonce").isEmpty()
                && (challenge.parameter("qop").isEmpty() || auth(challenge));
    }

    @Override
    public String first() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return with(HexFormat.of().formatHex(random));
    }

    /** @param own this side's nonce, in characters that need no quoting */
    String with(String own) {
        String nonce = challenge.parameter("nonce");
        String realm = challenge.parameter("realm");
        String secret = hash(user + ":" + realm + ":" + password);
        if (algorithm(challenge).endsWith("-sess")) {
            secret = hash(secret + ":" + nonce + ":" + own);
        }
        String request = hash("CONNECT:" + server);
        boolean auth = auth(challenge);
        String response = hash(secret + ":" + nonce + (auth ? ":00000001:" + own + ":auth:" : ":") + request);
        String given = challenge.parameter("algorithm");
        return "Digest username=" + quoted(user) + ", realm=" + quoted(realm) + ", nonce=" + quoted(nonce) + ", uri="
                + quoted(server.toString()) + ", response=\"" + response + "\""
                + (given.isEmpty() ? "" : ", algorithm=" + given)
                + (auth ? ", qop=auth, nc=00000001, cnonce=\"" + own + "\"" : "")
                + (challenge.parameters().containsKey("opaque")
                        ? ", opaque=" + quoted(challenge.parameter("opaque"))
                        : "");
    }

    private String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm(challenge), "MD5"));
            return HexFormat.of().formatHex(digest.digest(text.getBytes(BasicLogin.charset(challenge))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks a digest", e);
        }
    }

    private static boolean auth(ProxyChallenge challenge) {
        return Arrays.asList(challenge.parameter("qop").toLowerCase(Locale.ROOT).split("[ ,]+", -1))
                .contains("auth");
    }

    private static String algorithm(ProxyChallenge challenge) {
        return challenge.parameter("algorithm").toLowerCase(Locale.ROOT);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "digest";
    }
}
