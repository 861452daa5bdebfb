package io.fairlead.enterprise.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The database for the few commands that go to it directly, beside a server that runs or without one: over JDBC, as the
 * role {@code fairlead_app}. Where nothing runs on the embedded database's folder, it is started for as long as this is
 * open. Blocking.
 */
public final class DirectDatabase implements AutoCloseable {
    /** Of {@code postmaster.pid}: the port stands in the fourth line. */
    private static final int PORT_LINE = 3;

    private final DatabaseSettings settings;
    private final Optional<EmbeddedPostgres> started;

    private DirectDatabase(DatabaseSettings settings, Optional<EmbeddedPostgres> started) {
        this.settings = settings;
        this.started = started;
    }

    /**
     * Finds the database.
     *
     * @param url of the operator's own PostgreSQL, as in the configuration; empty for the embedded one
     * @throws CannotStart when there is none, or it cannot be reached
     */
    public static DirectDatabase open(DataFolder folder, Optional<String> url) {
        if (url.isPresent()) {
            return new DirectDatabase(DatabaseSettings.external(url.get(), folder), Optional.empty());
        }
        Path data = folder.postgres().resolve("data");
        if (!Files.isDirectory(data)) {
            throw new CannotStart("There is no embedded database in " + folder.path()
                    + ". Name the server's data folder with --data DIR, or where it uses another PostgreSQL, its"
                    + " configuration file with --config FILE.");
        }
        Optional<DatabaseSettings> running = running(folder, data.resolve("postmaster.pid"));
        if (running.isPresent()) {
            return new DirectDatabase(running.get(), Optional.empty());
        }
        EmbeddedPostgres own = new EmbeddedPostgres(folder);
        return new DirectDatabase(own.start(), Optional.of(own));
    }

    /** To a database that is known, and stays open when this is closed. */
    public static DirectDatabase to(DatabaseSettings settings) {
        return new DirectDatabase(settings, Optional.empty());
    }

    private static Optional<DatabaseSettings> running(DataFolder folder, Path pidFile) {
        Optional<Integer> port = port(pidFile);
        Optional<String> password = folder.readText(DatabaseSettings.APP + ".password");
        if (port.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        DatabaseLogin app = new DatabaseLogin(DatabaseSettings.APP, password.get());
        DatabaseSettings there = new DatabaseSettings(
                "127.0.0.1", port.get(), EmbeddedPostgres.DATABASE, Optional.empty(), app, app, app);
        try (Connection connection = connect(there)) {
            return connection.isValid(10) ? Optional.of(there) : Optional.empty();
        } catch (SQLException nobody) {
            // A server that was killed leaves the file behind.
            return Optional.empty();
        }
    }

    private static Optional<Integer> port(Path pidFile) {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return Optional.of(Integer.parseInt(lines.get(PORT_LINE).strip()));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException none) {
            return Optional.empty();
        }
    }

    /** A connection, which the caller closes. */
    public Connection connect() throws SQLException {
        return connect(settings);
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.app().role());
        properties.setProperty("password", settings.app().password());
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("ApplicationName", "fairlead-direct");
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }

    @Override
    public void close() {
        started.ifPresent(EmbeddedPostgres::close);
    }
}
