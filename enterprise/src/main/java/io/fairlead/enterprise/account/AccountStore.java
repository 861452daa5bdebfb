package io.fairlead.enterprise.account;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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

/** SQL of the accounts. */
final class AccountStore {
    private static final String KNOWN = """
            SELECT a.name IS NOT NULL, p.disabled_at IS NOT NULL, a.addresses, w.id, w.sha256, w.not_after, u.used_at
              FROM person p
              LEFT JOIN account a ON a.name = p.name AND p.kind = 'integration'
              LEFT JOIN account_password w ON w.account = a.name AND w.ended_at IS NULL
              LEFT JOIN account_use u ON u.password = w.id
             WHERE p.name = $1
            """;
    /** $3 how old what is known must be to be written anew. Whether it was the first time. */
    private static final String USED = """
            INSERT INTO account_use AS u (password, used_at, address) VALUES ($1, $2, $4)
            ON CONFLICT (password) DO UPDATE SET used_at = $2, address = $4 WHERE u.used_at < $3
            RETURNING xmax = 0
            """;

    private static final String ANY = "SELECT EXISTS (SELECT FROM account)";
    private static final String INSERT = "INSERT INTO account (name, addresses) VALUES ($1, $2)";
    private static final String LIMIT = "UPDATE account SET addresses = $2 WHERE name = $1 AND addresses <> $2";
    private static final String LOCK = "SELECT FROM account WHERE name = $1 FOR UPDATE";
    private static final String ADD_PASSWORD = """
            INSERT INTO account_password (account, sha256, made_at, made_by, not_after) VALUES ($1, $2, $3, $4, $5)
            RETURNING id
            """;
    private static final String ENDS = """
            UPDATE account_password SET not_after = least(not_after, $2) WHERE id = $1
            """;
    private static final String END = """
            UPDATE account_password SET ended_at = $2 WHERE id = ANY ($1) AND ended_at IS NULL
            """;
    private static final String OF = """
            SELECT a.name, a.addresses, w.id, w.made_at, w.made_by, w.not_after, u.used_at, u.address
              FROM account a
              LEFT JOIN account_password w ON w.account = a.name AND w.ended_at IS NULL AND w.not_after > $2
              LEFT JOIN account_use u ON u.password = w.id
             WHERE a.name = ANY ($1) ORDER BY a.name, w.id
            """;

    /**
     * A name that somebody has.
     *
     * @param account whether it is an account's; a person's has no limit and no passwords
     */
    record Known(boolean account, boolean disabled, AddressLimit limit, List<Verifier> passwords) {}

    /** What a password is compared with. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Verifier(
            long id,
            byte[] sha256,
            Instant notAfter,
            @Nullable Instant usedAt) {}

    /** The rest of an account. */
    record Rest(AddressLimit limit, List<AccountPassword> passwords) {}

    Future<Optional<Known>> known(SqlClient client, String name) {
        return client.preparedQuery(KNOWN).execute(Tuple.of(name)).map(rows -> {
            Known known = null;
            List<Verifier> passwords = new ArrayList<>();
            for (Row row : rows) {
                known = new Known(row.getBoolean(0), row.getBoolean(1), limit(row.getArrayOfStrings(2)), passwords);
                if (row.getLong(3) != null) {
                    passwords.add(
                            new Verifier(row.getLong(3), row.getBuffer(4).getBytes(), instant(row, 5), known(row, 6)));
                }
            }
            return Optional.ofNullable(known);
        });
    }

    /** Whether there is one. */
    Future<Boolean> any(SqlClient client) {
        return client.preparedQuery(ANY)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static AddressLimit limit(String @Nullable [] addresses) {
        return addresses == null ? AddressLimit.NONE : AddressLimit.of(List.of(addresses));
    }

    /** Whether it was for the first time. */
    Future<Boolean> used(SqlClient client, long password, Instant now, Instant staleBefore, String address) {
        return client.preparedQuery(USED)
                .execute(Tuple.of(password, utc(now), utc(staleBefore), address))
                .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean(0));
    }

    Future<Void> insert(SqlClient client, String name, AddressLimit limit) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(name, (Object) limit.texts().toArray(String[]::new)))
                .mapEmpty();
    }

    /** Whether it was not so before. */
    Future<Boolean> limit(SqlClient client, String name, AddressLimit limit) {
        return client.preparedQuery(LIMIT)
                .execute(Tuple.of(name, (Object) limit.texts().toArray(String[]::new)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Until the transaction ends nobody else changes its passwords. */
    Future<Void> lock(SqlClient client, String name) {
        return client.preparedQuery(LOCK).execute(Tuple.of(name)).mapEmpty();
    }

    Future<Long> addPassword(SqlClient client, Made made, String by, Instant now) {
        return client.preparedQuery(ADD_PASSWORD)
                .execute(Tuple.of(
                        made.account(),
                        Buffer.buffer(made.secret().sha256(made.account())),
                        utc(now),
                        by,
                        utc(made.notAfter())))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** It is taken until then at most. */
    Future<Void> ends(SqlClient client, long password, Instant notAfter) {
        return client.preparedQuery(ENDS)
                .execute(Tuple.of(password, utc(notAfter)))
                .mapEmpty();
    }

    Future<Void> end(SqlClient client, List<Long> passwords, Instant now) {
        return client.preparedQuery(END)
                .execute(Tuple.of(passwords.toArray(Long[]::new), utc(now)))
                .mapEmpty();
    }

    /** By name; passwords that are taken, the oldest first. */
    Future<Map<String, Rest>> of(SqlClient client, List<String> names, Instant now) {
        return client.preparedQuery(OF)
                .execute(Tuple.from(Arrays.asList(names.toArray(String[]::new), utc(now))))
                .map(rows -> {
                    Map<String, Rest> all = new HashMap<>();
                    for (Row row : rows) {
                        Rest rest = all.computeIfAbsent(
                                row.getString(0), name -> new Rest(limit(row.getArrayOfStrings(1)), new ArrayList<>()));
                        if (row.getLong(2) != null) {
                            rest.passwords()
                                    .add(new AccountPassword(
                                            row.getLong(2),
                                            instant(row, 3),
                                            row.getString(4),
                                            instant(row, 5),
                                            known(row, 6),
                                            row.getString(7)));
                        }
                    }
                    return all;
                });
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(Row row, int column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static @Nullable Instant known(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
