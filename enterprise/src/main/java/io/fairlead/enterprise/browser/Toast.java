package io.fairlead.enterprise.browser;

/** A short message at the edge of the page. */
public record Toast(String text, Kind kind) {
    /** What is said: something was done, or could not be. */
    public enum Kind {
        DONE,
        FAULT;

        /** As style sheets and modules name it. */
        public String word() {
            return this == DONE ? "done" : "fault";
        }
    }

    /** Says that something was done. */
    public static Toast done(String text) {
        return new Toast(text, Kind.DONE);
    }

    /** Says that something could not be done; stays until it is closed. */
    public static Toast fault(String text) {
        return new Toast(text, Kind.FAULT);
    }
}
