package io.fairlead.enterprise.tunnel;

/** Who is not let in; the reason is for the log, never for him. */
final class NotAdmitted extends Exception {
    private static final long serialVersionUID = 1L;

    NotAdmitted(String reason) {
        super(reason);
    }
}
