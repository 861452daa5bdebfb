package io.fairlead.enterprise.file;

/**
 * Where a transfer stands.
 *
 * <pre>
 *   REQUESTED ─ the device offers a file ─▶ OFFERED ─ first bytes ─▶ RUNNING ─ all, and their SHA-256 is right ─▶ DONE
 *       └────────── the device fetches its first bytes ─────────────────▲ │
 *                                                                         └ the device places it ─▶ DONE
 *   each of the three ─▶ FAILED (at either end)   REFUSED (the site's rules)   CANCELLED (a person)
 * </pre>
 */
public enum TransferState {
    REQUESTED,
    OFFERED,
    RUNNING,
    DONE,
    FAILED,
    REFUSED,
    CANCELLED;

    /** Whether nothing more comes of it. */
    public boolean isEnd() {
        return switch (this) {
            case REQUESTED, OFFERED, RUNNING -> false;
            case DONE, FAILED, REFUSED, CANCELLED -> true;
        };
    }

    /** Whether this move is one of the picture. Offers and bytes may be said again. */
    boolean mayBecome(TransferState next) {
        return switch (this) {
            case REQUESTED -> true;
            case OFFERED, RUNNING -> next != REQUESTED;
            case DONE, FAILED, REFUSED, CANCELLED -> next == this;
        };
    }
}
