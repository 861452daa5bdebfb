package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.TicketSigner;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.SessionAct;
import io.fairlead.enterprise.instruction.Wish;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.remote.RemoteSession.Grant;
import io.fairlead.enterprise.tunnel.RelayListener;
import io.fairlead.enterprise.tunnel.StreamFigures;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of sessions that were granted, through the relay of this node: two tickets for each, good for one minute and
 * once, and what became of it.
 */
public final class Streams implements RelayListener {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final Database database;
    private final Devices devices;
    private final Instructions instructions;
    private final Audit audit;
    private final TicketSigner signer;
    private final String relay;
    private final List<String> addresses;
    private final long rate;
    private final Ids ids;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final SessionStore sessions = new SessionStore();
    private final StreamStore store = new StreamStore();
    private final Endings endings;
    private final Watchers watchers;
    private final Set<Future<Void>> underway = ConcurrentHashMap.newKeySet();

    /**
     * @param relay this start of this node's relay
     * @param addresses where agents reach it: HOST:PORT
     * @param rate bits a second that each may carry in one direction; 0 for as many as there are
     */
    public Streams(
            Database database,
            Devices devices,
            Instructions instructions,
            Audit audit,
            TicketSigner signer,
            String relay,
            List<String> addresses,
            long rate,
            Ids ids,
            Clock clock,
            MeterRegistry metrics) {
        this.database = database;
        this.devices = devices;
        this.instructions = instructions;
        this.audit = audit;
        this.signer = signer;
        this.relay = relay;
        this.addresses = List.copyOf(addresses);
        this.rate = rate;
        this.ids = ids;
        this.clock = clock;
        this.metrics = metrics;
        this.endings = new Endings(sessions, instructions, audit, clock);
        this.watchers = new Watchers(database, devices, audit, clock);
    }

    /**
     * What a viewer shows at the relay; secret, and good for {@link Ticket#LIFE}.
     *
     * @param ticket as the relay wants it behind its subprotocol
     * @param proof that he is the one whom the ticket is for: 32 hexadecimal digits
     */
    public record Opened(String stream, String ticket, String proof) {
        /** Without what is secret. */
        @Override
        public String toString() {
            return "Opened[" + stream + "]";
        }
    }

    /**
     * What a viewer shows at the relay who is known there by other things than a proof, such as his log-in.
     *
     * @param ticket as {@link Opened} has it
     */
    public record Ticketed(String stream, String ticket) {
        /** Without what is secret. */
        @Override
        public String toString() {
            return "Ticketed[" + stream + "]";
        }
    }

    /** As {@link #open(Actor, String, SessionService, UnaryOperator)}, for whoever has the proof that is answered. */
    public Future<Opened> open(Actor viewer, String session, SessionService service) {
        String proof = ids.next();
        return open(viewer, session, service, stream -> boundTo(proof))
                .map(made -> new Opened(made.stream(), made.ticket(), proof));
    }

    /**
     * Has the device connect one service of a session: for him who asked for it, or a look at a desktop for whom he lets
     * look on. His rights are judged again.
     *
     * @param bound whom the ticket is for, of the stream's id; as the relay compares it
     * @return fails with Refusal: NOT_FOUND when there is no such session or it is not open, FORBIDDEN, PASSKEY_NEEDED,
     *     INVALID for what was not granted, CONFLICT when he looks on often enough
     */
    public Future<Ticketed> open(Actor viewer, String session, SessionService service, UnaryOperator<String> bound) {
        return database.inTransaction(connection -> sessions.lock(connection, session)
                .compose(found -> {
                    RemoteSession one = found.orElseThrow(() -> RemoteSessions.none(session));
                    return devices.mayOn(connection, viewer, Action.REQUEST_SESSION, one.device())
                            .recover(failure -> Future.failedFuture(RemoteSessions.hidden(failure, session)))
                            .compose(may -> opened(connection, viewer, one, service, bound));
                }));
    }

    private Future<Ticketed> opened(
            SqlConnection connection,
            Actor viewer,
            RemoteSession one,
            SessionService service,
            UnaryOperator<String> boundOf) {
        Grant grant = one.grant();
        Instant now = clock.instant();
        if (grant == null || one.state() != SessionState.GRANTED || !now.isBefore(grant.until())) {
            throw new Refusal(Fault.NOT_FOUND, "session " + one.id() + " is not open, it is " + one.state());
        }
        return (viewer.audited().equals(one.requestedBy())
                        ? Future.<Void>succeededFuture()
                        : watchers.mustWatch(connection, one, viewer.audited(), service))
                .compose(may -> ticketed(connection, viewer, one, grant, service, boundOf, now));
    }

    private Future<Ticketed> ticketed(
            SqlConnection connection,
            Actor viewer,
            RemoteSession one,
            Grant grant,
            SessionService service,
            UnaryOperator<String> boundOf,
            Instant now) {
        if (grant.services().stream().noneMatch(given -> given.covers(service))) {
            throw new Refusal(Fault.INVALID, "this was not granted: " + ServiceWords.write(service));
        }
        String stream = ids.next();
        String bound = boundOf.apply(stream);
        SignedText mine = ticket(one, grant, service, stream, Ticket.Side.VIEWER, bound, now);
        SignedText its = ticket(one, grant, service, stream, Ticket.Side.AGENT, certificate(grant), now);
        SessionAct act = new SessionAct.OpenStream(one.id(), stream, service, addresses, its.header());
        return store.insert(connection, stream, one.id(), service, viewer.audited(), bound, relay, now)
                .compose(kept -> sessions.announce(connection, one.id()))
                .compose(kept -> instructions.create(connection, new Wish(viewer, one.device(), act, Ticket.LIFE, "")))
                .compose(asked -> audit.record(
                        connection,
                        entry(
                                viewer.audited(),
                                AuditCode.SESSION_STREAM_ASKED,
                                one.device().value(),
                                one.id(),
                                stream,
                                " service=" + ServiceWords.write(service))))
                .map(new Ticketed(stream, mine.header()));
    }

    private SignedText ticket(
            RemoteSession one,
            Grant grant,
            SessionService service,
            String stream,
            Ticket.Side side,
            String bound,
            Instant now) {
        return signer.sign(key -> new Ticket(
                ids.next(),
                one.id(),
                stream,
                one.device().value(),
                side,
                bound,
                service,
                service.mode().kind(),
                relay,
                rate,
                true,
                now.plus(Ticket.LIFE),
                grant.until(),
                key));
    }

    /** The certificate by which the device granted: by another one the relay would not take the receipt. */
    private static String certificate(Grant grant) {
        try {
            return Receipt.of(grant.receipt().statement()).certificate();
        } catch (NotAStatement e) {
            throw new IllegalStateException("a receipt that was taken cannot be read", e);
        }
    }

    /** Whom a viewer's ticket is for, as the relay compares it. */
    public static String boundTo(String proof) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(proof.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Judges session, rights and training again, when a viewer shows his proof: Refusal(NOT_FOUND), FORBIDDEN. */
    public Future<Void> mayView(String bound) {
        return mayView(bound, Actor::ofAudited);
    }

    /** The same for somebody who is known by his log-in, and who showed a passkey there or not: PASSKEY_NEEDED as well. */
    public Future<Void> mayView(Actor viewer, String bound) {
        return mayView(bound, whose -> {
            if (!viewer.audited().equals(whose)) {
                throw new Refusal(Fault.NOT_FOUND, "no stream is for who shows this");
            }
            return viewer;
        });
    }

    private Future<Void> mayView(String bound, Function<String, Actor> judged) {
        return store.bound(database.pool(), bound).compose(found -> {
            StreamStore.Viewed viewed =
                    found.orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no stream is for who shows this"));
            return sessions.find(database.pool(), viewed.session()).compose(session -> {
                RemoteSession one = session.filter(open -> open.state() == SessionState.GRANTED)
                        .orElseThrow(() -> RemoteSessions.none(viewed.session()));
                return devices.mayOn(judged.apply(viewed.viewer()), Action.REQUEST_SESSION, one.device())
                        .compose(may -> viewed.viewer().equals(one.requestedBy())
                                ? Future.<Void>succeededFuture()
                                : watchers.mustWatch(database.pool(), one, viewed.viewer()));
            });
        });
    }

    @Override
    public void opened(Ticket agent, Ticket viewer) {
        keep(
                agent,
                database.inTransaction(connection -> store.opened(
                                connection, agent.stream(), agent.recorded(), clock.instant())
                        .compose(first -> first
                                ? audit.record(connection, entry(agent, AuditCode.SESSION_STREAM_OPENED, ""))
                                        .compose(noted -> sessions.announce(connection, agent.session()))
                                : Future.succeededFuture())));
    }

    @Override
    public void closed(Ticket first, StreamCause cause, StreamFigures figures) {
        metrics.counter("fairlead.tunnel.ended", "cause", cause.name()).increment();
        metrics.counter("fairlead.tunnel.bytes", "from", "agent").increment((double) figures.fromAgent());
        metrics.counter("fairlead.tunnel.bytes", "from", "viewer").increment((double) figures.fromViewer());
        String carried =
                " cause=" + cause + " fromAgent=" + figures.fromAgent() + " fromViewer=" + figures.fromViewer();
        if (cause == StreamCause.IDLE || cause == StreamCause.SERVER_STOPS || cause == StreamCause.NOT_RECORDED) {
            keep(first, endsAll(first, cause));
        }
        keep(
                first,
                database.inTransaction(connection -> store.ended(
                                connection,
                                first.stream(),
                                cause,
                                figures.fromAgent(),
                                figures.fromViewer(),
                                clock.instant())
                        .compose(over -> over
                                ? audit.record(connection, entry(first, AuditCode.SESSION_STREAM_ENDED, carried))
                                        .compose(noted -> sessions.announce(connection, first.session()))
                                : Future.succeededFuture())));
    }

    /**
     * A session that nobody uses, that cannot be recorded, or whose relay goes away under it, is over as a whole; what became
     * of who looks on there says nothing of it.
     */
    private Future<Void> endsAll(Ticket first, StreamCause cause) {
        return database.inTransaction(connection -> sessions.lock(connection, first.session())
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture()
                        : store.viewer(connection, first.stream())
                                .compose(viewer -> viewer.filter(his ->
                                                        !his.equals(found.get().requestedBy()))
                                                .isPresent()
                                        ? Future.succeededFuture()
                                        : endings.fromHere(connection, Actor.server(), found.get(), cause, "")
                                                .mapEmpty())));
    }

    private void keep(Ticket ticket, Future<Void> kept) {
        underway.add(kept);
        kept.onFailure(failure -> LOG.error("stream={} not-kept", ticket.stream(), failure))
                .onComplete(done -> underway.remove(kept));
    }

    /** Done when all that was heard of the relay so far is kept, or cannot be. */
    public Future<Void> settled() {
        return Future.join(List.copyOf(underway)).transform(done -> Future.succeededFuture());
    }

    private static AuditEntry entry(Ticket ticket, AuditCode code, String more) {
        return entry("server", code, ticket.device(), ticket.session(), ticket.stream(), more);
    }

    private static AuditEntry entry(
            String actor, AuditCode code, String device, String session, String stream, String more) {
        return new AuditEntry(actor, code, device, "session=" + session + " stream=" + stream + more);
    }
}
