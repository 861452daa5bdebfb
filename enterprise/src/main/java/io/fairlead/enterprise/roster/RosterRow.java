package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device in the list.
 *
 * @param muted also of one whose {@link #state} says something that concerns people more
 * @param last when it was heard last, by the server's clock; null for never
 * @param alarms how many are open; 0 where the viewer may not see alarms
 * @param alarmCode of the worst open alarm, of these the newest
 * @param waiting how many instructions have no result and may still get one
 * @param version of its properties
 */
public record RosterRow(
        DeviceId id,
        String customer,
        String site,
        String region,
        String model,
        String serial,
        DeviceState state,
        boolean muted,
        @Nullable Instant last,
        @Nullable String address,
        @Nullable String agentVersion,
        Health health,
        int alarms,
        @Nullable String alarmCode,
        @Nullable String alarmText,
        int waiting,
        boolean enrolled,
        Instant createdAt,
        @Nullable Instant stolenSince,
        @Nullable Instant retiredAt,
        long version) {}
