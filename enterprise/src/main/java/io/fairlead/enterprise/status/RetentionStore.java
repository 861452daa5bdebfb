package io.fairlead.enterprise.status;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** SQL of retention. Partitions belong to the owner role; its functions make and drop them. */
final class RetentionStore {
    /** Any number, the same at every node. */
    private static final int LOCK = 0x6661_6972;

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock($1, hashtext($2))";
    private static final String ENSURE = "SELECT fairlead_ensure_partitions($1, $2, $3)";
    private static final String DROP = "SELECT fairlead_drop_partitions($1, $2, $3)";
    /** By the earlier of both clocks, as the partitions. $1 time, $2 days kept, $3 rows at most. */
    private static final String FORGET = """
            DELETE FROM quarantine WHERE (device, epoch, sequence) IN (
                SELECT device, epoch, sequence FROM quarantine
                 WHERE received_at < least($1, date_trunc('day', now(), 'UTC') - make_interval(days => $2))
                 LIMIT $3)
            """;

    /**
     * Whether this transaction is the one that drops of a table. A lock for each: with one for all, nodes that are at
     * different tables could each keep the other from dropping.
     */
    Future<Boolean> tryLock(SqlClient client, String table) {
        return client.preparedQuery(TRY_LOCK)
                .execute(Tuple.of(LOCK, table))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    Future<Void> ensure(SqlClient client, String parent, LocalDate from, int days) {
        return client.preparedQuery(ENSURE)
                .execute(Tuple.of(parent, from, days))
                .mapEmpty();
    }

    /** How many partitions went. */
    Future<Integer> drop(SqlClient client, String parent, LocalDate before, int days) {
        return client.preparedQuery(DROP)
                .execute(Tuple.of(parent, before, days))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    /** How many rows went, at most the given number. */
    Future<Integer> forgetQuarantine(SqlClient client, Instant before, int days, int most) {
        return client.preparedQuery(FORGET)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC), days, most))
                .map(rows -> rows.rowCount());
    }
}
