package io.fairlead.enterprise.people;

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

/** SQL of the trainings that end. */
final class EndingStore {
    /**
     * $1 now, $2 until when it counts, $3 to $5 the view, $6 whoever asks: he sees his own, $7 how many. Of a person's
     * trainings for a model the longest counts; whoever may do nothing here needs none.
     */
    private static final String ENDING = """
            SELECT t.person, p.display_name, t.id, t.model, t.until, t.evidence, count(*) OVER ()::int
              FROM (SELECT DISTINCT ON (person, model) id, person, model, until, evidence FROM person_training
                     WHERE withdrawn_at IS NULL ORDER BY person, model, until DESC) t
              JOIN person p ON p.name = t.person
             WHERE t.until < $2 AND p.disabled_at IS NULL
               AND EXISTS (SELECT FROM person_grant g
                            WHERE g.person = p.name AND g.withdrawn_at IS NULL AND (g.until IS NULL OR g.until > $1))
               AND (p.name = $6 OR fairlead_in_view(NULL, p.customer, NULL, $3, $4, $5))
             ORDER BY abs(extract(epoch FROM t.until - $1)), t.id LIMIT $7
            """;

    /** The first of them, and how many there are. */
    record Found(List<Pending.Ending> first, int all) {}

    Future<Found> list(SqlClient client, View view, @Nullable String own, Instant now, Instant until, int limit) {
        return client.preparedQuery(ENDING)
                .execute(Tuple.from(Arrays.asList(
                        utc(now), utc(until), view.regions(), view.customers(), view.models(), own, limit)))
                .map(rows -> {
                    List<Pending.Ending> first = new ArrayList<>(rows.size());
                    int all = 0;
                    for (Row row : rows) {
                        all = row.getInteger(6);
                        first.add(new Pending.Ending(
                                row.getString(0),
                                row.getString(1),
                                new Training(
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getOffsetDateTime(4).toInstant(),
                                        row.getString(5))));
                    }
                    return new Found(first, all);
                });
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
