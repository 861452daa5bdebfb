package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.util.Locale;

/**
 * Raises an alarm when a percentage is at the limit for some looks on end, and clears it when it is five points below for
 * as many, so that a value at the edge does not flap.
 */
final class Threshold {
    private static final int GAP = 5;

    private final String code;
    private final String what;
    private final int looks;
    private int above;
    private int below;

    /**
     * @param code of the alarm
     * @param what in its text, such as "CPU load"
     * @param looks on end before the state changes
     */
    Threshold(String code, String what, int looks) {
        this.code = code;
        this.what = what;
        this.looks = looks;
    }

    void look(double percent, int limit, Findings findings) {
        above = percent >= limit ? above + 1 : 0;
        below = percent < limit - GAP ? below + 1 : 0;
        if (above >= looks) {
            findings.raise(
                    code,
                    Severity.WARNING,
                    String.format(Locale.ROOT, "%s %.0f %%, limit %d %%", what, percent, limit));
        } else if (below >= looks) {
            findings.clear(code);
        }
    }
}
