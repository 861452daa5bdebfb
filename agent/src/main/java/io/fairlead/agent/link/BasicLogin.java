package io.fairlead.agent.link;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** User and password as they are (RFC 7617). */
record BasicLogin(ProxyChallenge challenge, String user, String password) implements ProxyLogin {
    static final String SCHEME = "basic";

    @Override
    public String first() {
        byte[] both = (user + ":" + password).getBytes(charset(challenge));
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** UTF-8 where it is asked for, and else what proxies have always taken. */
    static Charset charset(ProxyChallenge challenge) {
        return challenge.parameter("charset").equalsIgnoreCase("UTF-8")
                ? StandardCharsets.UTF_8
                : StandardCharsets.ISO_8859_1;
    }

    /** Never the password. */
    @Override
    public String toString() {
        return SCHEME;
    }
}
