package io.fairlead.perf.compare;

import io.fairlead.contract.integration.data.DataPort;
import io.fairlead.contract.integration.data.DataService;
import io.fairlead.enterprise.account.Accounts;
import io.fairlead.enterprise.account.Call;
import io.fairlead.enterprise.account.FailedCalls;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.integration.DataOperations;
import io.fairlead.enterprise.integration.RefusedDeeds;
import io.fairlead.enterprise.integration.WaitingData;
import io.fairlead.enterprise.kernel.AppPool;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.KnownBrowsers;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.login.LoginKeys;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.PersonListener;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.Values;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.apache.cxf.annotations.SchemaValidation.SchemaValidationType;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.configuration.jsse.TLSServerParameters;
import org.apache.cxf.configuration.security.AuthorizationPolicy;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;

/**
 * DataService as CXF's users publish one, by CXF's own transport on Jetty, as a process of its own, to be measured beside the
 * lane: the same contract, feature, database, accounts, limits of StAX, schema and TLS. Arguments: a folder with the passwords
 * of the database, its address, a port.
 */
final class JettyServices {
    private static final String STAX = "org.apache.cxf.stax.";

    private final Vertx vertx = Vertx.vertx();
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final DataFolder folder;
    private final Database database;
    private final Rights rights;
    private final Audit audit;

    private JettyServices(Path path, String url) {
        folder = new DataFolder(path);
        database = new Database(
                new AppPool(AppPool.DEFAULT_CONNECTIONS).open(vertx, DatabaseSettings.external(url, folder)));
        rights = new Rights(database, clock);
        audit = new Audit(database);
    }

    private Accounts accounts() {
        KnownBrowsers browsers = new KnownBrowsers(LoginKeys.open(folder, Set.of(), random), Ids.random());
        LockOut lockOut = new LockOut(database, rights, audit, browsers, clock, new SimpleMeterRegistry());
        People people = new People(database, rights, audit, PersonListener.NOBODY, clock);
        return new Accounts(
                database, lockOut, audit, new FailedCalls(database, people, Timers.of(vertx), clock), clock);
    }

    private WaitingData service() {
        Devices devices = new Devices(database, rights, audit, clock);
        return new WaitingData(
                new DataOperations(new Values(database, rights), new History(database, devices)),
                new RefusedDeeds(audit, clock),
                () -> PhaseInterceptorChain.getCurrentMessage().get(Actor.class));
    }

    private void publish(int port) throws Exception {
        ExtensionManagerBus bus = new ExtensionManagerBus();
        bus.getExtension(JettyHTTPServerEngineFactory.class).setTLSServerParametersForPort("localhost", port, tls());
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
        factory.setBus(bus);
        factory.setServiceClass(DataPort.class);
        factory.setServiceBean(service());
        factory.setWsdlLocation("classpath:io/fairlead/contract/integration/DataService.wsdl");
        factory.setServiceName(DataService.SERVICE);
        factory.setEndpointName(DataService.DataSoap11);
        factory.setAddress("https://localhost:" + port + ServicesRow.PATH);
        factory.setProperties(limits());
        factory.getInInterceptors().add(new Basic(accounts()));
        Server server = factory.create();
        System.out.println("listens " + server.getEndpoint().getEndpointInfo().getAddress());
    }

    private static Map<String, Object> limits() {
        return new HashMap<>(Map.of(
                Message.SCHEMA_VALIDATION_ENABLED,
                SchemaValidationType.IN,
                STAX + "maxChildElements",
                5_000,
                STAX + "maxElementDepth",
                32,
                STAX + "maxElementCount",
                20_000L,
                STAX + "maxXMLCharacters",
                1_000_000L,
                STAX + "maxAttributeCount",
                50,
                STAX + "maxAttributeSize",
                4_096,
                STAX + "maxTextLength",
                262_144L));
    }

    private TLSServerParameters tls() throws Exception {
        Authority authority = Authority.open(folder, clock, random);
        Credential own = new OwnCertificates(authority, folder, clock).server("people", Set.of("localhost"));
        TLSServerParameters tls = new TLSServerParameters();
        tls.setKeyManagers(keys(own));
        tls.setCipherSuites(TlsOptions.SUITES);
        tls.setIncludeProtocols(List.of("TLSv1.3", "TLSv1.2"));
        return tls;
    }

    private static KeyManager[] keys(Credential own) throws Exception {
        char[] password = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("own", own.key(), password, own.chain().toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    /** Name and password are judged before a byte of the envelope is read, as in the lane. */
    private static final class Basic extends AbstractPhaseInterceptor<Message> {
        private static final Address HERE = Proxies.of(List.of()).visitor("127.0.0.1", null);
        private static final Call CALL = new Call("DataService", "", "%032x".formatted(1));

        private final Accounts accounts;

        Basic(Accounts accounts) {
            super(Phase.RECEIVE);
            this.accounts = accounts;
        }

        @Override
        public void handleMessage(Message message) {
            AuthorizationPolicy said = message.get(AuthorizationPolicy.class);
            if (said == null) {
                throw refused();
            }
            message.put(
                    Actor.class,
                    accounts.judge(said.getUserName(), said.getPassword(), HERE, CALL)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join());
        }

        private static Fault refused() {
            Fault fault = new Fault(new GeneralSecurityException("no name and password"));
            fault.setStatusCode(HttpURLConnection.HTTP_UNAUTHORIZED);
            return fault;
        }
    }

    public static void main(String[] args) {
        try {
            new JettyServices(Path.of(args[0]), args[1]).publish(Integer.parseInt(args[2]));
            // Until whoever started it ends.
            while (System.in.read() >= 0) {}
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.err);
        } finally {
            System.exit(0);
        }
    }
}
