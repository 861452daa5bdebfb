package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms are wanted. What is null, or empty, is not asked about; all that is said has to fit.
 *
 * @param severities one of these
 * @param open only open or only past ones
 * @param acknowledged only those that somebody took on, or only those that nobody did
 * @param raisedFrom first observed then or later
 * @param raisedTo first observed before that
 */
public record AlarmFilter(
        @Nullable DeviceId device,
        @Nullable String customer,
        @Nullable String site,
        @Nullable String region,
        @Nullable String model,
        @Nullable String code,
        Set<Severity> severities,
        @Nullable Boolean open,
        @Nullable Boolean acknowledged,
        @Nullable Instant raisedFrom,
        @Nullable Instant raisedTo) {
    public AlarmFilter {
        severities = Set.copyOf(severities);
    }
}
