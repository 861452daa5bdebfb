package io.fairlead.enterprise.login;

import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.audit.DirectAudit;
import io.fairlead.enterprise.kernel.DataFolder;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Passwords that are sealed by a secret which is not in the data folder, so that nobody can use them and no node starts.
 * Where that secret is lost for good, they are forgotten. Blocking, beside a server or without one.
 */
public final class LostPasswords {
    private static final String NO_SECRET = "";

    private final String secret;

    /** @param folder whose secret is taken; it may have none */
    public LostPasswords(DataFolder folder) {
        this.secret =
                LoginKeys.read(folder, new SecureRandom()).map(LoginKeys::id).orElse(NO_SECRET);
    }

    /** How many there are. */
    public int count(Connection connection) throws SQLException {
        return new LostPasswordStore(connection).count(secret);
    }

    /**
     * Forgets them, in the caller's transaction, and notes it in the audit.
     *
     * @param actor who, as the audit names him
     * @return how many
     */
    public int forget(Connection connection, String actor) throws SQLException {
        int count = new LostPasswordStore(connection).delete(secret);
        if (count > 0) {
            new DirectAudit()
                    .record(connection, new AuditEntry(actor, AuditCode.PASSWORDS_FORGOTTEN, "", "count=" + count));
        }
        return count;
    }
}
