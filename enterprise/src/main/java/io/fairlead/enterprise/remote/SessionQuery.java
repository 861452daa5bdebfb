package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of sessions that somebody wants. What is null, or empty, is not asked about; all that is said has to fit.
 *
 * @param person the name of the person whose session it is
 * @param states one of these
 * @param from asked for then or later; of years that PostgreSQL knows
 * @param to asked for before that
 * @param page from 1; one beyond the last is answered with the last
 * @param size 1 to 500
 */
public record SessionQuery(
        @Nullable DeviceId device,
        @Nullable String customer,
        @Nullable String person,
        Set<SessionState> states,
        @Nullable Instant from,
        @Nullable Instant to,
        Sort sort,
        boolean descending,
        int page,
        int size) {
    private static final int LARGEST = 500;

    /** By what sessions are put in order; equal ones by id. */
    public enum Sort {
        REQUESTED("s.requested_at"),
        DEVICE("s.device", "s.requested_at");

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> columns;

        Sort(String... columns) {
            this.columns = List.of(columns);
        }

        String orderBy(boolean descending) {
            String way = descending ? " DESC, " : ", ";
            return String.join(way, columns) + way + "s.id" + (descending ? " DESC" : "");
        }
    }

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public SessionQuery {
        states = Set.copyOf(states);
        if (page < 1 || size < 1 || size > LARGEST) {
            throw new Refusal(Fault.INVALID, "a page has a number from 1 and 1 to 500 sessions");
        }
    }
}
