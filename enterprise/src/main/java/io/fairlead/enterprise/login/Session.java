package io.fairlead.enterprise.login;

import io.fairlead.enterprise.people.Actor;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That somebody is logged in.
 *
 * @param id names it; lets nobody in
 * @param waiting for a passkey: until then nothing but the log-in itself is open to it
 * @param confirmed by a passkey, or none is asked for at this installation
 * @param passwordAt when the password was proved
 * @param seenAt when something was last asked in it, to the minute
 * @param notAfter when it ends in any case
 * @param address from which it was begun
 * @param client the browser or program, as it calls itself
 * @param endedAt null while it goes on
 */
public record Session(
        String id,
        String person,
        String displayName,
        Kind kind,
        boolean waiting,
        boolean confirmed,
        Instant passwordAt,
        Instant seenAt,
        Instant notAfter,
        String address,
        String client,
        @Nullable Instant endedAt) {
    /** What it was begun with. */
    public enum Kind {
        BROWSER,
        COMMAND_LINE;

        /** As it is stored. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind ofKey(String key) {
            return valueOf(key.replace('-', '_').toUpperCase(Locale.ROOT));
        }
    }

    /** A session that has just begun, or goes on under a new token, and the token, which is told once. */
    public record Opened(Token token, Session session) {}

    /** The same where no passkey is asked for. */
    Session withoutPasskey() {
        return new Session(
                id, person, displayName, kind, false, true, passwordAt, seenAt, notAfter, address, client, endedAt);
    }

    /** The same at its end. */
    Session endedAt(Instant end) {
        return new Session(
                id, person, displayName, kind, waiting, confirmed, passwordAt, seenAt, notAfter, address, client, end);
    }

    public Actor actor() {
        return Actor.person(person, confirmed);
    }
}
