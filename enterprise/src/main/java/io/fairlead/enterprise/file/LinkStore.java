package io.fairlead.enterprise.file;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** SQL of the links. */
final class LinkStore {
    private static final String INSERT = """
            INSERT INTO transfer_link (sha256, transfer, made_by, not_after) VALUES ($1, $2, $3, $4)
            """;
    private static final String USE = """
            UPDATE transfer_link SET used_at = $2
             WHERE sha256 = $1 AND used_at IS NULL AND not_after > $2
            RETURNING transfer, made_by
            """;

    /** A link that is used up. */
    record Used(TransferId transfer, String madeBy) {}

    Future<Void> insert(SqlClient client, String sha256, TransferId transfer, String by, Instant notAfter) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(sha256, transfer.value(), by, notAfter.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    Future<Optional<Used>> use(SqlClient client, String sha256, Instant now) {
        return client.preparedQuery(USE)
                .execute(Tuple.of(sha256, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(new Used(new TransferId(row.getString(0)), row.getString(1)));
                    }
                    return Optional.empty();
                });
    }
}
