package io.fairlead.enterprise.account;

import static io.fairlead.enterprise.account.AccountStore.instant;
import static io.fairlead.enterprise.account.AccountStore.utc;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows of {@code account_failed_call}. */
final class FailedCallStore {
    private static final String INSERT = """
            INSERT INTO account_failed_call (account, at, service, operation, code, why, correlation, address)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;
    private static final String FORGET = """
            DELETE FROM account_failed_call c
             WHERE c.account = ANY ($1)
               AND c.id <= (SELECT o.id FROM account_failed_call o
                             WHERE o.account = c.account ORDER BY o.id DESC OFFSET $2 LIMIT 1)
            """;
    private static final String LIST = """
            SELECT at, service, operation, correlation, code, why, address FROM account_failed_call
             WHERE account = $1 ORDER BY id DESC LIMIT $2
            """;

    record OfAccount(String account, FailedCall call) {}

    Future<Void> insert(SqlClient client, List<OfAccount> calls) {
        List<Tuple> rows = new ArrayList<>(calls.size());
        for (OfAccount one : calls) {
            FailedCall failed = one.call();
            Call call = failed.call();
            rows.add(Tuple.of(
                    one.account(),
                    utc(failed.at()),
                    call.service(),
                    call.operation(),
                    failed.code(),
                    failed.why(),
                    call.correlation(),
                    failed.address()));
        }
        return client.preparedQuery(INSERT).executeBatch(rows).mapEmpty();
    }

    /** All but the newest of each. */
    Future<Void> forget(SqlClient client, Set<String> accounts, int but) {
        return client.preparedQuery(FORGET)
                .execute(Tuple.of(accounts.toArray(String[]::new), (long) but))
                .mapEmpty();
    }

    Future<List<FailedCall>> list(SqlClient client, String account, int most) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(account, (long) most))
                .map(rows -> {
                    List<FailedCall> list = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        list.add(new FailedCall(
                                instant(row, 0),
                                new Call(row.getString(1), row.getString(2), row.getString(3)),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)));
                    }
                    return list;
                });
    }
}
