package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a device to do.
 *
 * @param actor who wants it; the order names him to the person at the instrument
 * @param validity from its creation; one second to 90 days. The agent does not begin it later
 * @param reason why, for the person at the instrument; 300 characters at most, empty when none is given
 * @param through the account that wants it on behalf of the actor, and is to be named as its doer; null when he does himself
 */
public record Wish(
        Actor actor,
        DeviceId device,
        Act act,
        Duration validity,
        String reason,
        @Nullable Actor through) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final int LONGEST_REASON = 300;
    static final String A_REASON = "a reason has at most 300 characters and no control characters";

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public Wish {
        if (validity.compareTo(SHORTEST) < 0 || validity.compareTo(LONGEST) > 0) {
            throw Refusal.saying(Fault.INVALID, "an instruction is valid for 1 second to 90 days");
        }
        if (!isReason(reason)) {
            throw Refusal.saying(Fault.INVALID, A_REASON);
        }
    }

    public Wish(Actor actor, DeviceId device, Act act, Duration validity, String reason) {
        this(actor, device, act, validity, reason, null);
    }

    /** Who does it, as the audit names him. */
    String doer() {
        return (through == null ? actor : through).audited();
    }

    static boolean isReason(String reason) {
        return reason.length() <= LONGEST_REASON && PlainText.is(reason);
    }

    /** With the usual validity. */
    public static Wish of(Actor actor, DeviceId device, Act act, String reason) {
        return new Wish(actor, device, act, Instructions.VALIDITY, reason);
    }
}
