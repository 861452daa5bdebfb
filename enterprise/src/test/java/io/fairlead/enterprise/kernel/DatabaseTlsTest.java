package io.fairlead.enterprise.kernel;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL whose certificate says 127.0.0.1, reached by both of our clients. */
class DatabaseTlsTest {
    private static final String PASSWORD = "of-the-test";

    @TempDir
    static Path temporary;

    private static EmbeddedPostgres postgres;
    private static DatabaseSettings plain;
    private static Path authority;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        DataFolder folder = new DataFolder(temporary.resolve("data"));
        postgres = new EmbeddedPostgres(folder);
        plain = postgres.start();
        authority = makeCertificate("server");
        Path data = folder.postgres().resolve("data");
        for (Path file : List.of(authority, temporary.resolve("server.key"))) {
            Path copy = Files.copy(file, data.resolve(file.getFileName()));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            Files.setOwner(copy, Files.getOwner(data));
        }
        try (Connection connection = PostgresCluster.connect(plain, postgres.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET ssl_cert_file = 'server.pem'");
            statement.execute("ALTER SYSTEM SET ssl_key_file = 'server.key'");
            statement.execute("ALTER SYSTEM SET ssl = on");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void the_right_name_and_authority_are_accepted() {
        DatabaseSettings settings = with("127.0.0.1", authority);

        new Migrations(settings).run();

        assertThat(usesTls(settings)).isTrue();
    }

    @Test
    void another_authority_is_refused() throws Exception {
        refused(with("127.0.0.1", makeCertificate("stranger")));
    }

    @Test
    void another_name_is_refused() {
        refused(with("localhost", authority));
    }

    private static void refused(DatabaseSettings settings) {
        assertThatThrownBy(() -> new Migrations(settings).run()).isInstanceOf(CannotStart.class);
        assertThatThrownBy(() -> usesTls(settings)).hasStackTraceContaining("SSL handshake failed");
    }

    private static DatabaseSettings with(String host, Path authority) {
        return new DatabaseSettings(
                host,
                plain.port(),
                plain.database(),
                Optional.of(authority),
                plain.owner(),
                plain.app(),
                plain.sealer());
    }

    private static boolean usesTls(DatabaseSettings settings) {
        Vertx vertx = Vertx.vertx();
        Pool pool = new AppPool(1).open(vertx, settings);
        try {
            return await(pool.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    .execute()
                    .map(rows -> rows.iterator().next().getBoolean(0)));
        } finally {
            await(pool.close());
            await(vertx.close());
        }
    }

    private static Path makeCertificate(String name) throws Exception {
        Path store = temporary.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=database",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        write(
                temporary.resolve(name + ".key"),
                "PRIVATE KEY",
                made.getKey("server", PASSWORD.toCharArray()).getEncoded());
        return write(
                temporary.resolve(name + ".pem"),
                "CERTIFICATE",
                made.getCertificate("server").getEncoded());
    }

    private static Path write(Path file, String kind, byte[] bytes) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
