package io.fairlead.enterprise.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of those who hold an identity that is held, as far as rolling tokens tell them apart.
 *
 * @param number 1 or more; how a person names it
 * @param inStep it followed on the newest poll that was taken; another branched off before
 * @param address of its newest poll
 * @param certificate the serial number of its newest poll's
 * @param journaled the highest instruction in its journal
 * @param firstSeen null when it has not polled since the device was held and no contact is known
 * @param polls how many of its polls were refused since
 */
public record Holder(
        int number,
        boolean inStep,
        @Nullable String address,
        @Nullable String agentVersion,
        @Nullable String certificate,
        long journaled,
        @Nullable Instant firstSeen,
        @Nullable Instant lastSeen,
        long polls) {}
