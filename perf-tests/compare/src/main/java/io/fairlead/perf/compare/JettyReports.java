package io.fairlead.perf.compare;

import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.DatabaseSettings;
import jakarta.jws.WebService;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.configuration.jsse.TLSServerParameters;
import org.apache.cxf.configuration.security.ClientAuthentication;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;

/**
 * The operation Report as CXF's users would publish it: CXF's own transport on Jetty, the JDK's TLS with client certificates,
 * JAXB, and by JDBC one INSERT and one commit a message; a process of its own. It checks less than Fairlead does (no schema,
 * no sequence, no clone, no certificate's standing) and writes a row a message instead of one an item, which is in its favour. Arguments: a
 * folder for its keys, the PEM file of those who issue devices' certificates, a port, the database's address, a folder with its
 * passwords.
 */
@WebService(
        serviceName = "AgentChannelService",
        portName = "AgentChannelPort",
        targetNamespace = "urn:fairlead:agent-channel:1:wsdl",
        endpointInterface = "io.fairlead.perf.compare.ReportPort")
public final class JettyReports implements ReportPort {
    private static final int CONNECTIONS = 16;
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS compare_message (
              device text, epoch text, sequence bigint, observed_at timestamptz, items text[], numbers double precision[],
              received_at timestamptz)
            """;
    private static final String INSERT = "INSERT INTO compare_message VALUES (?, ?, ?, ?, ?, ?, now())";

    private final BlockingQueue<Prepared> connections = new ArrayBlockingQueue<>(CONNECTIONS);

    private record Prepared(Connection connection, PreparedStatement insert) {}

    private JettyReports(DatabaseSettings database) throws SQLException {
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = DriverManager.getConnection(
                    database.jdbcUrl(),
                    database.owner().role(),
                    database.owner().password());
            if (i == 0) {
                try (java.sql.Statement statement = connection.createStatement()) {
                    boolean unused = statement.execute(TABLE);
                }
            }
            connections.add(new Prepared(connection, connection.prepareStatement(INSERT)));
        }
    }

    @Override
    public ReportResponse report(Report report) {
        try {
            Prepared prepared = connections.take();
            try {
                for (StatusMessage each : report.getMessage()) {
                    insert(prepared, report, each);
                }
            } finally {
                connections.add(prepared);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        ReportResponse answer = new ReportResponse();
        answer.setEpoch(report.getEpoch());
        answer.setCommitted(
                report.getMessage().get(report.getMessage().size() - 1).getSequence());
        answer.setServerTime(Instant.now());
        return answer;
    }

    /** It is committed when this returns. */
    private static void insert(Prepared prepared, Report report, StatusMessage message) throws SQLException {
        List<DataItem> items = message.getItem();
        PreparedStatement insert = prepared.insert();
        insert.setString(1, report.getDevice());
        insert.setString(2, report.getEpoch());
        insert.setLong(3, message.getSequence());
        insert.setTimestamp(4, Timestamp.from(message.getObservedAt()));
        insert.setArray(
                5,
                prepared.connection()
                        .createArrayOf(
                                "text", items.stream().map(DataItem::getName).toArray()));
        insert.setArray(
                6,
                prepared.connection()
                        .createArrayOf(
                                "float8",
                                items.stream().map(DataItem::getNumber).toArray()));
        int rows = insert.executeUpdate();
        assert rows == 1;
    }

    private void publish(Path keys, Path issuers, int port) throws Exception {
        ExtensionManagerBus bus = new ExtensionManagerBus();
        bus.getExtension(JettyHTTPServerEngineFactory.class)
                .setTLSServerParametersForPort("localhost", port, tls(keys, issuers));
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
        factory.setBus(bus);
        factory.setServiceClass(ReportPort.class);
        factory.setServiceBean(this);
        factory.setAddress("https://localhost:" + port + "/agent");
        Server server = factory.create();
        System.out.println("listens " + server.getEndpoint().getEndpointInfo().getAddress());
    }

    private static TLSServerParameters tls(Path folder, Path issuers) throws Exception {
        DataFolder data = new DataFolder(folder);
        Authority authority = Authority.open(data, Clock.systemUTC(), new SecureRandom());
        Credential own = new OwnCertificates(authority, data, Clock.systemUTC()).server("agents", Set.of("localhost"));
        char[] password = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("own", own.key(), password, own.chain().toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, password);
        try (InputStream pem = Files.newInputStream(issuers)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("issuer-" + trusted.size(), each);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        ClientAuthentication clients = new ClientAuthentication();
        clients.setWant(true);
        clients.setRequired(true);
        TLSServerParameters tls = new TLSServerParameters();
        tls.setKeyManagers(keys.getKeyManagers());
        tls.setTrustManagers(trust.getTrustManagers());
        tls.setClientAuthentication(clients);
        tls.setCipherSuites(TlsOptions.SUITES);
        tls.setIncludeProtocols(List.of("TLSv1.3", "TLSv1.2"));
        return tls;
    }

    public static void main(String[] args) {
        try {
            new JettyReports(DatabaseSettings.external(args[3], new DataFolder(Path.of(args[4]))))
                    .publish(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
            // Until whoever started it ends.
            while (System.in.read() >= 0) {}
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.err);
        } finally {
            System.exit(0);
        }
    }
}
