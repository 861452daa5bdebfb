package io.fairlead.enterprise.login;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows of {@code login_password} that another secret sealed, over JDBC. */
final class LostPasswordStore {
    private static final String COUNT = "SELECT count(*) FROM login_password WHERE key_id <> ?";

    private static final String DELETE = "DELETE FROM login_password WHERE key_id <> ?";

    private final Connection connection;

    LostPasswordStore(Connection connection) {
        this.connection = connection;
    }

    int count(String keyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, keyId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    int delete(String keyId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, keyId);
            return statement.executeUpdate();
        }
    }
}
