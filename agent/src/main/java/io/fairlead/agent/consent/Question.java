package io.fairlead.agent.consent;

import java.util.OptionalLong;

/**
 * What the person at the instrument is asked. All texts are made plain: no control, invisible or bidirectional characters,
 * 300 characters at most (of more, beginning and end are kept).
 *
 * @param action the word of {@code site.conf}'s policy, such as {@code receive}
 * @param by who asks, as the enterprise says; empty when it does not
 * @param reason why, as the enterprise says; empty when it does not
 * @param what exactly would happen, in the agent's words; where characters had to be left out it says so
 * @param bytes the size of a file; empty where there is none
 * @param viewOnly whether a yes may be for looking only: where a desktop is to be controlled
 * @param clipboard whether a yes may let text be copied as well: there too, unless the site keeps its clipboard
 */
public record Question(
        String action, String by, String reason, String what, OptionalLong bytes, boolean viewOnly, boolean clipboard) {
    /** One that is answered by yes or no. */
    public Question(String action, String by, String reason, String what, OptionalLong bytes) {
        this(action, by, reason, what, bytes, false, false);
    }

    public Question {
        action = PlainText.of(action);
        by = PlainText.of(by);
        reason = PlainText.of(reason);
        what = PlainText.warned(what);
    }
}
