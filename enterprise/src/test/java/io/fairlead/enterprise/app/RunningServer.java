package io.fairlead.enterprise.app;

import io.fairlead.enterprise.integration.IntegrationSettings;
import io.fairlead.enterprise.kernel.DatabaseLogin;
import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.operator.CommandClient;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The server as it is shipped, all of it, on a database of its own: what it mounts is what is walked. */
final class RunningServer implements AutoCloseable {
    final TestDatabase postgres = TestDatabase.start();
    private final Enterprise enterprise;
    private final EnterpriseConfig config;
    private final IntegrationSettings.Certificates certified;
    private final Path folder;
    private final Pool looking;

    /** @param folder for its data */
    RunningServer(Path folder) throws IOException {
        this.folder = folder;
        DatabaseSettings settings = postgres.settings();
        Path secrets = Files.createDirectories(
                folder.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (DatabaseLogin login : List.of(settings.owner(), settings.app(), settings.sealer())) {
            Path file = Files.writeString(secrets.resolve(login.role() + ".password"), login.password());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        EnterpriseConfig defaults = EnterpriseConfig.defaults();
        int port = freePort();
        certified = new IntegrationSettings.Certificates("127.0.0.1", port, "https://localhost:" + port);
        config = new EnterpriseConfig(
                Optional.of(folder),
                new EnterpriseConfig.Listener("127.0.0.1", freePort(), List.of("localhost"), 0),
                new EnterpriseConfig.Listener("127.0.0.1", freePort(), List.of("localhost"), 0),
                0,
                Optional.of("postgresql://" + settings.host() + ":" + settings.port() + "/" + settings.database()
                        + "?sslmode=disable"),
                defaults.connections(),
                defaults.ingest(),
                defaults.historyDays(),
                new EnterpriseConfig.Files(90, 16, 400),
                defaults.deviceLife(),
                defaults.logIn(),
                defaults.syslog(),
                new IntegrationSettings(true, "", false, Optional.of(certified)),
                defaults.notificationCa(),
                defaults.catalogue(),
                defaults.tunnels().beside());
        enterprise = Enterprise.start(config);
        looking = postgres.database().pool();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Of its data. */
    Path folder() {
        return folder;
    }

    /** What is mounted for people, as {@code METHOD PATH}. */
    List<String> routes() {
        return enterprise.routes();
    }

    /** Of the people's listener. */
    String url() {
        return "https://localhost:" + config.people().port();
    }

    /** Of the listener for client certificates. */
    String certifiedUrl() {
        return certified.published();
    }

    /** Statements, on a connection that is there; the first column of the first row of the first one, as text. */
    String sql(String statements) {
        RowSet<Row> rows = TestDatabase.await(looking.query(statements).execute());
        return rows.size() == 0 ? "" : String.valueOf(rows.iterator().next().getValue(0));
    }

    /** A command at the server's own machine. */
    JsonObject command(String command, JsonObject arguments) throws IOException {
        return new CommandClient(folder).call(command, arguments);
    }

    /** A command as anybody; the fault when it was refused, "ok" when not. */
    String commandAs(Actor actor, String request) {
        return TestDatabase.await(enterprise
                .commands()
                .run(actor, new JsonObject(request))
                .transform(result -> result.succeeded()
                        ? Future.succeededFuture("ok")
                        : result.cause() instanceof Refusal refusal
                                ? Future.succeededFuture(refusal.fault().key())
                                : Future.failedFuture(result.cause())));
    }

    /** A session, as a log-in would have made it; answers its token. */
    String session(String person, String kind, boolean confirmed, boolean waiting) {
        String token =
                (UUID.randomUUID() + "-" + UUID.randomUUID()).replace("-", "").substring(0, 43);
        String unused = sql(
                "INSERT INTO login_session (id, sha256, person, kind, waiting, confirmed_at, made_at, seen_at, not_after,"
                        + " address, client) VALUES ('" + UUID.randomUUID() + "', '" + sha256(token) + "', '" + person
                        + "', '" + kind + "', " + waiting + ", " + (confirmed ? "now()" : "NULL")
                        + ", now(), now(), now() + interval '1 hour', '127.0.0.1', 'test')");
        return token;
    }

    /** Signs of life are written once a minute, by whatever is asked then: now, and not by what is watched. */
    void seen() {
        String unused = sql("UPDATE login_session SET seen_at = now()");
    }

    Web browser(String token) {
        return new Web(url(), token);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        enterprise.close();
        postgres.close();
    }
}
