package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQL of charts and exports. What was observed at a time may be received much later, when a network was down, but not
 * before: so a range is bounded below by both times, which leaves out the older partitions, and above by observation only.
 */
final class HistoryStore {
    /** Corrected clocks differ from ours by seconds; what is corrected to a moment after its reception is still found. */
    private static final Duration EARLY = Duration.ofMinutes(10);

    private static final String ITEM = "(SELECT l.id FROM latest_value l WHERE l.device = $1 AND l.item = $2)";

    private static final String IN_SPAN = " FROM item_history WHERE item = " + ITEM + """
              AND received_at >= $3 AND observed_at >= $4 AND observed_at < $5
            """;
    private static final String KIND = """
            SELECT number IS NOT NULL, unit FROM latest_value WHERE device = $1 AND item = $2
            """;
    private static final String RAW = "SELECT observed_at, number" + IN_SPAN + """
              AND number IS NOT NULL LIMIT $6
            """;
    private static final String BUCKETS = """
            SELECT date_bin(make_interval(secs => $6), observed_at, timestamptz 'epoch') AS bucket,
                   min(number), sum(number) / count(*), max(number), count(*)
            """ + IN_SPAN + " AND number IS NOT NULL GROUP BY bucket ORDER BY bucket";

    private static final String STATES = """
            SELECT observed_at, text
              FROM (SELECT observed_at, text, lag(text) OVER (ORDER BY observed_at, received_at) AS before
            """ + IN_SPAN + """
                   AND text IS NOT NULL) AS every
             WHERE text IS DISTINCT FROM before ORDER BY observed_at LIMIT $6
            """;
    private static final String BEFORE = "SELECT text FROM item_history WHERE item = " + ITEM + """
               AND received_at < $3 AND observed_at < $3 AND text IS NOT NULL
             ORDER BY received_at DESC, observed_at DESC LIMIT 1
            """;
    /** Rows of one moment always in one order, so that a number of them can be skipped; equal ones stand for each other. */
    private static final String PIECE = "SELECT observed_at, received_at, number, text" + IN_SPAN + """
              AND received_at >= $6 ORDER BY received_at, observed_at, number, text OFFSET $7 LIMIT $8
            """;
    /** $6: what a page before has given; rows received at one moment are never divided. */
    private static final String PAGE = "SELECT observed_at, received_at, number, text" + IN_SPAN + """
              AND received_at > $6 ORDER BY received_at, observed_at LIMIT $7
            """;

    /** Whether it is a number, and its unit. */
    record Kind(boolean number, @Nullable String unit) {}

    /** Empty when there is no such item. */
    Future<Optional<Kind>> kind(SqlClient client, DeviceId device, String item) {
        return client.preparedQuery(KIND)
                .execute(Tuple.of(device.value(), item))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(new Kind(row.getBoolean(0), row.getString(1)));
                    }
                    return Optional.empty();
                });
    }

    Future<List<Series.Sample>> raw(SqlClient client, DeviceId device, String item, Span span, int limit) {
        return client.preparedQuery(RAW)
                .execute(tuple(device, item, span).addValue(limit))
                .map(rows -> {
                    List<Series.Sample> samples = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        samples.add(new Series.Sample(instant(row, 0), row.getDouble(1)));
                    }
                    samples.sort((one, other) -> one.at().compareTo(other.at()));
                    return samples;
                });
    }

    Future<List<Series.Bucket>> buckets(SqlClient client, DeviceId device, String item, Span span, Duration width) {
        return client.preparedQuery(BUCKETS)
                .execute(tuple(device, item, span).addValue((double) width.toSeconds()))
                .map(rows -> {
                    List<Series.Bucket> buckets = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        buckets.add(new Series.Bucket(
                                instant(row, 0), row.getDouble(1), row.getDouble(2), row.getDouble(3), row.getLong(4)));
                    }
                    return buckets;
                });
    }

    Future<List<Series.State>> states(SqlClient client, DeviceId device, String item, Span span, int limit) {
        return client.preparedQuery(STATES)
                .execute(tuple(device, item, span).addValue(limit))
                .map(rows -> {
                    List<Series.State> states = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        states.add(new Series.State(instant(row, 0), row.getString(1)));
                    }
                    return states;
                });
    }

    /** The text that held at a time. */
    Future<Optional<String>> before(SqlClient client, DeviceId device, String item, Instant time) {
        return client.preparedQuery(BEFORE)
                .execute(Tuple.of(device.value(), item, time.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(row.getString(0));
                    }
                    return Optional.empty();
                });
    }

    /** In order of reception, only what was received after a moment. */
    Future<List<HistoryValue>> page(
            SqlClient client, DeviceId device, String item, Span span, Instant after, int limit) {
        return client.preparedQuery(PAGE)
                .execute(tuple(device, item, span).addValue(utc(after)).addValue(limit))
                .map(HistoryStore::values);
    }

    /** In order of reception, from where a page ended. */
    Future<List<HistoryValue>> piece(
            SqlClient client, DeviceId device, String item, Span span, History.@Nullable Place after, int limit) {
        Tuple values = tuple(device, item, span)
                .addValue(utc(after == null ? span.from().minus(EARLY) : after.receivedAt()))
                .addValue(after == null ? 0 : after.skip())
                .addValue(limit);
        return client.preparedQuery(PIECE).execute(values).map(HistoryStore::values);
    }

    private static List<HistoryValue> values(RowSet<Row> rows) {
        List<HistoryValue> values = new ArrayList<>(rows.size());
        for (Row row : rows) {
            values.add(new HistoryValue(row.getDouble(2), row.getString(3), instant(row, 0), instant(row, 1)));
        }
        return values;
    }

    private static Tuple tuple(DeviceId device, String item, Span span) {
        return Tuple.of(device.value(), item, utc(span.from().minus(EARLY)), utc(span.from()), utc(span.to()));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(Row row, int column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
