package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL of pages of events. */
final class EventStore {
    /** Rows of one moment always in one order, so that a number of them can be skipped; equal ones stand for each other. */
    private static final String PAGE = """
            SELECT code, severity, text, observed_at, received_at FROM event
             WHERE device = $1 AND ($2::timestamptz IS NULL OR received_at <= $2) AND severity = ANY ($3)
               AND ($4::timestamptz IS NULL OR received_at >= $4) AND ($5::timestamptz IS NULL OR received_at < $5)
             ORDER BY received_at DESC, observed_at DESC, code, text, severity OFFSET $6 LIMIT $7
            """;

    Future<List<PastEvent>> page(
            SqlClient client, DeviceId device, Events.Wanted wanted, Events.@Nullable Place after, int limit) {
        String[] severities = Arrays.stream(Severity.values())
                .filter(one -> one.compareTo(wanted.least()) >= 0)
                .map(Severity::key)
                .toArray(String[]::new);
        return client.preparedQuery(PAGE)
                .execute(Tuple.of(
                        device.value(),
                        utc(after == null ? null : after.receivedAt()),
                        severities,
                        utc(wanted.from()),
                        utc(wanted.to()),
                        after == null ? 0 : after.skip(),
                        limit))
                .map(rows -> {
                    List<PastEvent> events = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        events.add(new PastEvent(
                                row.getString(0),
                                Severity.ofKey(row.getString(1)),
                                row.getString(2),
                                row.getOffsetDateTime(3).toInstant(),
                                row.getOffsetDateTime(4).toInstant()));
                    }
                    return events;
                });
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : Times.within(time).atOffset(ZoneOffset.UTC);
    }
}
