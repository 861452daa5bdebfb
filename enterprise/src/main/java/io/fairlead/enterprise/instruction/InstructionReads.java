package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL of instructions as people see them. $1 is now: of what is said of an instruction, time is a part. */
final class InstructionReads {
    /** As {@link Instruction.State} draws it: the result wins, then another enrolment, then the journal. */
    private static final String STATE = """
            CASE WHEN i.outcome IS NOT NULL THEN i.outcome
                 WHEN i.enrolment IS DISTINCT FROM d.enrolment THEN 'VOID'
                 WHEN i.journaled_at IS NOT NULL THEN 'JOURNALED'
                 WHEN i.cancelled_at IS NOT NULL THEN 'CANCELLED'
                 WHEN i.not_after <= $1 THEN 'EXPIRED'
                 ELSE 'WAITING' END
            """;

    private static final String SELECT = "SELECT i.device, i.sequence, i.kind, i.subject, " + STATE + """
                 , i.not_after, i.created_by, i.created_at, i.journaled_at, i.outcome, i.detail, i.finished_at,
                   i.reported_at, i.reason
            """;
    private static final String FROM = """
              FROM instruction i JOIN device d ON d.id = i.device
            """;

    private static final String LIST = SELECT + FROM + " WHERE i.device = $2 ORDER BY i.sequence DESC LIMIT $3";
    private static final String ONE = SELECT + FROM + " WHERE i.device = $2 AND i.sequence = $3";

    /** The view, $2–$4, is asked once for each region, customer and model that there is, as in the roster's list. */
    private static final String PLACES = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $2, $3, $4) AS seen FROM every)
            """;
    /** $5–$10: the filter. */
    private static final String FOUND = FROM + """
              LEFT JOIN place s ON s.region = d.region AND s.customer = d.customer AND s.model = d.model
             WHERE coalesce(s.seen, false)
               AND ($5::text IS NULL OR i.device = $5)
               AND ($6::text IS NULL OR i.kind = $6)
               AND ($7::text[] IS NULL OR %s = ANY ($7))
               AND ($8::text IS NULL OR i.created_by = $8)
               AND ($9::timestamptz IS NULL OR i.created_at >= $9)
               AND ($10::timestamptz IS NULL OR i.created_at < $10)
            """.formatted(STATE);

    private static final String COUNT = PLACES + "SELECT count(*)::int, $1::timestamptz" + FOUND;
    /** $11 and $12: how many after how many. */
    private static final String PAGE = PLACES + SELECT + FOUND + " ORDER BY %s LIMIT $11 OFFSET $12";

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    /** Newest first. */
    Future<List<Instruction>> list(SqlClient client, DeviceId device, int limit, Instant now) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(utc(now), device.value(), limit))
                .map(InstructionReads::instructions);
    }

    Future<Optional<Instruction>> find(SqlClient client, DeviceId device, long sequence, Instant now) {
        return client.preparedQuery(ONE)
                .execute(Tuple.of(utc(now), device.value(), sequence))
                .map(rows -> instructions(rows).stream().findFirst());
    }

    Future<Integer> count(SqlClient client, View view, InstructionFilter filter, Instant now) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.from(arguments(view, filter, now)))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Future<List<Instruction>> page(SqlClient client, View view, InstructionQuery query, int offset, Instant now) {
        List<@Nullable Object> arguments = arguments(view, query.filter(), now);
        arguments.add(query.size());
        arguments.add(offset);
        return client.preparedQuery(PAGE.formatted(query.sort().orderBy(query.descending())))
                .execute(Tuple.from(arguments))
                .map(InstructionReads::instructions);
    }

    private static List<@Nullable Object> arguments(View view, InstructionFilter filter, Instant now) {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(utc(now));
        arguments.add(view.regions());
        arguments.add(view.customers());
        arguments.add(view.models());
        arguments.add(filter.device() == null ? null : filter.device().value());
        arguments.add(filter.kind());
        arguments.add(names(filter.states()));
        arguments.add(filter.createdBy());
        arguments.add(bound(filter.createdFrom()));
        arguments.add(bound(filter.createdTo()));
        return arguments;
    }

    private static String @Nullable [] names(Set<Instruction.State> states) {
        return states.isEmpty() ? null : states.stream().map(Enum::name).toArray(String[]::new);
    }

    /** What PostgreSQL cannot keep is before, or after, all that there is. */
    private static @Nullable OffsetDateTime bound(@Nullable Instant time) {
        return time == null ? null : utc(time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time);
    }

    private static List<Instruction> instructions(RowSet<Row> rows) {
        List<Instruction> list = new ArrayList<>(rows.size());
        for (Row row : rows) {
            list.add(instruction(row));
        }
        return list;
    }

    private static Instruction instruction(Row row) {
        String outcome = row.getString(9);
        return new Instruction(
                new DeviceId(row.getString(0)),
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Instruction.State.valueOf(row.getString(4)),
                row.getOffsetDateTime(5).toInstant(),
                row.getString(6),
                row.getOffsetDateTime(7).toInstant(),
                instant(row.getOffsetDateTime(8)),
                outcome == null ? null : Outcome.valueOf(outcome),
                row.getString(10),
                instant(row.getOffsetDateTime(11)),
                instant(row.getOffsetDateTime(12)),
                row.getString(13));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
