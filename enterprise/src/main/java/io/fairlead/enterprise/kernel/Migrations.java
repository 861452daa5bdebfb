package io.fairlead.enterprise.kernel;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables up to date, as the role {@code fairlead_owner}. Every room keeps its migrations beside its code as
 * {@code io/fairlead/enterprise/ROOM/VNNNN__words.sql}; they are found on the class path. Several nodes may start at
 * once: one migrates, the others wait. Blocking.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String ROOMS = "classpath:io/fairlead/enterprise";
    private static final String WRONG_LOGIN_CLASS = "28";

    private static final String FOR_THE_ADMINISTRATOR = """
            CREATE ROLE fairlead_owner LOGIN PASSWORD '...';
            CREATE ROLE fairlead_app LOGIN PASSWORD '...';
            CREATE ROLE fairlead_sealer LOGIN PASSWORD '...';
            CREATE DATABASE %1$s OWNER fairlead_owner ENCODING 'UTF8' TEMPLATE template0;
            REVOKE ALL ON DATABASE %1$s FROM PUBLIC;
            GRANT CONNECT ON DATABASE %1$s TO fairlead_app, fairlead_sealer;
            """;

    private final DatabaseSettings settings;

    public Migrations(DatabaseSettings settings) {
        this.settings = settings;
    }

    /**
     * Runs what has not run yet.
     *
     * @throws CannotStart when a role cannot log in, or a migration fails; what had run before stays
     */
    public void run() {
        checkLogin(settings.owner());
        checkLogin(settings.app());
        try {
            int count = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(
                            settings.jdbcUrl(),
                            settings.owner().role(),
                            settings.owner().password())
                    .locations(ROOMS)
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .load()
                    .migrate()
                    .migrationsExecuted;
            LOG.info("migrations_run={}", count);
        } catch (FlywayException failure) {
            throw new CannotStart("The database cannot be brought up to date: " + failure.getMessage(), failure);
        }
    }

    private void checkLogin(DatabaseLogin login) {
        try (Connection connection = PostgresCluster.connect(settings, login)) {
            if (!connection.isValid(10)) {
                throw new CannotStart(
                        "The database at " + settings.host() + ":" + settings.port() + " does not answer.");
            }
        } catch (SQLException failure) {
            String state = failure.getSQLState() == null ? "" : failure.getSQLState();
            String remedy = state.startsWith(WRONG_LOGIN_CLASS) || state.startsWith("3D") || state.startsWith("42")
                    ? ". A database administrator prepares it once, with the passwords that lie in DATA/secrets:\n"
                            + FOR_THE_ADMINISTRATOR.formatted(settings.database())
                    : "";
            throw new CannotStart(
                    "The role " + login.role() + " cannot log in to the database " + settings.database() + " at "
                            + settings.host() + ":" + settings.port() + ": " + failure.getMessage() + remedy,
                    failure);
        }
    }
}
