package io.fairlead.enterprise.kernel;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All on one folder, which the first test to run makes; every test leaves it stopped and whole. */
class EmbeddedPostgresTest {
    @TempDir
    static Path temporary;

    private static Path path;

    @BeforeAll
    static void letOthersPass() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        path = temporary.resolve("data");
    }

    @Test
    void a_second_start_finds_the_data_and_follows_a_changed_password() throws Exception {
        DatabaseLogin before;
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(new DataFolder(path))) {
            DatabaseSettings settings = postgres.start();
            before = settings.app();
            execute(settings, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (42)");
        }
        DataFolder folder = new DataFolder(path);
        folder.writeSecret("fairlead_app.password", "another-password\n".getBytes());

        try (EmbeddedPostgres postgres = new EmbeddedPostgres(folder)) {
            DatabaseSettings settings = postgres.start();

            assertThat(value(settings, "SELECT n FROM kept")).isEqualTo("42");
            assertThat(settings.app().password()).isEqualTo("another-password");
            PostgresCluster.connect(settings, settings.app()).close();
            assertThatThrownBy(() -> PostgresCluster.connect(settings, before))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            execute(settings, "DROP TABLE kept");
        }
    }

    @Test
    void it_listens_on_loopback_only_and_has_no_other_way_in() throws Exception {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(new DataFolder(path))) {
            DatabaseSettings settings = postgres.start();

            assertThat(value(settings, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(valueAs(settings, postgres.superuser(), "SHOW unix_socket_directories"))
                    .isEmpty();
            assertThat(value(settings, "SHOW fsync")).isEqualTo("on");
            assertThat(value(
                            settings,
                            "SELECT concat(datcollate, datlocprovider, datlocale) FROM pg_database"
                                    + " WHERE datname = 'fairlead'"))
                    .isEqualTo("CbC.UTF-8");
            assertThat(Files.readString(path.resolve("postgres/data/pg_hba.conf"))
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("scram-sha-256"));
        }
    }

    @Test
    void the_ctrl_c_of_a_terminal_does_not_reach_it() throws Exception {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(new DataFolder(path))) {
            assertThat(postgres.start()).isNotNull();

            // Fields of /proc/PID/stat behind the name in brackets: state, parent, process group, session.
            String stat = Files.readString(Path.of("/proc", Long.toString(postgres.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            assertThat(fields[1])
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
            assertThat(fields[2]).isEqualTo(Long.toString(postgres.pid()));
            assertThat(fields[3]).isEqualTo(Long.toString(postgres.pid()));
        }
    }

    @Test
    void a_killed_postgres_is_started_again_on_its_port_and_the_pool_goes_on() throws Exception {
        Semaphore restarted = new Semaphore(0);
        Vertx vertx = Vertx.vertx();
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(new DataFolder(path), restarted::release)) {
            DatabaseSettings settings = postgres.start();
            execute(settings, "CREATE TABLE committed (n int)", "GRANT ALL ON committed TO fairlead_app");
            Pool pool = new AppPool(4).open(vertx, settings);
            for (int round = 1; round <= 3; round++) {
                await(pool.query("INSERT INTO committed VALUES (" + round + ")").execute());
                long pid = postgres.pid();
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                assertThat(restarted.tryAcquire(2, TimeUnit.MINUTES))
                        .as("restart %d", round)
                        .isTrue();
                assertThat(postgres.pid()).isNotEqualTo(pid);
                awaitAnswer(pool);
            }
            assertThat(value(settings, "SELECT string_agg(n::text, ' ' ORDER BY n) FROM committed"))
                    .isEqualTo("1 2 3");
            execute(settings, "DROP TABLE committed");
            await(pool.close());
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void the_orphan_of_a_killed_server_is_recognised_and_its_data_kept() throws Exception {
        ServerProgram killed = ServerProgram.start(path);
        ProcessHandle orphan = killed.postgres();
        killed.kill();
        assertThat(orphan.isAlive()).isTrue();

        try (EmbeddedPostgres postgres = new EmbeddedPostgres(new DataFolder(path))) {
            DatabaseSettings settings = postgres.start();

            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            assertThat(commandLine(orphan.pid())).doesNotContain("postgres");
            assertThat(value(settings, "SELECT count(*) > 0 FROM flyway_schema_history"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_second_server_on_the_folder_is_refused_and_the_first_goes_on() throws Exception {
        try (EmbeddedPostgres first = new EmbeddedPostgres(new DataFolder(path))) {
            DatabaseSettings settings = first.start();
            long pid = first.pid();

            try (ServerProgram second = ServerProgram.start(path)) {
                assertThat(second.said()).contains("refused Another Fairlead runs on " + path.resolve("postgres"));
            }
            assertThatThrownBy(() -> new EmbeddedPostgres(new DataFolder(path)).start())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another Fairlead runs on");

            assertThat(first.pid()).isEqualTo(pid);
            assertThat(value(settings, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_stranger_who_got_the_number_of_a_dead_postgres_is_left_alone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            try (EmbeddedPostgres made = new EmbeddedPostgres(new DataFolder(path))) {
                assertThat(made.start()).isNotNull();
            }
            for (long pid : List.of(stranger.pid(), ProcessHandle.current().pid())) {
                Files.writeString(
                        path.resolve("postgres/data/postmaster.pid"),
                        pid + "\n" + path.resolve("postgres/data") + "\n1790000000\n5432\n\n127.0.0.1\n  1 2\nready\n");
                try (EmbeddedPostgres postgres = new EmbeddedPostgres(new DataFolder(path))) {
                    assertThat(value(postgres.start(), "SELECT 1")).isEqualTo("1");
                }
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void no_password_is_ever_on_a_command_line_or_in_an_environment() throws Exception {
        Path fresh = temporary.resolve("watched");
        DataFolder folder = new DataFolder(fresh);
        String superuser = folder.password("postgres.password");
        String owner = folder.password("fairlead_owner.password");
        try (ProcessWatch watch = new ProcessWatch(superuser, owner);
                EmbeddedPostgres postgres = new EmbeddedPostgres(folder)) {
            DatabaseSettings settings = postgres.start();
            assertThat(value(settings, "SELECT 1")).isEqualTo("1");
            assertThat(value(
                            settings,
                            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%" + owner.substring(8) + "%'"
                                    + " AND pid <> pg_backend_pid()"))
                    .isEqualTo("0");

            assertThat(watch.seen("initdb")).isTrue();
            assertThat(watch.seen("postgres")).isTrue();
            assertThat(watch.found()).isEmpty();
        }
        assertThat(fresh.resolve("postgres/password.new")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(fresh.resolve("postgres/data")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_data_folder_of_another_version_is_named() throws Exception {
        try (EmbeddedPostgres made = new EmbeddedPostgres(new DataFolder(path))) {
            assertThat(made.start()).isNotNull();
        }
        Path version = path.resolve("postgres/data/PG_VERSION");
        Files.writeString(version, "15\n");
        try {
            assertThatThrownBy(() -> new EmbeddedPostgres(new DataFolder(path)).start())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("is of PostgreSQL 15, and this Fairlead brings PostgreSQL 18");
        } finally {
            Files.writeString(version, "18\n");
        }
    }

    @Test
    void a_lost_superuser_password_is_named() throws Exception {
        try (EmbeddedPostgres made = new EmbeddedPostgres(new DataFolder(path))) {
            assertThat(made.start()).isNotNull();
        }
        DataFolder folder = new DataFolder(path);
        byte[] right = folder.readSecret("postgres.password").orElseThrow();
        folder.writeSecret("postgres.password", "wrong".getBytes());
        try {
            assertThatThrownBy(() -> new EmbeddedPostgres(folder).start())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("DATA/secrets/postgres.password");
        } finally {
            folder.writeSecret("postgres.password", right);
        }
    }

    @Test
    void a_folder_that_the_other_user_cannot_reach_is_named() throws IOException {
        assumeTrue(SystemUser.isRoot(), "root is missing: only root starts PostgreSQL as another user");
        Path closed = Files.createDirectory(
                temporary.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThatThrownBy(() -> new EmbeddedPostgres(new DataFolder(closed.resolve("below/data"))).start())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("that user cannot pass " + closed + ".")
                .hasMessageContaining("chmod o+x '" + closed + "'");
    }

    @Test
    void an_ordinary_user_runs_it_just_so() throws Exception {
        assumeTrue(SystemUser.isRoot(), "root is missing: the other tests run as an ordinary user already");
        Path home = Files.createDirectory(temporary.resolve("home"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(home, "unix:uid", 65_534);
        try (ServerProgram program = ServerProgram.start(
                home.resolve("data"),
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
                copyOfClassPath(temporary.resolve("lib")))) {
            assertThat(program.said()).contains("ready ");
            assertThat(Files.getAttribute(
                            Path.of("/proc", Long.toString(program.postgres().pid())), "unix:uid"))
                    .isEqualTo(65_534);
        }
    }

    // The user may not be allowed to read the local repository.
    private static String copyOfClassPath(Path lib) throws IOException {
        Files.createDirectory(lib);
        StringBuilder copy = new StringBuilder();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            if (Files.isRegularFile(from) && !entry.contains("windows")) {
                Path to = lib.resolve(from.getFileName());
                Files.copy(from, to);
                copy.append(to).append(File.pathSeparator);
            } else if (Files.isDirectory(from)) {
                copy.append(from).append(File.pathSeparator);
            }
        }
        return copy.toString();
    }

    @Test
    void a_full_disk_is_named_and_the_next_start_succeeds() throws Exception {
        assumeTrue(SystemUser.isRoot(), "root is missing: only root mounts a small disk");
        Path small = Files.createDirectory(temporary.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=90m,mode=755", "tmpfs", small.toString());
        try {
            assertThatThrownBy(() -> new EmbeddedPostgres(new DataFolder(small.resolve("data"))).start())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("No space left on device");
            run("mount", "-o", "remount,size=400m", small.toString());
            try (EmbeddedPostgres postgres = new EmbeddedPostgres(new DataFolder(small.resolve("data")))) {
                assertThat(value(postgres.start(), "SELECT 1")).isEqualTo("1");
            }
        } finally {
            // Lazily: a child of the PostgreSQL that could not start may be about to end.
            run("umount", "--lazy", small.toString());
        }
    }

    // The children of a killed PostgreSQL may answer for a moment longer; it is another that shall answer.
    private static void awaitAnswer(Pool pool) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            try {
                await(pool.query("SELECT 1").execute());
                return;
            } catch (AssertionError notYet) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("no answer in time");
    }

    private static String commandLine(long pid) throws IOException {
        Path file = Path.of("/proc", Long.toString(pid), "cmdline");
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static void execute(DatabaseSettings settings, String... statements) throws SQLException {
        try (Connection connection = PostgresCluster.connect(settings, settings.owner());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String value(DatabaseSettings settings, String query) throws SQLException {
        return valueAs(settings, settings.owner(), query);
    }

    private static String valueAs(DatabaseSettings settings, DatabaseLogin login, String query) throws SQLException {
        try (Connection connection = PostgresCluster.connect(settings, login);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
