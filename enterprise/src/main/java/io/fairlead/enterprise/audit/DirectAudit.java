package io.fairlead.enterprise.audit;

import java.sql.Connection;
import java.sql.SQLException;

/** Writes the audit for commands that go to the database directly, over JDBC. Blocking. */
public final class DirectAudit {
    /** Writes an entry in the caller's transaction. */
    public void record(Connection connection, AuditEntry entry) throws SQLException {
        new VerifyStore(connection).record(entry);
    }
}
