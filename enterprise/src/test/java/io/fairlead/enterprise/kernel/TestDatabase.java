package io.fairlead.enterprise.kernel;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own for one test class, with every room's migrations, on one PostgreSQL per JVM that starts when it
 * is first needed and ends with the JVM.
 *
 * <pre>
 * try (TestDatabase postgres = TestDatabase.start()) {
 *     Database database = postgres.database();
 *     postgres.execute("INSERT INTO …");
 * }
 * </pre>
 */
public final class TestDatabase implements AutoCloseable {
    private static final String TEMPLATE = "fairlead";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static Server server;

    private final Server on;
    private final DatabaseSettings settings;
    private final List<Pool> pools = new ArrayList<>();
    private Vertx ownVertx;

    private record Server(DataFolder folder, EmbeddedPostgres postgres, DatabaseSettings template) {}

    private TestDatabase(Server on, DatabaseSettings settings) {
        this.on = on;
        this.settings = settings;
    }

    /** A fresh database with all migrations applied. */
    public static synchronized TestDatabase start() {
        if (server == null) {
            server = startServer();
        }
        String name = "test_" + COUNT.incrementAndGet();
        asSuperuser(server, "CREATE DATABASE " + name + " OWNER fairlead_owner TEMPLATE " + TEMPLATE);
        DatabaseRoles.rights(name).forEach(right -> asSuperuser(server, right));
        return new TestDatabase(server, server.template().of(name));
    }

    private static Server startServer() {
        try {
            Path path = Files.createTempDirectory("fairlead-test-");
            DataFolder folder = new DataFolder(path.resolve("data"));
            if (SystemUser.isRoot()) {
                path.toFile().setExecutable(true, false);
            }
            EmbeddedPostgres postgres = new EmbeddedPostgres(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                postgres.close();
                try {
                    PostgresBinaries.delete(path);
                } catch (IOException left) {
                    // The system clears its temporary folder.
                }
            }));
            DatabaseSettings template = postgres.start();
            new Migrations(template).run();
            return new Server(folder, postgres, template);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /** As the product uses it, on a Vert.x of its own; both end with this object. */
    public Database database() {
        if (ownVertx == null) {
            ownVertx = Vertx.vertx();
        }
        return database(ownVertx);
    }

    /** The same on the test's own Vert.x. The pool ends with this object. */
    public Database database(Vertx vertx) {
        Pool pool = new AppPool(8).open(vertx, settings);
        pools.add(pool);
        return new Database(pool);
    }

    /** For a connection of its own, such as that of LISTEN. */
    public PgConnectOptions appConnection() {
        return settings.connectAs(settings.app());
    }

    /** JDBC as {@code fairlead_owner}: to prepare rows, and to look. */
    public Connection owner() throws SQLException {
        return PostgresCluster.connect(settings, settings.owner());
    }

    public Connection app() throws SQLException {
        return PostgresCluster.connect(settings, settings.app());
    }

    /** JDBC as the superuser: for injecting faults, such as {@code pg_terminate_backend}. */
    public Connection superuser() throws SQLException {
        return PostgresCluster.connect(settings, on.postgres().superuser());
    }

    public String ownerJdbcUrl() {
        return settings.jdbcUrl();
    }

    /** Statements as the owner. */
    public void execute(String... statements) {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The first column of the first row as text, asked as the owner; null when there is no row. */
    public String value(String query) {
        try (Connection connection = owner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Cuts every connection of the given application name to this database; returns how many. */
    public int cutConnections(String applicationName) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '"
                                + settings.database() + "' AND pid <> pg_backend_pid() AND application_name = '"
                                + applicationName + "'")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Kills PostgreSQL as a power cut would, for every test of this JVM; it is restarted on the same port. */
    public void killPostgres() {
        ProcessHandle.of(on.postgres().pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static void asSuperuser(Server server, String sql) {
        DatabaseSettings at = server.template().of("postgres");
        try (Connection connection =
                        PostgresCluster.connect(at, server.postgres().superuser());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        for (Pool pool : pools) {
            await(pool.close());
        }
        if (ownVertx != null) {
            await(ownVertx.close());
        }
        asSuperuser(on, "DROP DATABASE IF EXISTS " + settings.database() + " WITH (FORCE)");
    }

    /** Waits for a future off the event loop, at most 30 seconds. */
    public static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure.getCause() == null ? failure : failure.getCause());
        }
    }
}
