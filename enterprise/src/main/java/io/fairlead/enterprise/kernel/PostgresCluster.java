package io.fairlead.enterprise.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded database's folder {@code DATA/postgres/data} and how PostgreSQL is run on it. */
final class PostgresCluster {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SUPERUSER = "postgres";
    private static final String WRONG_PASSWORD = "28P01";

    private final Path home;
    private final Path data;
    private final PostgresUser user;
    private final PostgresBinaries binaries;
    private final Postmaster postmaster;
    private final DatabaseLogin superuser;

    /** Prepares the folder; the first time, PostgreSQL's {@code initdb} makes it. The caller holds its lock. */
    PostgresCluster(DataFolder folder, Path home) {
        this.home = home;
        this.data = home.resolve("data");
        this.superuser = new DatabaseLogin(SUPERUSER, folder.password("postgres.password"));
        this.user = PostgresUser.forData(data);
        user.mustReach(home);
        this.binaries = PostgresBinaries.in(home);
        this.postmaster = new Postmaster(data, binaries);
        if (!Files.isDirectory(data)) {
            initialise();
        }
        refuseOtherVersion();
    }

    DatabaseLogin superuser() {
        return superuser;
    }

    /** Without roles of its own: the superuser stands for all three. */
    DatabaseSettings settings(int port) {
        return new DatabaseSettings(LOOPBACK, port, SUPERUSER, Optional.empty(), superuser, superuser, superuser);
    }

    // Under another name until it is whole: a folder named "data" has been initialised to its end.
    private void initialise() {
        Path fresh = home.resolve("data.new");
        Path passwordFolder = home.resolve("password.new");
        Path password = passwordFolder.resolve("superuser");
        try {
            PostgresBinaries.delete(fresh);
            PostgresBinaries.delete(passwordFolder);
            DataFolder.make(fresh, "rwx------");
            DataFolder.make(passwordFolder, "rwx------");
            Files.writeString(password, superuser.password() + "\n", StandardCharsets.US_ASCII);
            for (Path path : List.of(fresh, password, passwordFolder)) {
                user.own(path);
            }
            LOG.info("postgres_data=initialising folder={}", data);
            PostgresProcess initdb = PostgresProcess.start(
                    user,
                    home,
                    List.of(
                            binaries.program("initdb").toString(),
                            "-D",
                            fresh.toString(),
                            "--username=" + SUPERUSER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--data-checksums",
                            "--sync-method=" + (PostgresBinaries.WINDOWS ? "fsync" : "syncfs"),
                            "--no-instructions"));
            if (initdb.await() != 0) {
                throw new CannotStart(
                        "The database folder " + data + " cannot be made. PostgreSQL says: " + initdb.lastWords());
            }
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
            DataFolder.forceFolder(home);
        } catch (IOException failure) {
            throw new CannotStart("The database folder " + data + " cannot be made: " + Reason.of(failure), failure);
        } finally {
            discard(passwordFolder);
        }
    }

    private static void discard(Path folder) {
        try {
            PostgresBinaries.delete(folder);
        } catch (IOException failure) {
            LOG.warn("folder={} not_deleted=\"{}\"", folder, Reason.of(failure));
        }
    }

    private void refuseOtherVersion() {
        Path file = data.resolve("PG_VERSION");
        try {
            String version = Files.readString(file).strip();
            if (!version.equals(PostgresBinaries.MAJOR)) {
                throw new CannotStart("The database folder " + data + " is of PostgreSQL " + version
                        + ", and this Fairlead brings PostgreSQL " + PostgresBinaries.MAJOR
                        + ". Start the Fairlead that made it, or convert the folder with pg_upgrade.");
            }
        } catch (IOException failure) {
            throw new CannotStart(
                    "The folder " + data + " is not one of PostgreSQL, or it is damaged: " + Reason.of(failure),
                    failure);
        }
    }

    /** Ends what an earlier server left behind. */
    void stopOrphan() {
        postmaster.stopOrphan();
    }

    /** Starts PostgreSQL in the foreground; {@link #awaitAnswer} says when it answers. No password is among the words. */
    PostgresProcess launch(int port) {
        return PostgresProcess.start(
                user,
                home,
                List.of(
                        binaries.program("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=" + LOOPBACK,
                        // No socket in the file system at all: nobody needs one, and long paths do not fit.
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=on",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "logging_collector=off",
                        // Statements and rows stay out of the log.
                        "-c",
                        "log_min_error_statement=panic",
                        "-c",
                        "log_error_verbosity=terse",
                        "-c",
                        "log_line_prefix="));
    }

    /** Waits until it answers, for as long as it lives: recovery after a crash may take minutes. False when it ended. */
    boolean awaitAnswer(PostgresProcess process, int port) {
        while (process.isAlive()) {
            try (Connection connection = connect(settings(port), superuser)) {
                return connection.isValid(5);
            } catch (SQLException notYet) {
                if (WRONG_PASSWORD.equals(notYet.getSQLState())) {
                    stop(process);
                    throw new CannotStart("The password in DATA/secrets/postgres.password is not the one that " + data
                            + " was made with. Put the right file back.");
                }
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", stop);
        }
    }

    void stop(PostgresProcess process) {
        postmaster.stop(process.handle());
    }

    /** Over JDBC, which is for start-up and migrations only. */
    static Connection connect(DatabaseSettings settings, DatabaseLogin login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.role());
        properties.setProperty("password", login.password());
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("ApplicationName", "fairlead-start");
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }
}
