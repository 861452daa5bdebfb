package io.fairlead.perf.compare;

import io.fairlead.enterprise.kernel.DatabaseLogin;
import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;

/**
 * What a call of another system for current values costs the server (SOAP, HTTP Basic, TLS) beside the same service on CXF's
 * own transport on Jetty, on the same database.
 */
final class ServicesRow implements Row {
    static final String PATH = "/services/v1/DataService";

    private static final String DEVICE = "LAB-7";
    private static final int VALUES = 20;
    private static final int CONNECTIONS = 8;
    private static final int WARMING = 20_000;
    private static final int CALLS = 4_000;
    private static final String TEXT = "calls for 20 current values, a CPU-second";
    private static final Goal GOAL = Goal.atLeast(1);

    @Override
    public String name() {
        return "services";
    }

    @Override
    public String title() {
        return "a call of another system beside the same service of CXF on Jetty";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(Finding.missing(name(), TEXT, GOAL, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        ProductServer server = ProductServer.start(bench);
        JsonObject made = server.socket()
                .call(
                        "accounts.add",
                        new JsonObject()
                                .put("name", "erp")
                                .put("label", "The ERP")
                                .put("addresses", "127.0.0.0/8"));
        String account = "erp:" + made.getString("password");
        DatabaseSettings database = server.database();
        rows(database);
        int port = Bench.freePort();
        Program jetty = bench.program(
                Bench.MEASURED,
                List.of(),
                JettyServices.class,
                secrets(bench.folder().resolve("jetty"), database).toString(),
                server.databaseUrl(),
                Integer.toString(port));
        String[] unused = jetty.hear("listens");
        CallRounds rounds = CallRounds.by(bench, CONNECTIONS);
        CallRounds.Called product = called("product", server.pid(), server.people(), account);
        rounds.know(bench, product);
        CallRounds.Called reference = called("jetty", jetty.pid(), port, account);
        rounds.know(bench, reference);
        return new Measurement(
                List.of(Finding.measured(
                        name(),
                        TEXT,
                        "CXF on Jetty",
                        Judged.RATIO,
                        GOAL,
                        rounds.measured(product, reference, effort, WARMING, CALLS))),
                List.of(
                        "Eight connections that are kept, a call under way on each; the same contract, feature, database,"
                                + " account, limits of StAX, schema and TLS. The processor time of the JVMs' compilers is left out, at"
                                + " both."));
    }

    private static CallRounds.Called called(String name, long pid, int port, String account) {
        String envelope = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + "<t:FindValues xmlns:t=\"urn:fairlead:integration:1:data\"><t:criteria><t:device>" + DEVICE
                + "</t:device></t:criteria></t:FindValues></s:Body></s:Envelope>";
        String request = "POST " + PATH + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Basic "
                + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8))
                + "\r\nContent-Type: text/xml; charset=utf-8"
                + "\r\nSOAPAction: \"urn:fairlead:integration:1:DataService:FindValues\"\r\nContent-Length: "
                + envelope.length() + "\r\n\r\n" + envelope;
        return new CallRounds.Called(name, pid, port, request, 200, "<observedAt>", VALUES);
    }

    /** A device with values, and what the account may. */
    private static void rows(DatabaseSettings database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(),
                        database.owner().role(),
                        database.owner().password());
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "INSERT INTO person_grant (person, role, granted_at, granted_by)"
                            + " VALUES ('erp', 'integration', now(), 'test')",
                    "INSERT INTO device (id, customer, site, region, model, serial, created_at) VALUES ('" + DEVICE
                            + "', 'St. Mary', 'Basel', 'EU', 'Analyser 3', '4711', now())",
                    "INSERT INTO device_contact (device) VALUES ('" + DEVICE + "')",
                    "INSERT INTO latest_value (device, item, observed_at, received_at, number, unit, first_received) SELECT '"
                            + DEVICE + "', 'analyser.value.' || n, now(), now(), n * 1.5, 'h', now()"
                            + " FROM generate_series(1, " + VALUES + ") n")) {
                boolean unusedRows = statement.execute(sql);
            }
        }
    }

    /** A data folder with the passwords of the database. */
    private static Path secrets(Path data, DatabaseSettings database) throws IOException {
        Path secrets = Files.createDirectories(
                data.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (DatabaseLogin login : List.of(database.owner(), database.app(), database.sealer())) {
            Path file = Files.writeString(secrets.resolve(login.role() + ".password"), login.password());
            Path closed = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assert closed != null;
        }
        return data;
    }
}
