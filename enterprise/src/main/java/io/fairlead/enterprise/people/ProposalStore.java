package io.fairlead.enterprise.people;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of the proposals. */
final class ProposalStore {
    private static final Duration LIFE = Duration.ofDays(7);

    private static final String COLUMNS = """
            r.id, r.person, r.kind, r.role, r.region, r.customer, r.model, r.until, r.evidence, r.proposed_at, r.proposed_by,
            r.not_after, r.decided_at, r.decided_by, r.approved
            """;
    private static final String INSERT = """
            INSERT INTO person_proposal AS r (person, kind, role, region, customer, model, until, evidence, proposed_at,
                                              proposed_by, not_after)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            RETURNING
            """ + COLUMNS;
    private static final String FIND = "SELECT " + COLUMNS + " FROM person_proposal r WHERE r.id = $1";
    /** $1 now, $2 a person or null for all, $3 to $5 the view, $6 whoever asks: he sees what is about himself, and his own. */
    private static final String WAITING = "SELECT " + COLUMNS + """
              FROM person_proposal r JOIN person p ON p.name = r.person
             WHERE r.decided_at IS NULL AND r.not_after > $1 AND ($2::text IS NULL OR r.person = $2)
               AND (r.person = $6 OR r.proposed_by = 'person:' || $6
                    OR fairlead_in_view(NULL, p.customer, NULL, $3, $4, $5))
             ORDER BY r.id LIMIT 1000
            """;

    private static final String DECIDE = """
            UPDATE person_proposal SET decided_at = $2, decided_by = $3, approved = $4 WHERE id = $1 AND decided_at IS NULL
            """;

    Future<Proposal> insert(SqlClient client, Widening widening, String by, Instant now) {
        Scope scope = Scope.PLATFORM;
        String role = null;
        String model = null;
        String evidence = null;
        if (widening instanceof Widening.OfRole of) {
            role = of.role().key();
            scope = of.scope();
            model = scope.model();
        } else if (widening instanceof Widening.OfTraining of) {
            model = of.model();
            evidence = of.evidence();
        }
        return client.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        widening.person(),
                        widening.kind(),
                        role,
                        scope.region(),
                        scope.customer(),
                        model,
                        utc(widening.until()),
                        evidence,
                        utc(now),
                        by,
                        utc(now.plus(LIFE)))))
                .map(rows -> proposal(rows.iterator().next(), now));
    }

    Future<Optional<Proposal>> find(SqlClient client, long id, Instant now) {
        return client.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(proposal(row, now));
            }
            return Optional.empty();
        });
    }

    Future<List<Proposal>> waiting(
            SqlClient client, @Nullable String person, View view, @Nullable String own, Instant now) {
        return client.preparedQuery(WAITING)
                .execute(Tuple.of(utc(now), person, view.regions(), view.customers(), view.models(), own))
                .map(rows -> {
                    List<Proposal> list = new ArrayList<>(rows.size());
                    rows.forEach(row -> list.add(proposal(row, now)));
                    return list;
                });
    }

    Future<Void> decide(SqlClient client, long id, String by, boolean approved, Instant now) {
        return client.preparedQuery(DECIDE)
                .execute(Tuple.of(id, utc(now), by, approved))
                .mapEmpty();
    }

    private static Proposal proposal(Row row, Instant now) {
        Instant notAfter = row.getOffsetDateTime(11).toInstant();
        Boolean approved = row.getBoolean(14);
        Proposal.State open = now.isBefore(notAfter) ? Proposal.State.WAITING : Proposal.State.EXPIRED;
        return new Proposal(
                row.getLong(0),
                widening(row),
                row.getString(10),
                row.getOffsetDateTime(9).toInstant(),
                notAfter,
                approved == null ? open : approved ? Proposal.State.APPROVED : Proposal.State.REJECTED,
                row.getString(13),
                instant(row.getOffsetDateTime(12)));
    }

    private static Widening widening(Row row) {
        String person = row.getString(1);
        Instant until = instant(row.getOffsetDateTime(7));
        return switch (row.getString(2)) {
            case "role" ->
                new Widening.OfRole(
                        person,
                        Role.ofKey(row.getString(3)).orElseThrow(),
                        new Scope(row.getString(4), row.getString(5), row.getString(6)),
                        until);
            case "training" ->
                new Widening.OfTraining(person, row.getString(6), Objects.requireNonNull(until), row.getString(8));
            default -> new Widening.Enabling(person);
        };
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
