package io.fairlead.enterprise.file;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which transfers somebody looks for, and which page of them.
 *
 * @param device only of this one; null for all
 * @param directions only in these; empty for all
 * @param states only in these; empty for all
 * @param from asked for then or later; null for ever
 * @param to asked for before that; null for no end
 * @param page from 1; one beyond the last is answered with the last
 * @param size lines of a page; 1 to 500
 */
public record TransferQuery(
        @Nullable DeviceId device,
        Set<Direction> directions,
        Set<TransferState> states,
        @Nullable Instant from,
        @Nullable Instant to,
        Sort sort,
        boolean descending,
        int page,
        int size) {
    /** By what they are ordered; equal ones by id. */
    public enum Sort {
        REQUESTED("t.requested_at %1$s"),
        /** Then by when they were asked for. */
        DEVICE("t.device %1$s, t.requested_at %1$s"),
        /** Those without one are the smallest. */
        SIZE("coalesce(t.size, -1) %1$s");

        private final String order;

        Sort(String order) {
            this.order = order;
        }

        /** The end of an ORDER BY. */
        String sql(boolean descending) {
            return String.format(order + ", t.id %1$s", descending ? "DESC" : "ASC");
        }
    }

    public TransferQuery {
        directions = Set.copyOf(directions);
        states = Set.copyOf(states);
    }
}
