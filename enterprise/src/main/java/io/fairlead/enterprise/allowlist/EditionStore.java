package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.format.JsonList;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** SQL of the editions. */
final class EditionStore {
    /** One node at a time makes an edition. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('fairlead allowlist'))";

    private static final String SELECT = "SELECT document, signature, signer FROM allowlist_edition";
    private static final String LATEST = SELECT + " ORDER BY version DESC LIMIT $1";
    private static final String ADD = """
            INSERT INTO allowlist_edition (version, issued, expires, document, signature, signer)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    Future<Void> alone(SqlClient client) {
        return client.query(ALONE).execute().mapEmpty();
    }

    Future<Optional<Edition>> last(SqlClient client) {
        return latest(client, 1).map(editions -> editions.stream().findFirst());
    }

    /** The newest first. */
    Future<List<Edition>> latest(SqlClient client, int most) {
        return client.preparedQuery(LATEST).execute(Tuple.of(most)).map(EditionStore::editions);
    }

    Future<Void> add(SqlClient client, Edition edition) {
        return client.preparedQuery(ADD)
                .execute(Tuple.of(
                        edition.version(),
                        edition.list().issued().atOffset(ZoneOffset.UTC),
                        edition.expires().atOffset(ZoneOffset.UTC),
                        Buffer.buffer(edition.document()),
                        Buffer.buffer(
                                Base64.getDecoder().decode(edition.signature().value())),
                        edition.signature().signer()))
                .mapEmpty();
    }

    private static List<Edition> editions(RowSet<Row> rows) {
        List<Edition> editions = new ArrayList<>(rows.size());
        for (Row row : rows) {
            byte[] document = row.getBuffer(0).getBytes();
            editions.add(new Edition(
                    list(document),
                    new String(document, StandardCharsets.UTF_8),
                    new Edition.Signature(
                            Base64.getEncoder().encodeToString(row.getBuffer(1).getBytes()), row.getString(2))));
        }
        return editions;
    }

    private static JsonList list(byte[] document) {
        try {
            return JsonList.read(new ByteArrayInputStream(document));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
