package io.fairlead.enterprise.app;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.TestLogins;
import io.fairlead.enterprise.operator.CommandRoutes;
import io.fairlead.enterprise.operator.Commands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteLoginTest {
    @TempDir
    private static Path home;

    private static String homeBefore;
    private static TestDatabase postgres;
    private static Vertx vertx;
    private static HttpServer server;
    private static String rootKey;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws IOException {
        homeBefore = System.getProperty("user.home");
        System.setProperty("user.home", home.toString());
        postgres = TestDatabase.start();
        TestLogins logins = new TestLogins(postgres, Clock.systemUTC(), true);
        logins.person("anna");
        logins.password("anna", TestLogins.PASSWORD);
        vertx = Vertx.vertx();
        Commands commands = new Commands(Map.of(
                "who", (actor, arguments) -> Future.succeededFuture(new JsonObject().put("actor", actor.audited()))));
        Router router = Router.router(vertx);
        new CommandRoutes(
                        logins.logIns,
                        logins.sessions,
                        logins.confirmations,
                        Proxies.of(List.of()),
                        commands,
                        Timers.of(vertx),
                        () -> "c1")
                .mount(router);
        DataFolder data = new DataFolder(home.resolve("data"));
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom(), Duration.ofDays(90));
        rootKey = authority.rootKeySha256();
        server = await(vertx.createHttpServer(TlsOptions.people(
                                new OwnCertificates(authority, data, Clock.systemUTC())
                                        .server("people", Set.of("localhost")),
                                authority.root())
                        .setHost("127.0.0.1")
                        .setPort(0))
                .requestHandler(router)
                .listen());
    }

    @AfterAll
    static void stop() {
        System.setProperty("user.home", homeBefore);
        await(vertx.close());
        postgres.close();
    }

    private int run(String password, String... arguments) {
        Screen screen = new Screen(new PrintWriter(out, true), new PrintWriter(err, true), Clock.systemUTC());
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((password + "\n").getBytes(Charset.defaultCharset())));
        try {
            return FairleadCommand.commandLine(screen, home.resolve("none"), (config, folder, port) -> {})
                    .execute(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private static String url(String host) {
        return "https://" + host + ":" + server.actualPort();
    }

    @Test
    void a_person_logs_in_commands_and_logs_out() throws IOException {
        int logIn = run(TestLogins.PASSWORD, "login", url("localhost"), "--user", "Anna", "--root-key", rootKey);

        assertThat(logIn).as(err.toString()).isZero();
        RemoteLogin login = RemoteLogin.read(url("localhost"));
        assertThat(login.user()).isEqualTo("anna");
        assertThat(login.calls().call("who", new JsonObject()).getString("actor"))
                .isEqualTo("person:anna");
        assertThat(out.toString()).doesNotContain(login.token());
        try (Stream<Path> files = Files.list(kept())) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(run("", "logout", url("localhost"))).isZero();
        assertThatThrownBy(() -> login.calls().call("who", new JsonObject()))
                .isInstanceOf(Unable.class)
                .hasMessageContaining("has ended");
        assertThatThrownBy(() -> RemoteLogin.read(url("localhost"))).hasMessageContaining("You are not logged in");
    }

    private static Path kept() {
        String configured = System.getenv("XDG_CONFIG_HOME");
        return (configured == null || configured.isBlank() ? home.resolve(".config") : Path.of(configured))
                .resolve("fairlead/logins");
    }

    @Test
    void nothing_is_sent_to_a_server_whose_certificate_is_another_ones() {
        String other = rootKey.charAt(0) == 'A' ? "B" + rootKey.substring(1) : "A" + rootKey.substring(1);
        for (String[] wrong : List.of(
                new String[] {"login", url("localhost"), "--user", "anna", "--root-key", other},
                new String[] {"login", url("localhost"), "--user", "anna"},
                // The certificate is for localhost.
                new String[] {"login", url("127.0.0.1"), "--user", "anna", "--root-key", rootKey})) {
            assertThat(run(TestLogins.PASSWORD, wrong)).isEqualTo(1);
        }
        assertThat(err.toString()).contains("does not show a certificate that was to be trusted");
        assertThat(postgres.value("SELECT count(*) FROM login_session WHERE address <> '127.0.0.1'"))
                .isEqualTo("0");
    }

    @Test
    void what_is_wrong_is_said() {
        assertThat(run("not her password", "login", url("localhost"), "--user", "anna", "--root-key", rootKey))
                .isEqualTo(1);
        assertThat(run("", "login", "ftp://nonsense", "--user", "anna")).isEqualTo(1);
        assertThat(run("", "login", url("localhost"))).isEqualTo(1);
        assertThat(run("", "login", url("localhost"), "--user", "anna", "--root-key", "short"))
                .isEqualTo(1);
        assertThat(run("", "devices", "--server", "https://localhost:1")).isEqualTo(1);

        assertThat(err.toString())
                .contains("Name or password are wrong.")
                .contains("A server is named as https://HOST")
                .contains("--user NAME")
                .contains("43 characters")
                .contains("You are not logged in at https://localhost:1");
    }
}
