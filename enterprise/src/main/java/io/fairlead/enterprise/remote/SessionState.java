package io.fairlead.enterprise.remote;

/**
 * Where a session stands.
 *
 * <pre>
 *   REQUESTED ─ asked ─▶ ASKED ─ granted, with a receipt ─▶ GRANTED ─ ended by whomever ─▶ ENDED
 *       │                  │
 *       ├──────────────────┴─▶ DECLINED, UNANSWERED, REFUSED (nobody was asked)
 *       └──────────────────┴─▶ WITHDRAWN (taken back, barred, or no word in time)
 * </pre>
 *
 * The word "asked" may be lost or come late: every answer may follow on REQUESTED at once.
 */
public enum SessionState {
    REQUESTED,
    ASKED,
    GRANTED,
    DECLINED,
    UNANSWERED,
    REFUSED,
    WITHDRAWN,
    ENDED;

    /** Whether nothing can follow. */
    public boolean isOver() {
        return this != REQUESTED && this != ASKED && this != GRANTED;
    }
}
