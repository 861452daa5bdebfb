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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of roles and trainings on record. */
final class GrantStore {
    private static final String INSERT_GRANT = """
            INSERT INTO person_grant (person, role, region, customer, model, until, granted_at, granted_by, approved_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;
    private static final String INSERT_TRAINING = """
            INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by, approved_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;
    private static final String WITHDRAW_GRANT = """
            UPDATE person_grant SET withdrawn_at = $3, withdrawn_by = $4
             WHERE id = $2 AND person = $1 AND withdrawn_at IS NULL
            RETURNING id, role, region, customer, model, until
            """;
    private static final String WITHDRAW_TRAINING = """
            UPDATE person_training SET withdrawn_at = $3, withdrawn_by = $4
             WHERE id = $2 AND person = $1 AND withdrawn_at IS NULL
            RETURNING id, model, until, evidence
            """;
    private static final String GRANTS = """
            SELECT id, role, region, customer, model, until, granted_at, granted_by, approved_by FROM person_grant
             WHERE person = $1 AND withdrawn_at IS NULL ORDER BY id
            """;
    private static final String TRAININGS = """
            SELECT id, model, until, evidence, recorded_at, recorded_by FROM person_training
             WHERE person = $1 AND withdrawn_at IS NULL ORDER BY model, until
            """;

    Future<Void> insert(SqlClient client, Widening.OfRole role, String by, @Nullable String approvedBy, Instant now) {
        Scope scope = role.scope();
        return client.preparedQuery(INSERT_GRANT)
                .execute(Tuple.from(Arrays.asList(
                        role.person(),
                        role.role().key(),
                        scope.region(),
                        scope.customer(),
                        scope.model(),
                        utc(role.until()),
                        utc(now),
                        by,
                        approvedBy)))
                .mapEmpty();
    }

    Future<Void> insert(
            SqlClient client, Widening.OfTraining training, String by, @Nullable String approvedBy, Instant now) {
        return client.preparedQuery(INSERT_TRAINING)
                .execute(Tuple.from(Arrays.asList(
                        training.person(),
                        training.model(),
                        utc(training.until()),
                        training.evidence(),
                        utc(now),
                        by,
                        approvedBy)))
                .mapEmpty();
    }

    /** What was withdrawn; empty when there is no such. */
    Future<Optional<Grant>> withdrawGrant(SqlClient client, String person, long id, String by, Instant now) {
        return client.preparedQuery(WITHDRAW_GRANT)
                .execute(Tuple.of(person, id, utc(now), by))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(grant(row));
                    }
                    return Optional.empty();
                });
    }

    /** The same. */
    Future<Optional<Training>> withdrawTraining(SqlClient client, String person, long id, String by, Instant now) {
        return client.preparedQuery(WITHDRAW_TRAINING)
                .execute(Tuple.of(person, id, utc(now), by))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(training(row));
                    }
                    return Optional.empty();
                });
    }

    Future<List<PersonDetails.Granted>> grants(SqlClient client, String person) {
        return client.preparedQuery(GRANTS).execute(Tuple.of(person)).map(rows -> {
            List<PersonDetails.Granted> list = new ArrayList<>(rows.size());
            for (Row row : rows) {
                list.add(new PersonDetails.Granted(
                        grant(row), row.getOffsetDateTime(6).toInstant(), row.getString(7), row.getString(8)));
            }
            return list;
        });
    }

    Future<List<PersonDetails.Trained>> trainings(SqlClient client, String person) {
        return client.preparedQuery(TRAININGS).execute(Tuple.of(person)).map(rows -> {
            List<PersonDetails.Trained> list = new ArrayList<>(rows.size());
            for (Row row : rows) {
                list.add(new PersonDetails.Trained(
                        training(row), row.getOffsetDateTime(4).toInstant(), row.getString(5)));
            }
            return list;
        });
    }

    private static Grant grant(Row row) {
        OffsetDateTime until = row.getOffsetDateTime(5);
        return new Grant(
                row.getLong(0),
                Role.ofKey(row.getString(1)).orElseThrow(),
                new Scope(row.getString(2), row.getString(3), row.getString(4)),
                until == null ? null : until.toInstant());
    }

    private static Training training(Row row) {
        return new Training(
                row.getLong(0), row.getString(1), row.getOffsetDateTime(2).toInstant(), row.getString(3));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
