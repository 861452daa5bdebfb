package io.fairlead.enterprise.app;

import io.fairlead.enterprise.agentlane.AgentLane;
import io.fairlead.enterprise.agentlane.AgentTunnel;
import io.fairlead.enterprise.agentlane.ContractPages;
import io.fairlead.enterprise.agentlane.EstRoutes;
import io.fairlead.enterprise.agentlane.FileRoutes;
import io.fairlead.enterprise.agentlane.ReachRoutes;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.ViewerDoor;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.EnrolmentCodes.AgentsAddress;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.identity.Usage;
import io.fairlead.enterprise.integration.IntegrationLane;
import io.fairlead.enterprise.integration.IntegrationSettings;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.operator.CommandRoutes;
import io.fairlead.enterprise.operator.DownloadRoute;
import io.fairlead.enterprise.operator.ViewerRoute;
import io.fairlead.enterprise.publication.Customers;
import io.fairlead.enterprise.publication.FirewallRoutes;
import io.fairlead.enterprise.tunnel.Relay;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP listeners: agents, their streams, people, other systems with certificates, and operations on loopback. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    /** Longer than the longest poll; a connection that says nothing for so long is closed. */
    private static final int IDLE_SECONDS = 75;

    private static final int MOST_HEADER_BYTES = 8_192;
    private static final int GRACE_SECONDS = 10;
    /** For the answer to a close frame. */
    private static final int CLOSING_SECONDS = 2;

    private final Vertx vertx;
    private final EnterpriseConfig config;
    private final Authority authority;
    private final OwnCertificates own;
    private final Timers timers;
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<ServerCertificates> certificates = new ArrayList<>();
    private List<String> peopleRoutes = List.of();
    private int operationsPort;

    Listeners(Vertx vertx, EnterpriseConfig config, Authority authority, OwnCertificates own, Timers timers) {
        this.vertx = vertx;
        this.config = config;
        this.authority = authority;
        this.own = own;
        this.timers = timers;
    }

    /** Serves the agents: SOAP, streams, the bytes of files, enrolment by EST, the allowlist, and checks of what it says. */
    void agents(
            AgentLane lane,
            AgentTunnel tunnel,
            FileRoutes files,
            EstRoutes est,
            FirewallRoutes firewall,
            ReachRoutes reach) {
        Router router = Router.router(vertx);
        est.mount(router);
        firewall.mount(router);
        Handler<HttpServerRequest> handler = request -> {
            if (AgentLane.PATH.equals(request.path())) {
                lane.handle(request);
            } else if (Relay.PATH.equals(request.path())) {
                tunnel.handle(request);
            } else if (request.path() != null && request.path().startsWith(FileRoutes.PATH)) {
                files.handle(request);
            } else if (request.path() != null && request.path().startsWith(ReachRoutes.PATH)) {
                reach.handle(request);
            } else {
                router.handle(request);
            }
        };
        listenByTls(
                "agents",
                "agents",
                config.agents(),
                () -> authority.trusted(Usage.DEVICES),
                Listeners::ofAgents,
                handler);
    }

    /** Serves agents' streams at the further ports, and who checks whether they are open; nothing else there. */
    void tunnels(AgentTunnel tunnel, ReachRoutes reach) {
        for (int port : config.tunnels().ports()) {
            listenByTls(
                    "tunnels",
                    "agents",
                    config.agents().at(port),
                    () -> authority.trusted(Usage.DEVICES),
                    Listeners::ofAgents,
                    request -> {
                        if (Relay.PATH.equals(request.path())) {
                            tunnel.handle(request);
                        } else if (request.path() != null && request.path().startsWith(ReachRoutes.PATH)) {
                            reach.handle(request);
                        } else {
                            nothing(request, "There are streams of remote sessions here");
                        }
                    });
        }
    }

    /** Agents are answered on the event loop that heard them: so none has a queue of 5 KB for what other threads might write. */
    private static HttpServerOptions ofAgents(Served served) {
        return TlsOptions.agents(served.credential(), served.clients()).setStrictThreadMode(true);
    }

    private static void nothing(HttpServerRequest request, String here) {
        request.response()
                .setStatusCode(404)
                .end(here + ", and nothing else.\n")
                .onComplete(answered -> request.connection().close());
    }

    /** Serves people: the console, the contract, files by one-time links, the allowlist, and the command line from elsewhere; and other systems. */
    void people(
            Doors doors,
            ContractPages contract,
            DownloadRoute downloads,
            ViewerRoute programs,
            ViewerDoor browsers,
            CommandRoutes commands,
            FirewallRoutes firewall,
            Customers customers,
            Optional<IntegrationLane> integration) {
        Router router = Router.router(vertx);
        doors.guard(router);
        contract.mount(router);
        downloads.mount(router);
        programs.mount(router);
        browsers.mount(router);
        commands.mount(router);
        firewall.mount(router, customers);
        integration.ifPresent(lane -> lane.mount(router));
        doors.open(router);
        peopleRoutes = routes(router);
        // Without HTTP/2: with Vert.x 5.0.12 some small answers beside a large one are never sent (its pull request
        // 6359).
        listenByTls(
                "people",
                "people",
                config.people(),
                List::of,
                served -> TlsOptions.people(served.credential(), authority.root()),
                router);
    }

    /** Serves other systems that are known by their client certificates: the services, and nothing else. */
    void services(IntegrationLane lane, IntegrationSettings.Certificates at) {
        Router router = Router.router(vertx);
        lane.mountCertified(router);
        router.route().handler(context -> nothing(context.request(), "There are services for other systems here"));
        listenByTls(
                "integration.certificates",
                "people",
                new EnterpriseConfig.Listener(
                        at.bind(), at.port(), config.people().names(), 0),
                List::of,
                served -> TlsOptions.certified(served.credential(), authority.root()),
                router);
    }

    private static List<String> routes(Router router) {
        return router.getRoutes().stream()
                .map(route -> (route.methods() == null
                                ? "*"
                                : route.methods().iterator().next()) + " "
                        + (route.getPath() == null ? "*" : route.getPath()))
                .distinct()
                .toList();
    }

    /** Everything that is mounted for people, as {@code METHOD PATH}, where a star stands for any; for tests that walk it. */
    List<String> peopleRoutes() {
        return peopleRoutes;
    }

    /** Serves whoever watches this machine: /metrics and /health, on loopback. */
    void operations(Database database, PrometheusMeterRegistry metrics) {
        Router router = Router.router(vertx);
        router.get("/metrics").handler(context -> {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
            answer(context, 200, metrics.scrape());
        });
        router.get("/health")
                .handler(context -> database.pool()
                        .query("SELECT 1")
                        .execute()
                        .onComplete(
                                up -> answer(context, 200, "{\"status\":\"up\"}"),
                                down -> answer(context, 503, "{\"status\":\"down\",\"reason\":\"database\"}")));
        operationsPort = listen(
                        "operations",
                        new EnterpriseConfig.Listener("127.0.0.1", config.operationsPort(), List.of("localhost"), 0),
                        new HttpServerOptions(),
                        router)
                .actualPort();
    }

    private static void answer(RoutingContext context, int status, String body) {
        context.response().setStatusCode(status).end(body).onFailure(context::fail);
    }

    /** @param shown whose certificate it shows */
    private void listenByTls(
            String name,
            String shown,
            EnterpriseConfig.Listener listener,
            Supplier<List<X509Certificate>> clients,
            Function<Served, HttpServerOptions> options,
            Handler<HttpServerRequest> handler) {
        Set<String> names = new LinkedHashSet<>(listener.names());
        Served served = new Served(own.server(shown, names), clients.get());
        HttpServer server = listen(name, listener, options.apply(served), handler);
        ServerCertificates kept = new ServerCertificates(
                name,
                served,
                () -> new Served(own.server(shown, names), clients.get()),
                good -> options.apply(good).getSslOptions(),
                new Blocking(vertx),
                timers);
        certificates.add(kept);
        kept.keep(server);
        authority.onChange(
                () -> kept.look(server).onFailure(logged -> LOG.debug("listener={} keeps what it had", name)));
    }

    private HttpServer listen(
            String name,
            EnterpriseConfig.Listener listener,
            HttpServerOptions options,
            Handler<HttpServerRequest> handler) {
        options.setHost(listener.bind())
                .setPort(listener.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                // Else a connection without TLS is nobody's until its first head has come.
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(Relay.MOST_FRAME)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                .setWebSocketSubProtocols(List.of(Relay.SUBPROTOCOL));
        HeadDeadline heads = new HeadDeadline(name, Duration.ofSeconds(IDLE_SECONDS), timers);
        try {
            HttpServer server = Await.done(vertx.createHttpServer(options)
                    .connectionHandler(heads::connected)
                    .requestHandler(heads.noticing(handler))
                    .listen());
            servers.add(server);
            return server;
        } catch (RuntimeException e) {
            throw new CannotStart(
                    "The " + name + " listener cannot take port " + listener.port() + " at " + listener.bind() + ": "
                            + e.getMessage() + ". The configuration says which it takes: "
                            + (name.equals("tunnels") ? "tunnels.ports" : name + ".port"),
                    e);
        }
    }

    /** Where agents reach us, as enrolment strings say it. */
    AgentsAddress agentsAddress() {
        EnterpriseConfig.Listener agents = config.agents();
        return new AgentsAddress(agents.publicName(), agents.publicPort() == 0 ? agents.port() : agents.publicPort());
    }

    /** Where agents reach the relay: HOST:PORT, each way once. */
    List<String> relayAddresses() {
        AgentsAddress agents = agentsAddress();
        String host = agents.host().contains(":") ? "[" + agents.host() + "]" : agents.host();
        return IntStream.concat(
                        IntStream.of(agents.port()),
                        config.tunnels().ports().stream().mapToInt(Integer::intValue))
                .distinct()
                .mapToObj(port -> host + ":" + port)
                .toList();
    }

    String agentsUrl() {
        return "https://" + agentsAddress().host() + ":" + agentsAddress().port();
    }

    String peopleUrl() {
        return "https://" + config.people().publicName() + ":" + config.people().toldPort();
    }

    String operationsUrl() {
        return "http://127.0.0.1:" + operationsPort;
    }

    /** The certificates that listeners show now. */
    List<X509Certificate> shown() {
        return certificates.stream().map(ServerCertificates::leaf).toList();
    }

    /** Takes no more, and waits for what is under way. */
    Future<Void> close() {
        certificates.forEach(ServerCertificates::stop);
        return Future.join(servers.stream()
                        .map(server -> server.shutdown(GRACE_SECONDS, TimeUnit.SECONDS))
                        .toList())
                .mapEmpty();
    }
}
