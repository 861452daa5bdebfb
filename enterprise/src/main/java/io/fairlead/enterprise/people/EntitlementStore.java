package io.fairlead.enterprise.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL of what a person may: one round trip. */
final class EntitlementStore {
    private static final String READ = """
            SELECT p.disabled_at IS NOT NULL,
                   (SELECT json_agg(json_build_object('id', g.id, 'role', g.role, 'region', g.region, 'customer', g.customer,
                                                      'model', g.model, 'until', extract(epoch FROM g.until)))
                      FROM person_grant g WHERE g.person = p.name AND g.withdrawn_at IS NULL),
                   (SELECT json_agg(json_build_object('id', t.id, 'model', t.model, 'evidence', t.evidence,
                                                      'until', extract(epoch FROM t.until)))
                      FROM person_training t WHERE t.person = p.name AND t.withdrawn_at IS NULL),
                   p.name, p.kind
              FROM person p
            """;
    private static final String READ_ONE = READ + " WHERE p.name = $1 AND p.kind = $2";
    /** Nobody who has no role may anything. */
    private static final String READ_ALL = READ + """
             WHERE p.disabled_at IS NULL
               AND EXISTS (SELECT 1 FROM person_grant g WHERE g.person = p.name AND g.withdrawn_at IS NULL)
             ORDER BY p.name
            """;

    private static final String WORDS = "SELECT display_name, organisation FROM person WHERE name = $1";

    Future<Entitlement> read(SqlClient client, Actor actor, Instant now) {
        return client.preparedQuery(READ_ONE)
                .execute(Tuple.of(actor.name(), Person.Kind.of(actor).key()))
                .map(rows -> {
                    for (Row row : rows) {
                        return entitlement(row, actor, now);
                    }
                    return new Entitlement(actor, true, List.of(), List.of(), now);
                });
    }

    /** Of all who have a role and are not disabled, as if each were confirmed. */
    Future<List<Entitlement>> readAll(SqlClient client, Instant now) {
        return client.preparedQuery(READ_ALL).execute().map(rows -> {
            List<Entitlement> all = new ArrayList<>(rows.size());
            for (Row row : rows) {
                all.add(entitlement(row, Person.Kind.ofKey(row.getString(4)).actor(row.getString(3), true), now));
            }
            return all;
        });
    }

    private static Entitlement entitlement(Row row, Actor actor, Instant now) {
        return new Entitlement(
                actor,
                row.getBoolean(0),
                list(row.getJsonArray(1), EntitlementStore::grant),
                list(row.getJsonArray(2), EntitlementStore::training),
                now);
    }

    /** Nobody of this name is called by it. */
    Future<String> words(SqlClient client, String name, int most) {
        return client.preparedQuery(WORDS).execute(Tuple.of(name)).map(rows -> {
            for (Row row : rows) {
                return Words.of(name, row.getString(0), row.getString(1), most);
            }
            return Words.shortened(name, most);
        });
    }

    private static <T> List<T> list(@Nullable JsonArray array, Function<JsonObject, T> of) {
        return array == null
                ? List.of()
                : array.stream().map(JsonObject.class::cast).map(of).toList();
    }

    private static Grant grant(JsonObject json) {
        return new Grant(
                json.getLong("id"),
                Role.ofKey(json.getString("role")).orElseThrow(),
                new Scope(json.getString("region"), json.getString("customer"), json.getString("model")),
                until(json.getDouble("until")));
    }

    private static Training training(JsonObject json) {
        Instant until = Instant.ofEpochSecond(json.getDouble("until").longValue());
        return new Training(json.getLong("id"), json.getString("model"), until, json.getString("evidence"));
    }

    private static @Nullable Instant until(@Nullable Double epochSeconds) {
        return epochSeconds == null ? null : Instant.ofEpochSecond(epochSeconds.longValue());
    }
}
