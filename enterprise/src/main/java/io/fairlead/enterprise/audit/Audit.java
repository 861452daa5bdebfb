package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Writes and reads the audit. */
public final class Audit {
    /** The most rows of one list. */
    public static final int MOST_ROWS = 1_000;

    private final Database database;
    private final AuditStore store = new AuditStore();

    public Audit(Database database) {
        this.database = database;
    }

    /** Writes an entry in the caller's transaction: it stands if and only if the deed is committed. */
    public Future<Void> record(SqlConnection transaction, AuditEntry entry) {
        return store.insert(transaction, entry);
    }

    /** The same of many, in one statement; none is well. */
    public Future<Void> record(SqlConnection transaction, List<AuditEntry> entries) {
        return entries.isEmpty() ? Future.succeededFuture() : store.insert(transaction, entries);
    }

    /** Writes an entry by itself, for a deed that changes no row: a start, a refused certificate. */
    public Future<Void> record(AuditEntry entry) {
        return store.insert(database.pool(), entry);
    }

    /** The newest entries, newest first: 1 to {@value #MOST_ROWS}, whatever is asked. */
    public Future<List<AuditRow>> list(int limit) {
        return list(AuditFilter.all(), limit);
    }

    /** The same, of one subject only. */
    public Future<List<AuditRow>> list(int limit, String subject) {
        return list(AuditFilter.all().subject(subject), limit);
    }

    /** The newest entries that fit, newest first; go on with {@link AuditFilter#before} the last one's id. */
    public Future<List<AuditRow>> list(AuditFilter filter, int limit) {
        return store.list(database.pool(), filter, bounded(limit));
    }

    private static int bounded(int limit) {
        return Math.max(1, Math.min(MOST_ROWS, limit));
    }
}
