package io.fairlead.enterprise.account;

import static io.fairlead.enterprise.account.AccountStore.instant;
import static io.fairlead.enterprise.account.AccountStore.known;
import static io.fairlead.enterprise.account.AccountStore.utc;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of the accounts' certificates. */
final class CertificateStore {
    /** Of those that were removed the latest. */
    private static final String PINNED = """
            SELECT c.account, p.disabled_at IS NOT NULL, a.addresses, c.id, c.not_before, c.not_after,
                   c.ended_at IS NOT NULL, u.used_at
              FROM account_certificate c
              JOIN account a ON a.name = c.account
              JOIN person p ON p.name = c.account
              LEFT JOIN account_certificate_use u ON u.certificate = c.id
             WHERE c.sha256 = $1 ORDER BY c.ended_at DESC NULLS FIRST, c.id DESC LIMIT 1
            """;
    /** $3 how old what is known must be to be written anew. Whether it was the first time. */
    private static final String USED = """
            INSERT INTO account_certificate_use AS u (certificate, used_at, address) VALUES ($1, $2, $4)
            ON CONFLICT (certificate) DO UPDATE SET used_at = $2, address = $4 WHERE u.used_at < $3
            RETURNING xmax = 0
            """;

    private static final String INSERT = """
            INSERT INTO account_certificate
                (account, sha256, subject, key, not_before, own_end, not_after, added_at, added_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (sha256) WHERE ended_at IS NULL DO NOTHING
            RETURNING id
            """;
    private static final String END = """
            UPDATE account_certificate SET ended_at = $3 WHERE account = $1 AND sha256 = $2 AND ended_at IS NULL
            """;
    private static final String OF = """
            SELECT c.sha256, c.subject, c.key, c.not_before, c.own_end, c.not_after, c.added_at, c.added_by,
                   u.used_at, u.address
              FROM account_certificate c
              LEFT JOIN account_certificate_use u ON u.certificate = c.id
             WHERE c.account = $1 AND c.ended_at IS NULL ORDER BY c.id
            """;

    /** A certificate that some account has, or had. */
    record Pinned(
            String account,
            boolean disabled,
            AddressLimit limit,
            long id,
            Instant notBefore,
            Instant notAfter,
            boolean removed,
            @Nullable Instant usedAt) {}

    Future<Optional<Pinned>> pinned(SqlClient client, String sha256) {
        return client.preparedQuery(PINNED).execute(Tuple.of(sha256)).map(rows -> {
            Pinned found = null;
            for (Row row : rows) {
                found = new Pinned(
                        row.getString(0),
                        row.getBoolean(1),
                        AddressLimit.of(List.of(row.getArrayOfStrings(2))),
                        row.getLong(3),
                        instant(row, 4),
                        instant(row, 5),
                        row.getBoolean(6),
                        known(row, 7));
            }
            return Optional.ofNullable(found);
        });
    }

    /** Whether it was for the first time. */
    Future<Boolean> used(SqlClient client, long certificate, Instant now, Instant staleBefore, String address) {
        return client.preparedQuery(USED)
                .execute(Tuple.of(certificate, utc(now), utc(staleBefore), address))
                .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean(0));
    }

    /** Its id; empty when some account has it. */
    Future<Optional<Long>> insert(
            SqlClient client, String account, ClientCertificate one, Instant notAfter, Instant now, String by) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        account,
                        one.sha256(),
                        one.subject(),
                        one.key(),
                        utc(one.notBefore()),
                        utc(one.notAfter()),
                        utc(notAfter),
                        utc(now),
                        by)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getLong(0)));
    }

    /** Whether it had it. */
    Future<Boolean> end(SqlClient client, String account, String sha256, Instant now) {
        return client.preparedQuery(END)
                .execute(Tuple.of(account, sha256, utc(now)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Those that were not removed, also when they have ended, in the order in which they were added. */
    Future<List<AccountCertificate>> of(SqlClient client, String account) {
        return client.preparedQuery(OF).execute(Tuple.of(account)).map(rows -> {
            List<AccountCertificate> list = new ArrayList<>(rows.size());
            for (Row row : rows) {
                list.add(new AccountCertificate(
                        new ClientCertificate(
                                row.getString(0), row.getString(1), row.getString(2), instant(row, 3), instant(row, 4)),
                        instant(row, 5),
                        instant(row, 6),
                        row.getString(7),
                        known(row, 8),
                        row.getString(9)));
            }
            return list;
        });
    }
}
