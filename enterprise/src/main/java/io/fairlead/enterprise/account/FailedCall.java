package io.fairlead.enterprise.account;

import java.time.Instant;

/**
 * A call of an account that failed.
 *
 * @param code as {@link io.fairlead.soap.Fault#key}
 * @param why for people; empty where the code says it all
 * @param address it came from
 */
public record FailedCall(Instant at, Call call, String code, String why, String address) {
    static final int LONGEST_WHY = 200;

    public FailedCall {
        code = Call.bounded(code, Call.WORD);
        why = Call.bounded(why, LONGEST_WHY);
        address = Call.bounded(address, Call.WORD);
    }
}
