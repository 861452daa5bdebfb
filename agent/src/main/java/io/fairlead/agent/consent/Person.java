package io.fairlead.agent.consent;

/**
 * Who is at the other end of the socket.
 *
 * @param name the account's, as the system calls it; a number where it has no name
 */
public record Person(String name, Kind kind) {
    /** What the system says of the account. */
    public enum Kind {
        /** An account of this PC like any other. */
        ORDINARY,
        ROOT,
        /** The account that the agent itself runs as. */
        AGENT,
        /** This system does not tell (Windows): who can open the folder is let in. */
        UNVERIFIED
    }

    /** Where the system does not tell. */
    static final Person UNVERIFIED = new Person("not verified by the OS", Kind.UNVERIFIED);
}
