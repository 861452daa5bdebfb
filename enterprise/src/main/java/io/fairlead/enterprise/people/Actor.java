package io.fairlead.enterprise.people;

import org.jspecify.annotations.Nullable;

/**
 * Who does something.
 *
 * @param name of the person, the account, the operating system's user; empty for the server itself
 * @param confirmed whether a passkey confirmed that it is he, or none is asked for at this installation; of an account,
 *     whether it is taken from some addresses only, or showed a client certificate
 */
public record Actor(Kind kind, String name, boolean confirmed) {
    /** How it is known who it is. */
    public enum Kind {
        /** Logged in here. */
        PERSON("person:"),
        /** Another system, by its account: it may what that was granted, and never what only people do. */
        INTEGRATION("integration:"),
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

    /**
     * Another system, by its account.
     *
     * @param confirmed whether the account is taken from some addresses only, or showed a client certificate
     */
    public static Actor integration(String account, boolean confirmed) {
        return new Actor(Kind.INTEGRATION, account, confirmed);
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

    /** As the audit names it: {@code person:anna}, {@code integration:erp}, {@code os:root}, {@code server}. */
    public String audited() {
        return kind.prefix + name;
    }

    /**
     * Whether it is the server itself, or whoever works on its machine: these may do everything. All others may what they
     * were granted. Ask this, never whether it is no person.
     */
    public boolean isServersOwn() {
        return kind == Kind.SERVER || kind == Kind.OPERATING_SYSTEM;
    }

    /** Whether it is another system. */
    public boolean isAccount() {
        return kind == Kind.INTEGRATION;
    }

    /** The name of the person that he is; null for others. */
    public @Nullable String person() {
        return kind == Kind.PERSON ? name : null;
    }

    /** Whether he is the person of this name, or the account: no two of them share one. */
    public boolean is(String person) {
        return !isServersOwn() && name.equals(person);
    }

    /** Whether the two may not be each other's second person. Who is who among the system's users, nobody knows here. */
    boolean isSameAs(Actor other) {
        return kind == other.kind && (isServersOwn() || name.equals(other.name));
    }

    @Override
    public String toString() {
        return audited();
    }
}
