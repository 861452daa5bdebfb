package io.fairlead.enterprise.kernel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The three roles and the database, made by the embedded database's superuser; safe to repeat at every start. */
final class DatabaseRoles {
    private static final String ROLE_EXISTS = "SELECT 1 FROM pg_roles WHERE rolname = ?";
    private static final String DATABASE_EXISTS = "SELECT 1 FROM pg_database WHERE datname = ?";
    private static final int ITERATIONS = 4096;

    private final DataFolder folder;

    DatabaseRoles(DataFolder folder) {
        this.folder = folder;
    }

    /** Makes what is missing, and gives each role the password that lies in the secrets folder. */
    DatabaseSettings provision(DatabaseSettings superuser, String database) {
        DatabaseSettings settings = new DatabaseSettings(
                superuser.host(),
                superuser.port(),
                database,
                superuser.authority(),
                login(DatabaseSettings.OWNER),
                login(DatabaseSettings.APP),
                login(DatabaseSettings.SEALER));
        try (Connection connection = PostgresCluster.connect(superuser, superuser.owner());
                Statement statement = connection.createStatement()) {
            for (DatabaseLogin login : List.of(settings.owner(), settings.app(), settings.sealer())) {
                if (!exists(connection, ROLE_EXISTS, login.role())) {
                    statement.execute("CREATE ROLE " + login.role());
                }
                // The server gets the verifier, so that the password is in no statement and no log.
                statement.execute("ALTER ROLE " + login.role()
                        + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '"
                        + verifier(login.password()) + "'");
            }
            if (!exists(connection, DATABASE_EXISTS, database)) {
                statement.execute("CREATE DATABASE " + database + " OWNER " + DatabaseSettings.OWNER);
            }
            for (String right : rights(database)) {
                statement.execute(right);
            }
            return settings;
        } catch (SQLException failure) {
            throw new CannotStart(
                    "The database roles cannot be made. PostgreSQL says: " + failure.getMessage(), failure);
        }
    }

    /** Who may log in to a database of ours, and no more: by default everyone may, and make temporary tables. */
    static List<String> rights(String database) {
        return List.of(
                "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + database + " TO " + DatabaseSettings.APP + ", "
                        + DatabaseSettings.SEALER);
    }

    private DatabaseLogin login(String role) {
        return new DatabaseLogin(role, folder.password(role + ".password"));
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement asked = connection.prepareStatement(query)) {
            asked.setString(1, name);
            try (ResultSet rows = asked.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** What PostgreSQL keeps of a password (RFC 5803): {@code SCRAM-SHA-256$4096:salt$StoredKey:ServerKey}. */
    private static String verifier(String password) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256))
                    .getEncoded();
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(keyed(salted, "Client Key"));
            Base64.Encoder base64 = Base64.getEncoder();
            return "SCRAM-SHA-256$" + ITERATIONS + ":" + base64.encodeToString(salt) + "$"
                    + base64.encodeToString(stored) + ":" + base64.encodeToString(keyed(salted, "Server Key"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] keyed(byte[] salted, String label) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salted, "HmacSHA256"));
        return mac.doFinal(label.getBytes(StandardCharsets.US_ASCII));
    }
}
