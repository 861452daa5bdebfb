package io.fairlead.enterprise.account;

import static io.fairlead.enterprise.account.AccountStore.instant;
import static io.fairlead.enterprise.account.AccountStore.utc;

import io.fairlead.enterprise.audit.AuditCode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** SQL of the passwords and certificates that end, and of what was said of them. */
final class EndingStore {
    /** Of an account's passwords, and of its certificates, the one that lasts longest counts. */
    private static final String ENDING = """
            SELECT longest.kind, longest.account, longest.id, longest.known_as, longest.not_after
              FROM ((SELECT DISTINCT ON (w.account) 'PASSWORD' AS kind, w.account, w.id, w.id::text AS known_as, w.not_after
                       FROM account_password w
                      WHERE w.ended_at IS NULL
                      ORDER BY w.account, w.not_after DESC, w.id DESC)
                    UNION ALL
                    (SELECT DISTINCT ON (c.account) 'CERTIFICATE', c.account, c.id, c.sha256, c.not_after
                       FROM account_certificate c
                      WHERE c.ended_at IS NULL
                      ORDER BY c.account, c.not_after DESC, c.id DESC)) longest
              JOIN person p ON p.name = longest.account
             WHERE p.disabled_at IS NULL AND longest.not_after > $1 AND longest.not_after < $2
             ORDER BY longest.not_after, longest.account, longest.kind LIMIT 100
            """;

    private static final String WARN_OF_PASSWORD = """
            INSERT INTO account_password_warning (password, days, warned_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
            """;
    private static final String WARN_OF_CERTIFICATE = """
            INSERT INTO account_certificate_warning (certificate, days, warned_at) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING
            """;

    enum Kind {
        PASSWORD(AuditCode.ACCOUNT_PASSWORD_ENDING, WARN_OF_PASSWORD),
        CERTIFICATE(AuditCode.ACCOUNT_CERTIFICATE_ENDING, WARN_OF_CERTIFICATE);

        private final AuditCode code;
        private final String warn;

        Kind(AuditCode code, String warn) {
            this.code = code;
            this.warn = warn;
        }

        AuditCode code() {
            return code;
        }

        /** For people. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param knownAs in the audit: a password by its id, a certificate by its SHA-256 */
    record Ending(Kind kind, String account, long id, String knownAs, Instant notAfter) {}

    Future<List<Ending>> ending(SqlClient client, Instant after, Instant before) {
        return client.preparedQuery(ENDING)
                .execute(Tuple.of(utc(after), utc(before)))
                .map(rows -> {
                    List<Ending> list = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        list.add(new Ending(
                                Kind.valueOf(row.getString(0)),
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                instant(row, 4)));
                    }
                    return list;
                });
    }

    /** Whether this was not said before, by any node. */
    Future<Boolean> warn(SqlClient client, Ending one, int days, Instant now) {
        return client.preparedQuery(one.kind().warn)
                .execute(Tuple.of(one.id(), days, utc(now)))
                .map(rows -> rows.rowCount() > 0);
    }
}
