package io.fairlead.enterprise.agentlane;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The other end of a request.
 *
 * @param address from which it came
 * @param certified until when its certificate is good
 * @param hungUp whether nobody waits for the answer any more
 */
record Caller(String address, Instant certified, BooleanSupplier hungUp) {
    /** Who is answered later could be shown nothing: his certificate is judged again then. */
    private static final Duration BEFORE_THE_END = Duration.ofSeconds(2);

    /** How long he may wait who asks to wait so long: never beyond his certificate's end. */
    Duration patience(Duration asked, Instant now) {
        Duration left = Duration.between(now, certified).minus(BEFORE_THE_END);
        return left.isNegative() ? Duration.ZERO : left.compareTo(asked) < 0 ? left : asked;
    }
}
