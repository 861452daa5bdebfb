package io.fairlead.enterprise.people;

import org.jspecify.annotations.Nullable;

/**
 * Who does something.
 *
 * @param name of the person, of the operating system's user; empty for the server itself
 * @param confirmed whether a passkey confirmed that it is he, or none is asked for at this installation
 */
public record Actor(Kind kind, String name, boolean confirmed) {
    /** How it is known who it is. */
    public enum Kind {
        /** Logged in here. */
        PERSON("person:"),
        /** On the server's own machine, by the command socket: an operator. */
        OPERATING_SYSTEM("os:"),
        /** The server itself; it may do everything. */
        SERVER("server");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public static Actor person(String name, boolean confirmed) {
        return new Actor(Kind.PERSON, name, confirmed);
    }

    public static Actor operatingSystem(String user) {
        return new Actor(Kind.OPERATING_SYSTEM, user, true);
    }

    public static Actor server() {
        return new Actor(Kind.SERVER, "", true);
    }

    /** Back from {@link #audited}; confirmed, since whatever bears the name was judged when it was made. */
    public static Actor ofAudited(String text) {
        for (Kind kind : Kind.values()) {
            if (kind == Kind.SERVER ? text.equals(kind.prefix) : text.startsWith(kind.prefix)) {
                return new Actor(kind, text.substring(kind.prefix.length()), true);
            }
        }
        throw new IllegalArgumentException("not an actor: " + text);
    }

    /** As the audit names it: {@code person:anna}, {@code os:root}, {@code server}. */
    public String audited() {
        return kind.prefix + name;
    }

    /** The name of the person that he is; null for others. */
    public @Nullable String person() {
        return kind == Kind.PERSON ? name : null;
    }

    /** Whether he is the person of this name. */
    public boolean is(String person) {
        return kind == Kind.PERSON && name.equals(person);
    }

    /** Whether the two may not be each other's second person. Who is who among the system's users, nobody knows here. */
    boolean isSameAs(Actor other) {
        return kind == other.kind && (kind != Kind.PERSON || name.equals(other.name));
    }

    @Override
    public String toString() {
        return audited();
    }
}
