package io.fairlead.enterprise.login;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * What this installation asks of those who log in.
 *
 * @param origin of the people's listener as browsers name it: {@code https://HOST} and the port where it is not 443
 * @param passkeys whether a passkey is asked for; a demonstration waives it
 * @param idle after which a session ends in which nothing was asked
 * @param longest after which a session ends in any case
 */
public record LoginPolicy(URI origin, boolean passkeys, Duration idle, Duration longest) {
    private static final int HTTPS = 443;

    /** The same for the listener at that URL. */
    public static LoginPolicy at(String url, boolean passkeys, Duration idle, Duration longest) {
        URI given = URI.create(url);
        String port = given.getPort() < 0 || given.getPort() == HTTPS ? "" : ":" + given.getPort();
        return new LoginPolicy(URI.create("https://" + given.getHost() + port), passkeys, idle, longest);
    }

    /** When a session ends if nothing more is asked in it. */
    public Instant end(Session session) {
        Instant idle = session.seenAt().plus(idle());
        return idle.isBefore(session.notAfter()) ? idle : session.notAfter();
    }

    /** The name that passkeys are made for (WebAuthn's RP id). */
    String host() {
        return origin.getHost();
    }
}
