package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A condition of the instrument that began, goes on, or has ended.
 *
 * @param code a name of the contract; one alarm is open per device and code
 * @param raised false when the condition has ended
 */
public record AlarmChange(
        String code, Severity severity, @Nullable String text, boolean raised) {
    /** Throws a Refusal(INVALID) that says what is wrong. */
    public AlarmChange {
        Words.name("an alarm's code", code);
        if (code.startsWith(OwnAlarms.PREFIX)) {
            throw new Refusal(
                    Fault.INVALID, "alarms that begin with " + OwnAlarms.PREFIX + " are the enterprise's own");
        }
        Words.text("an alarm's text", text);
    }
}
