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

/** SQL of the search for people and trainings. $1–$3 whom somebody may see, $4 himself. */
final class PeopleSearchStore {
    /** $5 now, $6 words, $7 kind, $8 customer, $9 role, $10 disabled or not. */
    private static final String PEOPLE = """
              FROM person p
              CROSS JOIN LATERAL (SELECT array_agg(DISTINCT g.role) AS roles FROM person_grant g
                                   WHERE g.person = p.name AND g.withdrawn_at IS NULL
                                     AND (g.until IS NULL OR g.until > $5)) AS r
              CROSS JOIN LATERAL (SELECT min(t.until) AS ends FROM person_training t
                                   WHERE t.person = p.name AND t.withdrawn_at IS NULL AND t.until > $5) AS e
             WHERE (p.name = $4 OR fairlead_in_view(NULL, p.customer, NULL, $1, $2, $3))
               AND NOT EXISTS (SELECT 1 FROM unnest($6::text[]) AS word
                                WHERE strpos(lower(concat_ws(' ', p.name, p.display_name, p.organisation, p.customer)),
                                             lower(word)) = 0)
               AND ($7::text IS NULL OR p.kind = $7)
               AND ($8::text IS NULL OR p.customer = $8)
               AND ($9::text IS NULL OR $9 = ANY (r.roles))
               AND ($10::boolean IS NULL OR (p.disabled_at IS NOT NULL) = $10)
            """;

    private static final String COUNT_PEOPLE = "SELECT count(*)::int" + PEOPLE;
    /** $11 and $12: how many after how many. */
    private static final String PAGE_OF_PEOPLE =
            "SELECT " + PeopleStore.COLUMNS + """
                , r.roles, e.ends,
                  (SELECT count(*)::int FROM person_proposal w
                    WHERE w.person = p.name AND w.decided_at IS NULL AND w.not_after > $5)
            """ + PEOPLE + " ORDER BY %s LIMIT $11 OFFSET $12";

    /** $5 person, $6 model, $7 and $8 when it is out of date. */
    private static final String TRAININGS = """
              FROM person_training t JOIN person p ON p.name = t.person
             WHERE t.withdrawn_at IS NULL
               AND (p.name = $4 OR fairlead_in_view(NULL, p.customer, NULL, $1, $2, $3))
               AND ($5::text IS NULL OR t.person = $5)
               AND ($6::text IS NULL OR t.model = $6)
               AND ($7::timestamptz IS NULL OR t.until >= $7)
               AND ($8::timestamptz IS NULL OR t.until < $8)
            """;

    private static final String COUNT_TRAININGS = "SELECT count(*)::int" + TRAININGS;
    /** $9 and $10: how many after how many. */
    private static final String PAGE_OF_TRAININGS =
            "SELECT t.person, t.id, t.model, t.until, t.evidence, t.recorded_at, t.recorded_by" + TRAININGS
                    + " ORDER BY %s LIMIT $9 OFFSET $10";

    Future<Integer> count(SqlClient client, PeopleSearch.Asked asked, PersonQuery query, Instant now) {
        return counted(client, COUNT_PEOPLE, arguments(asked, query, now));
    }

    Future<List<PersonListed>> people(
            SqlClient client, PeopleSearch.Asked asked, PersonQuery query, Instant now, int offset) {
        List<@Nullable Object> arguments = arguments(asked, query, now);
        arguments.add(query.size());
        arguments.add(offset);
        return client.preparedQuery(PAGE_OF_PEOPLE.formatted(query.sort().orderBy(query.descending())))
                .execute(Tuple.from(arguments))
                .map(rows -> {
                    List<PersonListed> list = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        OffsetDateTime ends = row.getOffsetDateTime(10);
                        list.add(new PersonListed(
                                PeopleStore.person(row),
                                PeopleStore.roles(row.getArrayOfStrings(9)),
                                ends == null ? null : ends.toInstant(),
                                row.getInteger(11)));
                    }
                    return list;
                });
    }

    Future<Integer> count(SqlClient client, PeopleSearch.Asked asked, TrainingQuery query) {
        return counted(client, COUNT_TRAININGS, arguments(asked, query));
    }

    Future<List<PeopleSearch.Found>> trainings(
            SqlClient client, PeopleSearch.Asked asked, TrainingQuery query, int offset) {
        List<@Nullable Object> arguments = arguments(asked, query);
        arguments.add(query.size());
        arguments.add(offset);
        return client.preparedQuery(PAGE_OF_TRAININGS.formatted(query.sort().orderBy(query.descending())))
                .execute(Tuple.from(arguments))
                .map(rows -> {
                    List<PeopleSearch.Found> list = new ArrayList<>(rows.size());
                    rows.forEach(row -> list.add(found(row)));
                    return list;
                });
    }

    private static PeopleSearch.Found found(Row row) {
        Training training = new Training(
                row.getLong(1), row.getString(2), row.getOffsetDateTime(3).toInstant(), row.getString(4));
        return new PeopleSearch.Found(
                row.getString(0),
                new PersonDetails.Trained(training, row.getOffsetDateTime(5).toInstant(), row.getString(6)));
    }

    private static Future<Integer> counted(SqlClient client, String query, List<@Nullable Object> arguments) {
        return client.preparedQuery(query)
                .execute(Tuple.from(arguments))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static List<@Nullable Object> arguments(PeopleSearch.Asked asked, PersonQuery query, Instant now) {
        Person.Kind kind = query.kind();
        List<@Nullable Object> arguments = asked(asked);
        arguments.add(now.atOffset(ZoneOffset.UTC));
        arguments.add(query.words().toArray(String[]::new));
        arguments.add(kind == null ? null : kind.key());
        arguments.add(query.customer());
        arguments.add(query.role());
        arguments.add(query.disabled());
        return arguments;
    }

    private static List<@Nullable Object> arguments(PeopleSearch.Asked asked, TrainingQuery query) {
        List<@Nullable Object> arguments = asked(asked);
        arguments.add(query.person());
        arguments.add(query.model());
        arguments.add(utc(query.untilFrom()));
        arguments.add(utc(query.untilTo()));
        return arguments;
    }

    private static List<@Nullable Object> asked(PeopleSearch.Asked asked) {
        View view = asked.view();
        return new ArrayList<>(Arrays.asList(view.regions(), view.customers(), view.models(), asked.own()));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
