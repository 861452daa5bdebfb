package io.fairlead.statements;

/**
 * A service of the instrument's PC, and how it is to be used.
 *
 * @param name as the customer's {@code site.conf} calls it
 */
public record SessionService(String name, Mode mode) {
    /** What the engineer may do with it. */
    public enum Mode {
        /** See a desktop; nothing of his reaches it. */
        VIEW("view", Ticket.Kind.RFB),
        /** See a desktop, with keys and pointer. */
        CONTROL("control", Ticket.Kind.RFB),
        /** Type into a terminal that ends at the agent. */
        TERMINAL("terminal", Ticket.Kind.TERMINAL),
        /** Any other service: bytes that nobody can read. */
        USE("use", Ticket.Kind.RAW);

        private final String word;
        private final Ticket.Kind kind;

        Mode(String word, Ticket.Kind kind) {
            this.word = word;
            this.kind = kind;
        }

        public String word() {
            return word;
        }

        /** What passes when something is used so. */
        public Ticket.Kind kind() {
            return kind;
        }

        /** Whether what is granted so may be used like that. */
        public boolean covers(Mode wanted) {
            return this == wanted || (this == CONTROL && wanted == VIEW);
        }

        /** Reads its word; IllegalArgumentException when there is no such mode. */
        public static Mode of(String word) {
            for (Mode mode : values()) {
                if (mode.word.equals(word)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException("no mode: view, control, terminal or use");
        }
    }

    public SessionService {
        name = Form.name(name);
    }

    /** Whether a grant of this allows the other. */
    public boolean covers(SessionService wanted) {
        return name.equals(wanted.name) && mode.covers(wanted.mode);
    }

    /** Reads {@code NAME MODE}. */
    static SessionService of(String text) {
        int blank = text.indexOf(' ');
        return new SessionService(text.substring(0, blank), Mode.of(text.substring(blank + 1)));
    }

    /** {@code NAME MODE}. */
    @Override
    public String toString() {
        return name + " " + mode.word();
    }
}
