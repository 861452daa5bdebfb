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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of the people. */
final class PeopleStore {
    /** Changes of people and rights come one after the other, so that each judges what the one before has left. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('fairlead people'))";

    static final String COLUMNS =
            "p.name, p.display_name, p.organisation, p.customer, p.created_at, p.created_by, p.disabled_at, p.version, p.kind";
    private static final String INSERT = """
            INSERT INTO person (name, display_name, organisation, customer, created_at, created_by, kind)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING
            """;
    private static final String FIND = "SELECT " + COLUMNS + " FROM person p WHERE p.name = $1";
    private static final String NAMED = "SELECT " + COLUMNS + " FROM person p WHERE p.name = ANY ($1)";
    /** $1 the search, $2 after, $3 limit, $4 to $6 the view, $7 whoever asks: he sees himself, $8 now, $9 people or accounts. */
    private static final String LIST = "SELECT " + COLUMNS + """
                , (SELECT array_agg(DISTINCT g.role) FROM person_grant g
                    WHERE g.person = p.name AND g.withdrawn_at IS NULL AND (g.until IS NULL OR g.until > $8)),
                  (SELECT min(t.until) FROM person_training t
                    WHERE t.person = p.name AND t.withdrawn_at IS NULL AND t.until > $8),
                  (SELECT count(*) FROM person_proposal r
                    WHERE r.person = p.name AND r.decided_at IS NULL AND r.not_after > $8)
              FROM person p
             WHERE p.kind = $9 AND ($1 = '' OR strpos(lower(concat_ws(' ', p.name, p.display_name, p.organisation, p.customer)), lower($1)) > 0)
               AND ($2::text IS NULL OR p.name > $2)
               AND (p.name = $7 OR fairlead_in_view(NULL, p.customer, NULL, $4, $5, $6))
             ORDER BY p.name LIMIT $3
            """;

    private static final String CHANGE = """
            UPDATE person SET display_name = $2, organisation = $3, version = version + 1
             WHERE name = $1 AND (display_name, organisation) IS DISTINCT FROM ($2, $3)
            """;
    private static final String DISABLE = """
            UPDATE person SET disabled_at = $2, version = version + 1
             WHERE name = $1 AND (disabled_at IS NULL) <> ($2::timestamptz IS NULL)
            """;

    Future<Void> alone(SqlClient client) {
        return client.query(ALONE).execute().mapEmpty();
    }

    /** Whether the name was free. */
    Future<Boolean> insert(SqlClient client, Person.Kind kind, NewPerson person, String by, Instant now) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(
                        person.name(),
                        person.displayName(),
                        person.organisation(),
                        person.customer(),
                        utc(now),
                        by,
                        kind.key()))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Optional<Person>> find(SqlClient client, String name) {
        return client.preparedQuery(FIND).execute(Tuple.of(name)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(person(row));
            }
            return Optional.empty();
        });
    }

    Future<Map<String, Person>> named(SqlClient client, List<String> names) {
        return client.preparedQuery(NAMED)
                .execute(Tuple.of((Object) names.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Person> named = new HashMap<>();
                    rows.forEach(row -> named.put(row.getString(0), person(row)));
                    return named;
                });
    }

    Future<List<PersonListed>> list(
            SqlClient client, Person.Kind kind, PersonFilter filter, View view, @Nullable String own, Instant now) {
        return client.preparedQuery(LIST)
                .execute(Tuple.from(Arrays.asList(
                        filter.search().strip(),
                        filter.after(),
                        filter.limit(),
                        view.regions(),
                        view.customers(),
                        view.models(),
                        own,
                        utc(now),
                        kind.key())))
                .map(rows -> {
                    List<PersonListed> list = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        list.add(new PersonListed(
                                person(row), roles(row.getArrayOfStrings(9)), instant(row, 10), row.getInteger(11)));
                    }
                    return list;
                });
    }

    static List<Role> roles(String @Nullable [] keys) {
        return keys == null
                ? List.of()
                : Arrays.stream(keys)
                        .flatMap(key -> Role.ofKey(key).stream())
                        .sorted()
                        .toList();
    }

    /** Whether it was not so before. */
    Future<Boolean> change(SqlClient client, String name, String displayName, String organisation) {
        return client.preparedQuery(CHANGE)
                .execute(Tuple.of(name, displayName, organisation))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether it was not so before; null enables. */
    Future<Boolean> disable(SqlClient client, String name, @Nullable Instant since) {
        return client.preparedQuery(DISABLE)
                .execute(Tuple.of(name, since == null ? null : utc(since)))
                .map(rows -> rows.rowCount() == 1);
    }

    static Person person(Row row) {
        return new Person(
                Person.Kind.ofKey(row.getString(8)),
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getOffsetDateTime(4).toInstant(),
                row.getString(5),
                instant(row, 6),
                row.getLong(7));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
