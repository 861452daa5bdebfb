package io.fairlead.agent.app;

import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.CarriedFiles;
import io.fairlead.agent.consent.Door;
import io.fairlead.agent.consent.OpenSessions;
import io.fairlead.agent.file.Transfers;
import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Host;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.agent.instruction.Instructions;
import io.fairlead.agent.instruction.Journal;
import io.fairlead.agent.instruction.JournalOpening;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.instruction.OrderVerifier;
import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.Signers;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.agent.kernel.StatusSection;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.CurrentIdentity;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.PinnedCas;
import io.fairlead.agent.link.Renewal;
import io.fairlead.agent.link.Route;
import io.fairlead.agent.link.Statements;
import io.fairlead.agent.link.TunnelLink;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.agent.poll.Bell;
import io.fairlead.agent.poll.PollLoop;
import io.fairlead.agent.poll.RenewalLoop;
import io.fairlead.agent.poll.ReportLoop;
import io.fairlead.agent.poll.Rhythm;
import io.fairlead.agent.poll.RollingToken;
import io.fairlead.agent.poll.Sending;
import io.fairlead.agent.poll.SetAside;
import io.fairlead.agent.poll.Stop;
import io.fairlead.agent.remote.Kept;
import io.fairlead.agent.remote.Sessions;
import io.fairlead.agent.site.SiteApproval;
import io.fairlead.agent.site.SiteGate;
import io.fairlead.agent.site.SiteSessions;
import io.fairlead.agent.site.SiteTransfers;
import io.fairlead.agent.site.Tuning;
import io.fairlead.agent.status.Diagnostics;
import io.fairlead.agent.status.Sampler;
import io.fairlead.agent.witness.Witnesses;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent, built: every room by its constructor, each with what it needs. Lives from {@link #start()} to
 * {@link #close()}.
 */
final class Agent implements AutoCloseable {
    /** Tells the watchdog to start the agent anew. */
    static final int RESTART = 75;

    /** By then it has polled and reported, or tried to. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private static final long MOST_SPOOL_BYTES = 64L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final Clock clock = Clock.systemUTC();
    private final Stop stop = new Stop();
    private final Bell bell = new Bell();
    private final Liveness liveness = new Liveness(System::nanoTime, stop, this::stalled);
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final Documents documents = new Documents(XmlReaders.ofJdk());
    /** What is to be closed, the newest first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final List<Runnable> starts = new ArrayList<>();
    /** What {@code agent status} shows, in this order. */
    private final List<StatusSection> sections = new ArrayList<>();

    private final AgentFolder folder;
    private final LocalAudit audit;
    private final TrustedTime time;
    private final Identity identity;
    private final CurrentIdentity current;
    private final Bell renewalBell = new Bell();
    private final Site site;
    private final Link link;
    private final Outbox outbox;
    private final RollingToken token;
    private final Tuning tuning;
    private final DiskFloor floor;
    private final StatusFile statusFile;
    /** Unknown as long as nothing polls. */
    private volatile IntSupplier pollHold = () -> 0;

    /** @throws CannotStart when a person has to do something first */
    Agent(RunSettings settings, AgentFolder folder) throws IOException {
        this.folder = folder;
        this.audit = new LocalAudit(folder.audit(), clock);
        IdentityFolder identities = new IdentityFolder(folder.identity(), clock);
        this.identity = identity(identities, folder);
        this.current = new CurrentIdentity(identities, identity);
        this.time = new TrustedTime(folder.trustedTime(), clock, this::lifetime, audit);
        this.site = Site.read(settings, folder.data());
        SoapCodec codec = new SoapCodec(documents);
        Dialer dialer = site.dialer(settings, folder);
        this.link = new Link(site.servers(identity), dialer, current, codec, time::now);
        this.outbox = new Outbox(folder.outbox(), MOST_SPOOL_BYTES, Ids.random(), documents, audit);
        this.token = new RollingToken(folder.token(), identity.enrolment());
        this.tuning = new Tuning(folder.tuning());
        this.floor = site.config().limits().floor();
        floor.watch(folder.data());
        outbox.keepFree(floor);
        own(settings.host());
        open.push(outbox);
        outbox.onResult(bell::ring);
        Sampler sampler = sampler(site.gate());
        sampler.alsoReport(() -> dialer.last().map(Route::kind), () -> pollHold.getAsInt());
        Diagnostics diagnostics = new Diagnostics(site.config().diagnostics());
        Asking asking = new Asking(Clock.system(ZoneId.systemDefault()), folder.muted(), audit);
        Permission permission = new Permission(site.gate(), asking);
        Transfers transfers = transfers(asking, settings.host());
        Sessions sessions = new Sessions(
                new SiteSessions(site.gate(), settings.host()),
                asking,
                current,
                link,
                site.relays(new TunnelLink(dialer, time::now), identity),
                new Kept(folder.receipts(), folder.transcripts()),
                System::nanoTime,
                clock,
                audit);
        site.gate().frozenWhile(() -> sessions.handsOn().isPresent());
        instructions(
                settings,
                pulse -> {
                    Handlers routine =
                            new Handlers(site.gate(), permission, sampler, tuning, diagnostics, transfers, pulse);
                    Map<Kind, Handler> all = new EnumMap<>(routine.byKind());
                    all.putAll(sessions.handlers());
                    return all;
                },
                transfers::lineIsBack);
        // Before the instructions end: one of them may wait for an answer.
        open.push(asking);
        starts.add(() -> openDoor(asking, new TransfersAtHand(transfers, audit), new SessionsAtHand(sessions, audit)));
        open.push(sessions);
        // Before questions end: one of them may be about a transfer, which then asks again with the next start.
        open.push(transfers);
        starts.add(transfers::start);
        section("transfers", transfers::status);
        open.push(diagnostics);
        reports(codec);
        open.push(sampler);
        starts.add(sampler::start);
        this.statusFile = new StatusFile(folder.data(), settings.host(), settings.version(), sections, clock, stop);
        thread("status", statusFile);
        thread("liveness", liveness);
        audit.record(
                LocalAuditCode.AGENT_STARTED,
                "version",
                settings.version(),
                "device",
                identity.deviceId(),
                "site.conf",
                site.standing());
        LOG.info("agent=built version={} {} site.conf=\"{}\"", settings.version(), identity, site.standing());
    }

    private Transfers transfers(Asking asking, Host host) {
        SelfTest test = new SelfTest(folder.data(), site, time, current, outbox, floor, clock);
        return new Transfers(
                folder.transfers(),
                site.config().files().rules(Clock.system(ZoneId.systemDefault())),
                new SiteTransfers(site.gate(), asking),
                link,
                identity.deviceId(),
                floor,
                new PackageContents(folder, site, host.system(), sections, test).parts(),
                clock,
                audit);
    }

    private static Identity identity(IdentityFolder identities, AgentFolder folder) {
        try {
            return identities
                    .load()
                    .orElseThrow(() -> new CannotStart("this device is not enrolled: run `agent enrol STRING --data "
                            + folder.data() + "` with the string that the enterprise gives"));
        } catch (IOException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    /** What this room says of itself; the others' parts are added where they are built. */
    private void own(Host host) {
        OwnSections own = new OwnSections(clock);
        section("identity", () -> own.identity(current.kept(), site.servers(identity)));
        section("clock", () -> own.clock(time));
        section("spool", () -> outbox.status(clock.instant()));
        section("policy", () -> own.policy(site));
        section("disk", () -> OwnSections.disks(floor));
        section("process", () -> OwnSections.process(host));
    }

    private void section(String name, Supplier<List<StatusLine>> lines) {
        sections.add(StatusSection.of(name, lines));
    }

    private TrustedTime.Lifetime lifetime() {
        X509Certificate certificate = current.kept().certificate();
        return new TrustedTime.Lifetime(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private Sampler sampler(SiteGate gate) throws IOException {
        return new Sampler(
                site.config().sources(),
                tuning,
                gate,
                floor,
                folder.bookmarks(),
                new SpoolSink(outbox, bell),
                time,
                new Sampler.Pulses(liveness.pulse("watch"), liveness.pulse("sample")),
                clock);
    }

    /** The way of an instruction; without a journal that can be trusted nothing is asked for, and only reports go on. */
    private void instructions(
            RunSettings settings, Function<Runnable, Map<Kind, Handler>> handlers, Runnable lineIsBack)
            throws IOException {
        String enrolment = identity.enrolment();
        JournalOpening opening = Journal.open(folder.journal(enrolment), folder.begun(), enrolment, clock, audit);
        if (opening instanceof JournalOpening.ReEnrol reEnrol) {
            // Nobody polls, so nobody is disturbed by a new certificate.
            thread("renewal", renewalLoop(current::turn));
            token.show(true);
            LOG.error("journal=refused reason=\"{}\"", reEnrol.reason());
            starts.add(() -> tell(reEnrol.reason()));
        } else if (opening instanceof JournalOpening.Opened opened) {
            open.push(opened.journal());
            OrderVerifier verifier = new OrderVerifier(
                    () -> current.get().cas().signers(), identity.deviceId(), identity.enrolment(), time, documents);
            Runnable pulse = liveness.pulse("instructions");
            Instructions instructions = new Instructions(
                    opened.journal(),
                    verifier,
                    time,
                    outbox,
                    handlers.apply(pulse),
                    () -> end(RESTART),
                    pulse,
                    clock,
                    audit);
            open.push(instructions);
            starts.add(instructions::start);
            RecentAudit recent = new RecentAudit(folder.audit());
            section("instructions", () -> recent.instructions(instructions.unfinished()));
            section("refused", () -> recent.refused(instructions.forged()));
            RenewalLoop renewal = renewalLoop(() -> LOG.debug("certificate=waits for=next-poll"));
            thread("renewal", renewal);
            PollLoop poll = new PollLoop(
                    link,
                    identity.deviceId(),
                    settings.version(),
                    token,
                    new AgentCredentials(current, new Statements(current, documents, audit), renewal),
                    new InstructionInbox(instructions),
                    time,
                    audit,
                    Rhythm.real(stop, liveness.pulse("poll")));
            poll.holdAtMost(site.config().proxy().longestSilence());
            poll.whenOnline(() -> {
                bell.ringBack();
                lineIsBack.run();
            });
            witness(poll);
            sections.add(0, StatusSection.of("server", poll::status));
            thread("poll", poll);
        }
    }

    /** Without a file to keep them in, checkpoints are not asked for; all else goes on. */
    private void witness(PollLoop poll) {
        PinnedCas cas = identity.cas();
        Signers signers = new Signers(() -> current.get().cas().signers(), time::now, Signers.AUDIT);
        try {
            Path file = Witnesses.file(
                    folder.witness(),
                    cas::descendsFrom,
                    PinnedCas.keyHash(cas.roots().get(0)));
            Witnesses witnesses = new Witnesses(file, signers, System::nanoTime, clock, audit);
            open.push(witnesses);
            section("audit-witness", witnesses::status);
            poll.witness(new CheckpointWitness(witnesses));
        } catch (IOException e) {
            LOG.error("witness=none cause=\"{}\"", e.getMessage());
        }
    }

    private RenewalLoop renewalLoop(Runnable kept) {
        Runnable pulse = liveness.pulse("renewal");
        ExpiryWarnings warnings =
                new ExpiryWarnings(folder.expiryWarned(), current::kept, time, System::nanoTime, audit, this::tell);
        return new RenewalLoop(
                new Renewal(link, current), current, kept, time, audit, renewalBell, Rhythm.real(stop, () -> {
                    pulse.run();
                    warnings.look();
                }));
    }

    private void reports(SoapCodec codec) {
        SetAside aside = new SetAside(folder.setAside(), documents, audit);
        Sending sending = new Sending(link, identity.deviceId(), codec, outbox, aside, time, clock, audit, token);
        ReportLoop report = new ReportLoop(
                sending,
                () -> Duration.ofSeconds(tuning.samplePeriodSeconds()),
                bell,
                audit,
                Rhythm.untilBack(bell, stop, liveness.pulse("report")));
        sections.add(Math.min(1, sections.size()), StatusSection.of("reports", report::status));
        thread("report", report);
    }

    private void thread(String name, Runnable loop) {
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        starts.add(thread::start);
    }

    /** Without a door nobody can be asked, and what must be asked is refused; all else goes on. */
    private void openDoor(Asking asking, CarriedFiles files, OpenSessions sessions) {
        SiteApproval approval = new SiteApproval(site.gate(), site.guard().demo());
        Optional<String> group = site.config().approvers().group();
        if (!site.config().approvers().any() && !approval.demo()) {
            asking.unavailable(
                    "nobody can be asked at the instrument: site.conf named no approvers when the agent started");
            return;
        }
        try {
            // By now the rooms have made their folders, with the rights that the system gives by itself.
            folder.tighten();
            open.push(Door.open(folder.approve(), group, asking, files, sessions, approval, audit));
        } catch (IOException e) {
            LOG.error("door=closed cause=\"{}\"", e.getMessage());
            audit.record(LocalAuditCode.CONSENT_CLOSED, "cause", String.valueOf(e.getMessage()));
            asking.unavailable(
                    "nobody can be asked at the instrument: the agent cannot open its door to the approvers");
        }
    }

    /** An event, because nobody polls for what the enterprise would ask. */
    private void tell(String reason) {
        Event event = new Event();
        event.setCode("agent.enrolment-needed");
        event.setSeverity(Severity.CRITICAL);
        event.setText(reason.length() <= 1024 ? reason : reason.substring(0, 1024));
        tell(event);
    }

    private void tell(Event event) {
        StatusMessage message = new StatusMessage();
        message.setObservedAt(clock.instant());
        message.getEvent().add(event);
        new SpoolSink(outbox, bell).put(message, true);
    }

    /** Whether a disk that the agent writes to is so full that nothing may grow. */
    boolean diskIsLow() {
        return floor.levels().stream().anyMatch(DiskFloor.Level::reached);
    }

    void start() {
        starts.forEach(Runnable::run);
    }

    /**
     * Waits until the agent wants to end, and returns the code for it. Meanwhile, once, the JVM gives back what only the
     * start had needed: from then on so little is allocated that it would not come to it for hours.
     */
    int awaitEnd() throws InterruptedException {
        try {
            return ended.get(SETTLED.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stillRuns) {
            System.gc();
            return ended.join();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private void end(int code) {
        LOG.info("agent=ends code={}", code);
        boolean first = ended.complete(code);
        LOG.debug("agent=ends first={}", first);
    }

    private void stalled(String loop) {
        LOG.error("loop={} state=STALLED limit={}", loop, Liveness.LONGEST_STEP);
        audit.record(LocalAuditCode.AGENT_STALLED, "loop", loop);
        end(RESTART);
    }

    /** Stops what makes messages first, then what writes them. A poll that is parked is not waited for. */
    @Override
    public void close() {
        stop.request();
        bell.ring();
        renewalBell.ring();
        for (AutoCloseable each = open.poll(); each != null; each = open.poll()) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.warn("close=failed what={} cause={}", each.getClass().getSimpleName(), e.toString());
            }
        }
        audit.record(LocalAuditCode.AGENT_STOPPED);
        statusFile.end();
        LOG.info("agent=stopped");
    }
}
