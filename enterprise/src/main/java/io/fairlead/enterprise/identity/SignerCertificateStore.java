package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Rows of {@code signer_certificate}. */
final class SignerCertificateStore {
    private static final String INSERT = """
            INSERT INTO signer_certificate (key_id, certificate) VALUES ($1, $2) ON CONFLICT DO NOTHING
            """;

    private static final String FIND = """
            SELECT certificate FROM signer_certificate WHERE key_id = ANY ($1) ORDER BY key_id
            """;

    Future<Void> insert(SqlConnection connection, SignedBytes signed) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(signed.keyId(), Buffer.buffer(signed.certificate())))
                .mapEmpty();
    }

    Future<List<byte[]>> find(SqlClient client, Collection<String> keyIds) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(keyIds.toArray(new String[0])))
                .map(rows -> {
                    List<byte[]> found = new ArrayList<>();
                    for (Row row : rows) {
                        found.add(row.getBuffer("certificate").getBytes());
                    }
                    return found;
                });
    }
}
