package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks at every row of every table before a deed and after it, and compares what was written with what was audited. */
final class Ledger implements AutoCloseable {
    /** Written without a row of the audit, and why that is no deed. */
    static final Map<String, String> QUIET = Map.of(
            "login_answered", "that a proof of a password was looked at, so that it is never taken twice",
            "login_failure", "counts every attempt before it is judged; what comes of the attempt is audited",
            "login_challenge", "a question to a passkey; the answer is audited",
            "account_use", "when an account's password was last used, to the hour; its first use is audited",
            "account_failed_call", "the last calls of an account that failed, for whoever builds the other end",
            "login_confirmation", "a code for the command line's log-in; that it was confirmed is audited",
            "login_passkey", "the counter and time of use that a passkey reports; what it was shown for is audited");

    private final Connection connection;
    private final String everything;

    /** @param rows of which table, and where there; by which transaction each was written */
    private record Look(Map<String, String> rows, long audited) {}

    Ledger(RunningServer server) throws SQLException {
        connection = server.postgres.owner();
        everything =
                value("SELECT string_agg(format('SELECT %L || '' '' || ctid, xmin::text FROM %I', relname, relname),"
                        + " ' UNION ALL ') FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                        + " AND relname NOT LIKE 'flyway%' AND relname NOT LIKE 'audit%'");
        assertThat(everything).contains("device_contact", "login_session", "person_grant", "transfer");
    }

    interface Deed {
        void done() throws Exception;
    }

    /** What is wrong with a deed; null when each row that it wrote is of a transaction that wrote the audit as well. */
    @Nullable
    String fault(Deed deed, boolean changes) throws Exception {
        return fault(deed, changes, QUIET.keySet());
    }

    /** @param quiet the tables that this deed may write without the audit */
    @Nullable
    String fault(Deed deed, boolean changes, Set<String> quiet) throws Exception {
        Look before = look();
        deed.done();
        Look after = look();
        Set<String> audited = set("SELECT xmin::text FROM audit_entry WHERE id > " + before.audited());
        Map<String, Set<String>> written = new TreeMap<>();
        after.rows().forEach((row, transaction) -> {
            String table = row.substring(0, row.indexOf(' '));
            if (!transaction.equals(before.rows().get(row)) && !audited.contains(transaction)) {
                written.computeIfAbsent(table, none -> new TreeSet<>()).add(transaction);
            }
        });
        written.keySet().removeAll(quiet);
        if (!written.isEmpty()) {
            return "wrote without the audit: " + written + ", audited: " + audited;
        }
        boolean less = !after.rows().keySet().containsAll(before.rows().keySet());
        boolean same = after.rows().equals(before.rows());
        if (less && audited.isEmpty() && !onlyQuiet(before, after, quiet)) {
            return "took rows away without the audit";
        }
        return changes && same && audited.isEmpty() ? "did nothing, which proves nothing" : null;
    }

    private static boolean onlyQuiet(Look before, Look after, Set<String> quiet) {
        return before.rows().keySet().stream()
                .filter(row -> !after.rows().containsKey(row))
                .allMatch(row -> quiet.contains(row.substring(0, row.indexOf(' '))));
    }

    private Look look() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(everything)) {
            Map<String, String> rows = new HashMap<>();
            while (found.next()) {
                rows.put(found.getString(1), found.getString(2));
            }
            return new Look(rows, Long.parseLong(value("SELECT coalesce(max(id), 0) FROM audit_entry")));
        }
    }

    private Set<String> set(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            Set<String> values = new HashSet<>();
            while (found.next()) {
                values.add(found.getString(1));
            }
            return values;
        }
    }

    private String value(String query) throws SQLException {
        return set(query).iterator().next();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
