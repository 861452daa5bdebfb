package io.fairlead.enterprise.app;

import com.ctc.wstx.stax.WstxInputFactory;
import io.fairlead.enterprise.account.Accounts;
import io.fairlead.enterprise.agentlane.AgentLane;
import io.fairlead.enterprise.agentlane.AgentTunnel;
import io.fairlead.enterprise.agentlane.ContractPages;
import io.fairlead.enterprise.agentlane.EstRoutes;
import io.fairlead.enterprise.agentlane.FileRoutes;
import io.fairlead.enterprise.agentlane.ReachRoutes;
import io.fairlead.enterprise.allowlist.Allowlists;
import io.fairlead.enterprise.allowlist.CustomerLinks;
import io.fairlead.enterprise.allowlist.CustomerLists;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.browser.Caller;
import io.fairlead.enterprise.console.AllowlistLinkPages;
import io.fairlead.enterprise.console.AllowlistPages;
import io.fairlead.enterprise.file.TransferResults;
import io.fairlead.enterprise.fleet.Clones;
import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Enrolments;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.guide.Contracts;
import io.fairlead.enterprise.identity.AllowlistSigner;
import io.fairlead.enterprise.identity.Announcements;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.ExpiryListener;
import io.fairlead.enterprise.identity.ExpiryWatch;
import io.fairlead.enterprise.identity.Holds;
import io.fairlead.enterprise.identity.OrderSigner;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.Renewals;
import io.fairlead.enterprise.identity.RollOver;
import io.fairlead.enterprise.identity.TicketSigner;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Mailbox;
import io.fairlead.enterprise.instruction.Polls;
import io.fairlead.enterprise.integration.IntegrationLane;
import io.fairlead.enterprise.integration.IntegrationSettings;
import io.fairlead.enterprise.kernel.AppPool;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Changes;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.fairlead.enterprise.kernel.EmbeddedPostgres;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Migrations;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Links;
import io.fairlead.enterprise.operator.CommandSocket;
import io.fairlead.enterprise.operator.Commands;
import io.fairlead.enterprise.operator.DownloadRoute;
import io.fairlead.enterprise.operator.ViewerRoute;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.publication.Customers;
import io.fairlead.enterprise.publication.FirewallRoutes;
import io.fairlead.enterprise.reach.SiteChecks;
import io.fairlead.enterprise.remote.RecordingRetention;
import io.fairlead.enterprise.remote.SessionRecordings;
import io.fairlead.enterprise.remote.StreamNotes;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.OwnAlarms;
import io.fairlead.enterprise.status.Retention;
import io.fairlead.enterprise.status.Severity;
import io.fairlead.enterprise.status.StatusService;
import io.fairlead.enterprise.status.StatusSettings;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: builds every room by constructor, lowest floor first, and closes them in the opposite order. One
 * object is one node; nodes that share a database share the authority in their secrets as well.
 */
final class Enterprise implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Enterprise.class);

    /** After which the services are made ready for their first calls: agents come first. */
    private static final Duration WARMING = Duration.ofSeconds(15);

    private final EnterpriseConfig config;
    private final Deque<Closing> closings = new ArrayDeque<>();
    private String reach = "";
    private List<String> routes = List.of();
    private Commands commands = new Commands(Map.of());
    private Optional<Links.Link> firstAdministrator = Optional.empty();

    private record Closing(String what, AutoCloseable close) {}

    private Enterprise(EnterpriseConfig config) {
        this.config = config;
    }

    /** Starts a node; when a part cannot start, those before it are closed again and its exception is thrown. */
    static Enterprise start(EnterpriseConfig config) throws IOException {
        Enterprise enterprise = new Enterprise(config);
        try {
            enterprise.build();
            return enterprise;
        } catch (IOException | RuntimeException e) {
            enterprise.close();
            throw e;
        }
    }

    private void build() throws IOException {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Ids ids = Ids.random();
        DataFolder folder = new DataFolder(config.data().orElseGet(DataFolder::standard));
        DatabaseSettings database = database(folder);
        new Migrations(database).run();

        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Vertx vertx = vertx(metrics);
        Timers timers = Timers.of(vertx);
        Context loop = vertx.getOrCreateContext();
        Pool pool = new AppPool(config.connections()).open(vertx, database);
        onClose("pool", () -> Await.done(pool.close()));
        Database app = new Database(pool);
        Notifications notifications = new Notifications(vertx, database.connectAs(database.app()), timers);
        onClose("notifications", () -> Await.done(notifications.close()));

        Audit audit = new Audit(app);
        Authority authority = Authority.open(folder, clock, random, config.deviceLife());
        if (authority.fresh()) {
            Await.done(audit.record(deed(AuditCode.AUTHORITY_MADE, "rootKeySha256=" + authority.rootKeySha256())));
        }
        OwnCertificates own = new OwnCertificates(authority, folder, clock);
        AuditRoom sealing = AuditRoom.open(vertx, config, database, app, folder, own, timers, clock, metrics);
        onClose("audit", () -> {
            if (!reach.isEmpty()) {
                Await.done(audit.record(deed(AuditCode.SERVER_STOPPED, "")));
            }
            sealing.close();
        });
        DeviceCertificates certificates = new DeviceCertificates(app, authority, audit, clock);
        certificates.listenTo(notifications);
        OwnAlarms alarms = new OwnAlarms(app, clock);
        Rights rights = new Rights(app, clock);
        Listeners listeners = new Listeners(vertx, config, authority, own, timers);
        LoginRoom login = LoginRoom.open(
                folder, config.logIn(), listeners.peopleUrl(), app, rights, audit, timers, ids, clock, random, metrics);
        onClose("login", login.sweep()::stop);
        People people = new People(app, rights, audit, login.links()::ended, clock);
        Grants grants = new Grants(app, rights, audit, login.logIns()::able, clock);
        AccountRoom accounts =
                AccountRoom.open(app, rights, people, grants, login.lockOut(), audit, timers, clock, random);
        accounts.watch().start();
        onClose("accounts", accounts::close);
        Devices devices = new Devices(app, rights, audit, clock, alarms);
        Clones clones = new Clones(app, devices, new Holds(), audit, alarms, clock, metrics);
        Contacts contacts = new Contacts(clones, ids, clock);
        Documents documents = new Documents(new XmlReaders(new WstxInputFactory()));
        documents.prepare();
        Instructions instructions = new Instructions(
                app,
                devices,
                rights,
                new OrderSigner(own)::sign,
                documents,
                audit,
                clock,
                new TransferResults(audit, clock));
        Mailbox mailbox = new Mailbox(loop, instructions, notifications, timers, metrics);
        StatusService status =
                new StatusService(loop, app, devices, contacts, instructions, timers, clock, status(), metrics);
        onClose("status", () -> Await.done(status.stop()));
        Changes changes = new Changes(app, notifications, timers);
        status.onCommit(device -> changes.note("device/" + device.value()));
        Retention retention = new Retention(app, audit, timers, clock, config.historyDays());
        Await.done(retention.start());
        onClose("retention", retention::stop);
        FileRoom files = FileRoom.open(
                folder,
                config.files(),
                app,
                devices,
                instructions,
                audit,
                new Blocking(vertx),
                timers,
                ids,
                clock,
                random);
        files.retention().start();
        onClose("transfers", files.retention()::stop);
        StreamNotes notes = new StreamNotes(app, rights, audit);
        RecordingRoom recordings = RecordingRoom.open(
                folder, config.files(), notes::viewer, notes::recorded, new Blocking(vertx), timers, clock, random);
        RecordingRetention old =
                new RecordingRetention(app, audit, recordings.recordings(), recordings.reading(), timers, clock);
        old.start();
        onClose("recordings", old::stop);
        RemoteRoom remote = RemoteRoom.open(
                config,
                app,
                devices,
                rights,
                certificates,
                instructions,
                audit,
                new TicketSigner(own),
                listeners.relayAddresses(),
                recordings::tap,
                notifications,
                timers,
                ids,
                clock,
                metrics);
        remote.watch().start();
        onClose("sessions", remote.watch()::stop);
        RollOver rollOver = new RollOver(
                app, rights, authority, instructions::waitingFor, documents, audit, new Blocking(vertx), clock);
        rollOver.listenTo(notifications, timers);
        Await.done(notifications.start());

        SiteChecks checks = new SiteChecks(app, devices, audit, clock);
        AgentLane lane = new AgentLane(
                certificates,
                documents,
                status,
                new Polls(loop, app, contacts, instructions, mailbox),
                devices,
                files.device(),
                remote.device(),
                checks,
                new Announcements(app, authority, clock),
                sealing.seals(),
                clock,
                timers,
                ids,
                metrics);
        EnrolmentCodes codes = new EnrolmentCodes(
                app, authority, certificates, devices, audit, listeners.agentsAddress(), ids, clock, random);
        Standings standings =
                new Standings(app, devices, certificates, codes, audit, clock, List.of(instructions, alarms));
        Renewals renewals = new Renewals(app, authority, certificates, clones, audit, clock);
        NotificationRoom told = NotificationRoom.open(
                vertx,
                config.notificationCa(),
                app,
                rights,
                people,
                devices,
                audit,
                timers,
                clock,
                ids,
                random,
                metrics);
        told.start();
        onClose("notifications", told::close);
        firstAdministrator = Await.done(login.links().first("server"));
        Features features = new Features(
                rights,
                people,
                grants,
                accounts,
                new DeviceViewers(devices, rights, people),
                devices,
                new Enrolments(app, devices, codes),
                clones,
                standings,
                new Groups(app, devices, rights, audit, clock),
                new DeviceRecords(audit, rights, devices),
                instructions,
                mailbox,
                status,
                new Alarms(app, devices, audit, clock),
                checks,
                files,
                remote,
                new SessionRecordings(
                        app, devices, certificates, audit, recordings.recordings(), recordings.reading(), clock),
                told,
                rollOver,
                audit,
                new AuditExport(app),
                sealing.seals(),
                AuditRoom.verifier(vertx, database, folder, timers, clock));
        Allowlists allowlists = AllowlistRoom.open(
                config.catalogue(),
                LiveHosts.of(config),
                new AllowlistSigner(own),
                app,
                audit,
                new Blocking(vertx),
                timers,
                clock);
        Await.done(allowlists.start());
        onClose("allowlist", allowlists::stop);
        CustomerLinks customerLinks = new CustomerLinks(app, rights, audit, ids, clock);
        CustomerLists customerLists = new CustomerLists(app, allowlists);
        FirewallRoutes firewall =
                new FirewallRoutes(allowlists, authority::rootPem, listeners.peopleUrl(), clock, ids::next);
        commands = features.commands(login, listeners.peopleUrl(), authority::rootKeySha256, clock, timers);
        listeners.operations(app, metrics);
        AgentTunnel streams = new AgentTunnel(certificates, remote.relay());
        ReachRoutes knocks = new ReachRoutes(certificates, timers, clock, ids);
        listeners.agents(
                lane,
                streams,
                new FileRoutes(certificates, devices, files.device(), timers, clock, ids),
                new EstRoutes(authority, codes, renewals, new Blocking(vertx), timers, clock, ids),
                firewall,
                knocks);
        listeners.tunnels(streams, knocks);
        remote.succeed(folder);
        Optional<IntegrationLane> services =
                integration(features, login, listeners.peopleUrl(), app, vertx, timers, clock, ids, metrics);
        IntegrationSettings served = config.integration().publishedOr(listeners.peopleUrl());
        ConsoleRoom console = new ConsoleRoom(
                features,
                login,
                () -> Stream.of(
                                sealing.troubles(),
                                accounts.watch().troubles(),
                                told.deliveries().troubles(),
                                allowlists.troubles())
                        .flatMap(List::stream)
                        .toList(),
                services.map(each -> new Contracts(
                        served.published(),
                        served.certificates()
                                .map(IntegrationSettings.Certificates::published)
                                .orElse(""),
                        served.wsdlPublic(),
                        each.services(),
                        new Blocking(vertx))),
                new AllowlistPages(
                        allowlists,
                        customerLists,
                        new Roster(app, rights, clock),
                        () -> HexFormat.of().formatHex(Base64.getUrlDecoder().decode(authority.rootKeySha256())),
                        listeners.peopleUrl(),
                        clock),
                new AllowlistLinkPages(customerLinks, listeners.peopleUrl()),
                app,
                timers,
                clock,
                ids);
        console.listenTo(changes, notifications);
        listeners.people(
                console.doors(),
                new ContractPages(listeners.agentsUrl()),
                new DownloadRoute(files.links(), ids::next),
                new ViewerRoute(remote.streams(), remote.relay()),
                console.viewers(),
                login.routes(commands, timers),
                firewall,
                new Customers(
                        customerLinks, customerLists, new Caller(login::find, rights::of), login.proxies(), clock),
                services);
        services.ifPresent(each -> served.certificates().ifPresent(at -> listeners.services(each, at)));
        routes = listeners.peopleRoutes();
        onClose("listeners", () -> Await.done(listeners.close()));
        onClose("tunnels", () -> {
            Await.done(remote.relay().close());
            Await.done(remote.streams().settled());
        });
        onClose("mailbox", () -> Await.done(mailbox.stop()));
        onClose("live", console::stop);

        services.ifPresent(each -> warm(each, accounts.accounts(), timers));
        ExpiryWatch expiry = new ExpiryWatch(app, authority, listeners::shown, expiring(alarms), audit, timers, clock);
        expiry.start();
        onClose("expiry", expiry::stop);
        CommandSocket socket = new CommandSocket(folder.path(), commands, timers, ids::next);
        socket.start();
        onClose("socket", socket);
        reach = "people=" + listeners.peopleUrl() + " agents=" + listeners.agentsUrl() + " operations="
                + listeners.operationsUrl()
                + served.certificates()
                        .map(at -> " certificates=" + at.published())
                        .orElse("") + " data="
                + folder.path();
        Await.done(audit.record(deed(AuditCode.SERVER_STARTED, reach)));
    }

    /** Once all else has begun, and where somebody may call: nobody else pays for it. */
    private void warm(IntegrationLane lane, Accounts accounts, Timers timers) {
        Timers.Timer later = timers.after(
                WARMING,
                () -> accounts.any()
                        .compose(any -> any ? lane.warm() : Future.succeededFuture())
                        .onFailure(failure -> LOG.warn("services=not-made-ahead cause={}", failure.toString())));
        onClose("warming", later::cancel);
    }

    private Optional<IntegrationLane> integration(
            Features features,
            LoginRoom login,
            String peopleUrl,
            Database database,
            Vertx vertx,
            Timers timers,
            Clock clock,
            Ids ids,
            MeterRegistry metrics) {
        if (!config.integration().enabled()) {
            return Optional.empty();
        }
        IntegrationLane lane = IntegrationRoom.open(
                features,
                login.proxies(),
                config.integration().publishedOr(peopleUrl),
                database,
                new Blocking(vertx),
                timers,
                clock,
                ids,
                metrics);
        onClose("integration", lane);
        return Optional.of(lane);
    }

    private static ExpiryListener expiring(OwnAlarms alarms) {
        return ending -> {
            Map<String, OwnAlarms.Raised> raised = new LinkedHashMap<>();
            ending.forEach((device, one) -> raised.put(
                    device,
                    new OwnAlarms.Raised(
                            one.days() == 1 ? Severity.CRITICAL : one.days() == 7 ? Severity.ERROR : Severity.WARNING,
                            one.text())));
            return alarms.open("fairlead/certificate-expiring", raised);
        };
    }

    private static AuditEntry deed(AuditCode code, String detail) {
        return new AuditEntry("server", code, "", detail);
    }

    /** Says in the log where it can be reached. */
    void announce() {
        LOG.info("enterprise=running {}", reach);
    }

    /** Everything that is mounted for people, as {@code METHOD PATH}; for tests that walk it. */
    List<String> routes() {
        return routes;
    }

    /** Every command; for tests that walk them. */
    Commands commands() {
        return commands;
    }

    /** The link by which the first administrator makes himself; empty when people can log in. Printed, never logged. */
    Optional<Links.Link> firstAdministrator() {
        return firstAdministrator;
    }

    private DatabaseSettings database(DataFolder folder) {
        if (config.databaseUrl().isPresent()) {
            return DatabaseSettings.external(config.databaseUrl().get(), folder);
        }
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder);
        onClose("postgres", postgres);
        return postgres.start();
    }

    private Vertx vertx(PrometheusMeterRegistry metrics) {
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setMetricsOptions(new MicrometerMetricsOptions()
                                .setEnabled(true)
                                // The pool and LISTEN would register the same gauge twice.
                                .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)))
                .withMetrics(new MicrometerMetricsFactory(metrics))
                .build();
        onClose("vertx", () -> Await.done(vertx.close()));
        return vertx;
    }

    private StatusSettings status() {
        StatusSettings defaults = StatusSettings.defaults().withDays(config.historyDays());
        return config.ingest().group() == 1
                ? defaults.oneByOne()
                : defaults.sized(config.ingest().group(), config.ingest().waiting());
    }

    private void onClose(String what, AutoCloseable close) {
        closings.push(new Closing(what, close));
    }

    /** Stops gracefully: no new requests, open polls answered, what was taken committed, PostgreSQL last. */
    @Override
    public void close() {
        while (!closings.isEmpty()) {
            Closing closing = closings.pop();
            try {
                closing.close().close();
            } catch (Exception e) {
                LOG.warn("stop={} failed", closing.what(), e);
            }
        }
        LOG.info("enterprise=stopped");
    }
}
