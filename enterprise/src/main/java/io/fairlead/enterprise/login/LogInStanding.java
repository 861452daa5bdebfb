package io.fairlead.enterprise.login;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with somebody's log-in, for those who are asked why he cannot get in.
 *
 * @param passwordSetAt null while he has none
 * @param passkeys how many he has registered
 * @param lastLogInAt when he last proved his password; null when never, or not within {@link #KEPT_DAYS} days
 * @param open log-ins that go on
 * @param failed log-ins under his name within the last day, {@link #MOST_FAILED} at most
 * @param blockedUntil when an address from which he has logged in may try again, if nobody tries meanwhile; null when none
 *     is blocked
 * @param linkUntil when a link that was made for him and is not used yet ends; null when there is none
 */
public record LogInStanding(
        @Nullable Instant passwordSetAt,
        int passkeys,
        @Nullable Instant lastLogInAt,
        int open,
        int failed,
        @Nullable Instant blockedUntil,
        @Nullable Instant linkUntil) {
    /** Days for which log-ins that have ended are kept. */
    public static final int KEPT_DAYS = 90;

    /** Failures are counted no further. */
    public static final int MOST_FAILED = 100;
}
