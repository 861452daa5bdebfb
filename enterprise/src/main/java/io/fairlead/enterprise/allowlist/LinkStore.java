package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Cidr;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** SQL of customers' links. */
final class LinkStore {
    private static final String ALONE =
            "SELECT pg_advisory_xact_lock(hashtext('fairlead allowlist links of ' || $1::text))";
    private static final String COUNT = "SELECT count(*) FROM allowlist_link WHERE customer = $1";
    private static final String INSERT = """
            INSERT INTO allowlist_link (sha256, customer, purpose, sources, made_at, made_by)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
            """;
    private static final String SELECT = """
            SELECT id, customer, purpose, sources, made_at, made_by, used_on FROM allowlist_link
            """;
    private static final String LIST = SELECT + " ORDER BY customer, id LIMIT 10000";
    private static final String GET = SELECT + " WHERE id = $1 FOR UPDATE";
    private static final String FIND = SELECT + " WHERE sha256 = $1";
    private static final String USED = """
            UPDATE allowlist_link SET used_on = $2 WHERE id = $1 AND (used_on IS NULL OR used_on < $2)
            """;
    private static final String DELETE = "DELETE FROM allowlist_link WHERE id = $1";

    /** How many there are of a customer; nobody else makes one of his until the transaction ends. */
    Future<Long> count(SqlClient client, String customer) {
        return client.preparedQuery(ALONE)
                .execute(Tuple.of(customer))
                .compose(alone -> client.preparedQuery(COUNT).execute(Tuple.of(customer)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Future<Long> insert(
            SqlClient client,
            String sha256,
            String customer,
            String purpose,
            List<Cidr> sources,
            Instant at,
            String by) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(
                        sha256,
                        customer,
                        purpose,
                        sources.stream().map(Cidr::text).toArray(String[]::new),
                        at.atOffset(ZoneOffset.UTC),
                        by))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Future<List<CustomerLink>> list(SqlClient client) {
        return client.query(LIST).execute().map(LinkStore::links);
    }

    Future<Optional<CustomerLink>> get(SqlClient client, long id) {
        return client.preparedQuery(GET)
                .execute(Tuple.of(id))
                .map(rows -> links(rows).stream().findFirst());
    }

    Future<Optional<CustomerLink>> find(SqlClient client, String sha256) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(sha256))
                .map(rows -> links(rows).stream().findFirst());
    }

    Future<Void> used(SqlClient client, long id, LocalDate day) {
        return client.preparedQuery(USED).execute(Tuple.of(id, day)).mapEmpty();
    }

    Future<Void> delete(SqlClient client, long id) {
        return client.preparedQuery(DELETE).execute(Tuple.of(id)).mapEmpty();
    }

    private static List<CustomerLink> links(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new CustomerLink(
                        row.getLong(0),
                        row.getString(1),
                        row.getString(2),
                        Arrays.stream(row.getArrayOfStrings(3)).map(Cidr::of).toList(),
                        row.getOffsetDateTime(4).toInstant(),
                        row.getString(5),
                        row.getLocalDate(6)))
                .toList();
    }
}
