package io.fairlead.enterprise.fleet;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a poll says of a device's contact.
 *
 * @param token the rolling token of the answer before, 32 hexadecimal digits; null in the first poll after enrolment
 * @param journaled the highest instruction in the agent's journal; 0 for none
 * @param agentVersion a name of the contract, at most 64 characters
 * @param address from which it came
 * @param certificate its serial number, 32 hexadecimal digits
 */
public record Polled(
        DeviceId device,
        @Nullable String token,
        long journaled,
        String agentVersion,
        @Nullable String address,
        @Nullable String certificate) {
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:\\-]{0,63}");

    /** Throws a Refusal(INVALID) that names what is wrong. */
    public Polled {
        if (token != null && !TOKEN.matcher(token).matches()) {
            throw new Refusal(Fault.INVALID, "a token has 32 hexadecimal digits");
        }
        if (journaled < 0) {
            throw new Refusal(Fault.INVALID, "journaled is negative");
        }
        if (!NAME.matcher(agentVersion).matches()) {
            throw new Refusal(Fault.INVALID, "the agent's version is no name");
        }
    }

    /** Empty for none. */
    String presented() {
        return token == null ? "" : token;
    }
}
