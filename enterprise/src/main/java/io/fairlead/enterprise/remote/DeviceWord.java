package io.fairlead.enterprise.remote;

import io.fairlead.statements.SignedText;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of a session.
 *
 * @param detail why, in words that name nobody; empty when there are none
 * @param receipt the customer's decision; null when none came
 */
public record DeviceWord(Said said, String detail, @Nullable SignedText receipt) {
    /** How it stands at the instrument. */
    public enum Said {
        ASKED,
        GRANTED,
        DECLINED,
        UNANSWERED,
        REFUSED,
        ENDED
    }
}
