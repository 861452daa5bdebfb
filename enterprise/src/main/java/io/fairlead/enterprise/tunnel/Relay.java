package io.fairlead.enterprise.tunnel;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the two ends of streams together. Whoever comes first waits in silence, as long as his ticket is good; the second
 * must show the ticket that matches. A ticket lets in once, and none of a session that was ended does. Thread-safe.
 */
public final class Relay {
    /** Where both sides come to. */
    public static final String PATH = "/tunnel";
    /** The agent's ticket, a {@link io.fairlead.statements.SignedText} as a header has it. */
    public static final String TICKET_HEADER = "Fairlead-Ticket";
    /** The customer's receipt, in the same form. */
    public static final String RECEIPT_HEADER = "Fairlead-Receipt";
    /** A browser can set no header: its ticket is a subprotocol behind this, beside {@link #SUBPROTOCOL}. */
    public static final String TICKET_SUBPROTOCOL = "fairlead-ticket.";
    /** What is spoken: binary frames. */
    public static final String SUBPROTOCOL = "binary";
    /**
     * Bytes of a frame, at most, as agents send them. Some sixteen frames are read before the line stops, so this decides
     * what a side costs that takes nothing.
     */
    public static final int MOST_FRAME = 32 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final String start;
    private final TicketGate tickets;
    private final ReceiptGate receipts;
    private final Function<Ticket, StreamTap> taps;
    private final RelayListener listener;
    private final Timers timers;
    private final LongSupplier nanos;
    private final Clock clock;
    private final Duration idle;
    private final Map<String, Leg> waiting = new ConcurrentHashMap<>();
    private final Map<String, Stream> open = new ConcurrentHashMap<>();
    /** Those that ended, and are not wholly recorded yet. */
    private final Set<Stream> ending = ConcurrentHashMap.newKeySet();

    /**
     * @param start 128 random bits, other ones at each start: tickets are for this start only
     * @param keys the enterprise's signers of tickets, by id
     * @param taps what records a stream whose ticket says that it is recorded
     * @param nanos a clock that only runs forward
     * @param idle after which the streams of a session end in which nobody did anything
     */
    public Relay(
            String start,
            Function<String, Optional<PublicKey>> keys,
            Function<Ticket, StreamTap> taps,
            RelayListener listener,
            Timers timers,
            LongSupplier nanos,
            Clock clock,
            Duration idle) {
        this.start = start;
        this.tickets = new TicketGate(start, keys, clock);
        this.receipts = new ReceiptGate(clock);
        this.taps = taps;
        this.listener = listener;
        this.timers = timers;
        this.nanos = nanos;
        this.clock = clock;
        this.idle = idle;
    }

    /** This start of the relay, as tickets name it. */
    public String start() {
        return start;
    }

    /**
     * An agent's end. The caller has judged the certificate and holds the request paused.
     *
     * @param peer the certificate of the TLS connection
     */
    public void agent(HttpServerRequest request, X509Certificate peer) {
        admit(request, peer.getPublicKey(), () -> {
            Ticket ticket = tickets.admit(
                    there(request.getHeader(TICKET_HEADER)), Ticket.Side.AGENT, ReceiptGate.fingerprint(peer));
            receipts.require(there(request.getHeader(RECEIPT_HEADER)), ticket, peer);
            return ticket;
        });
    }

    /**
     * A viewer's end. The caller has judged the log-in and where the page came from, and holds the request paused.
     *
     * @param bound SHA-256 that names the viewer's log-in, as his ticket does
     */
    public void viewer(HttpServerRequest request, String bound) {
        admit(request, null, () -> tickets.admit(there(subprotocol(request)), Ticket.Side.VIEWER, bound));
    }

    /** Judges a ticket. */
    private interface Admission {
        Ticket judge() throws NotAdmitted;
    }

    private void admit(HttpServerRequest request, @Nullable PublicKey key, Admission admission) {
        try {
            Ticket ticket = admission.judge();
            request.toWebSocket()
                    .onSuccess(socket -> {
                        LegMemory.serve(request.connection());
                        arrived(ticket, key, socket);
                    })
                    .onFailure(gone -> LOG.info("stream={} side={} not-upgraded", ticket.stream(), word(ticket)));
        } catch (NotAdmitted e) {
            LOG.warn("tunnel=not-admitted address={} reason=\"{}\"", address(request), e.getMessage());
            answer(request, FORBIDDEN);
        }
    }

    /** Answers whoever was refused, or could not be judged, before he came to the relay; the request may be paused. */
    public static void refuse(HttpServerRequest request, Throwable failure) {
        boolean refused = failure instanceof Refusal;
        if (refused) {
            LOG.info("tunnel=refused address={} reason=\"{}\"", address(request), failure.getMessage());
        } else {
            LOG.warn("tunnel=failed address={}", address(request), failure);
        }
        request.resume();
        answer(request, refused ? FORBIDDEN : UNAVAILABLE);
    }

    private static void answer(HttpServerRequest request, int status) {
        request.response()
                .setStatusCode(status)
                .end("This stream is not allowed.\n")
                .onFailure(gone -> LOG.debug("tunnel=not-answered", gone));
    }

    private static String address(HttpServerRequest request) {
        return request.remoteAddress() == null ? "?" : request.remoteAddress().hostAddress();
    }

    private static String there(@Nullable String header) throws NotAdmitted {
        if (header == null) {
            throw new NotAdmitted("without a ticket or a receipt");
        }
        return header;
    }

    private static @Nullable String subprotocol(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.getHeader("Sec-WebSocket-Protocol"), "")
                .lines()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(String::strip)
                .filter(word -> word.startsWith(TICKET_SUBPROTOCOL))
                .map(word -> word.substring(TICKET_SUBPROTOCOL.length()))
                .findFirst()
                .orElse(null);
    }

    private static String word(Ticket ticket) {
        return ticket.side().word();
    }

    private void arrived(Ticket ticket, @Nullable PublicKey key, ServerWebSocket socket) {
        Leg leg = new Leg(ticket, key, socket, nanos);
        @Nullable Leg other = meet(leg);
        if (other == null) {
            leg.watch(timers, cause -> left(leg, cause));
            Timers.Timer unusedHarmlessLater = timers.after(Ticket.LIFE, () -> inVain(leg));
            LOG.info("stream={} side={} state=WAITING", ticket.stream(), word(ticket));
        } else if (other.ticket().matches(ticket)) {
            splice(other, leg);
        } else {
            LOG.warn("stream={} side={} reason=\"the tickets do not match\"", ticket.stream(), word(ticket));
            leg.close(StreamCause.NOT_ALLOWED);
            other.close(StreamCause.NOT_ALLOWED);
        }
    }

    /** The one that waits, which is then taken; null when this one waits now. */
    private @Nullable Leg meet(Leg leg) {
        String stream = leg.ticket().stream();
        @Nullable Leg first = waiting.putIfAbsent(stream, leg);
        return first == null ? null : waiting.remove(stream, first) ? first : meet(leg);
    }

    private void inVain(Leg leg) {
        if (waiting.remove(leg.ticket().stream(), leg)) {
            leg.close(StreamCause.NOBODY_CAME);
            nothingCameOf(leg, StreamCause.NOBODY_CAME);
        }
    }

    /** One side has ended by itself. */
    private void left(Leg leg, StreamCause cause) {
        String stream = leg.ticket().stream();
        if (waiting.remove(stream, leg)) {
            nothingCameOf(leg, cause);
        }
        @Nullable Stream running = open.get(stream);
        if (running != null) {
            running.end(cause);
        }
    }

    private void nothingCameOf(Leg leg, StreamCause cause) {
        Instant now = clock.instant();
        LOG.info("stream={} state=ENDED cause={} alone=true", leg.ticket().stream(), cause);
        listener.closed(leg.ticket(), cause, new StreamFigures(now, now, 0, 0));
    }

    private void splice(Leg first, Leg second) {
        boolean agentFirst = first.ticket().side() == Ticket.Side.AGENT;
        Leg agent = agentFirst ? first : second;
        Leg viewer = agentFirst ? second : first;
        Ticket ticket = agent.ticket();
        StreamTap tap = ticket.recorded() ? taps.apply(ticket) : StreamTap.NONE;
        Stream stream =
                new Stream(agent, viewer, tap, agent.transcripts(), timers, nanos, clock, this::isIdle, this::ended);
        if (open.putIfAbsent(ticket.stream(), stream) != null) {
            stream.end(StreamCause.NOT_ALLOWED);
            return;
        }
        second.watch(timers, cause -> left(second, cause));
        LOG.info("stream={} session={} state=OPEN", ticket.stream(), ticket.session());
        listener.opened(ticket, viewer.ticket());
        stream.start();
        if (first.isClosed()) {
            // It left in the moment in which it was met.
            stream.end(StreamCause.OTHER_SIDE_GONE);
        }
    }

    /** Whether nobody did anything for too long in any stream of a session. */
    private boolean isIdle(String session) {
        return streams().stream()
                .filter(each -> each.ticket().session().equals(session))
                .allMatch(each -> each.quietNanos() > idle.toNanos());
    }

    private void ended(Stream stream, StreamCause cause) {
        Ticket ticket = stream.ticket();
        if (open.remove(ticket.stream(), stream)) {
            boolean unusedNew = ending.add(stream);
            stream.kept().onComplete(kept -> ending.remove(stream));
            StreamFigures figures = stream.figures();
            LOG.info(
                    "stream={} state=ENDED cause={} from-agent={} from-viewer={}",
                    ticket.stream(),
                    cause,
                    figures.fromAgent(),
                    figures.fromViewer());
            listener.closed(ticket, cause, figures);
        }
    }

    /** Ends all streams of a session, and lets none of its tickets in any more. */
    public void end(String session, StreamCause cause) {
        tickets.withdraw(session);
        for (Leg leg : List.copyOf(waiting.values())) {
            if (leg.ticket().session().equals(session) && waiting.remove(leg.ticket().stream(), leg)) {
                leg.close(cause);
                nothingCameOf(leg, cause);
            }
        }
        streams().stream()
                .filter(stream -> stream.ticket().session().equals(session))
                .forEach(stream -> stream.end(cause));
    }

    /** Ends one stream, whether both sides are there or one waits; nothing happens where there is none. */
    public void endStream(String stream, StreamCause cause) {
        @Nullable Leg leg = waiting.remove(stream);
        if (leg != null) {
            leg.close(cause);
            nothingCameOf(leg, cause);
        }
        @Nullable Stream running = open.get(stream);
        if (running != null) {
            running.end(cause);
        }
    }

    /** Whether somebody is here for that stream. */
    public boolean holds(String stream) {
        return waiting.containsKey(stream) || open.containsKey(stream);
    }

    /** What is open now, for a page or a metric. */
    public List<OpenStream> open() {
        return streams().stream()
                .map(stream -> new OpenStream(
                        stream.ticket().stream(),
                        stream.ticket().session(),
                        stream.ticket().device(),
                        stream.ticket().service(),
                        stream.figures()))
                .toList();
    }

    /** A stream with both sides there. */
    public record OpenStream(
            String stream, String session, String device, SessionService service, StreamFigures figures) {}

    /** Ends all: the program stops. Done when all of it is recorded. */
    public Future<Void> close() {
        for (Leg leg : List.copyOf(waiting.values())) {
            leg.close(StreamCause.SERVER_STOPS);
        }
        waiting.clear();
        streams().forEach(stream -> stream.end(StreamCause.SERVER_STOPS));
        return Future.join(ending.stream().map(Stream::kept).toList()).mapEmpty();
    }

    private Collection<Stream> streams() {
        return List.copyOf(open.values());
    }
}
