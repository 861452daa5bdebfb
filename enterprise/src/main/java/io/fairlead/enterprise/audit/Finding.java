package io.fairlead.enterprise.audit;

/**
 * Something wrong with the history.
 *
 * @param from the first number that it may concern: everything from there on is in doubt until a later checkpoint says
 *     otherwise
 * @param to the last one
 * @param text for people: what is wrong, with ids
 */
public record Finding(Kind kind, long from, long to, String text) {
    /** What it is. */
    public enum Kind {
        /** A row has another content than when it was sealed, or its seal was changed. */
        CHANGED("changed"),
        /** A sealed row is gone. */
        DELETED("deleted"),
        /** Seals are gone, from the middle or the end. */
        CUT("cut"),
        /** The chain itself was made anew: a signed checkpoint says something else. */
        REWRITTEN("rewritten"),
        /** A checkpoint is not signed by this server, or is missing. */
        UNSIGNED("unsigned"),
        /** The history was made anew and signed anew: a witness says something else. */
        CONTRADICTED("contradicted"),
        /** A row was put in without being sealed. */
        ADDED("added");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** In lower case, for people and programs. */
        public String word() {
            return word;
        }
    }
}
