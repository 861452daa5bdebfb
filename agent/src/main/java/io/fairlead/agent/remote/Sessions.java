package io.fairlead.agent.remote;

import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Question;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.Relays;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.terminal.Leftovers;
import io.fairlead.contract.agent.OpenSession;
import io.fairlead.contract.agent.OpenStream;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.SessionState;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionRequest;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.StreamCause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The remote sessions of this device: at most four at once, with eight streams in all. What an order asks for is begun, and
 * how it ends is said by the operation Session. Thread-safe.
 */
public final class Sessions implements AutoCloseable {
    static final int MOST_SESSIONS = 4;
    static final int MOST_STREAMS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration LAST_WORDS = Duration.ofMillis(300);
    /** What a session's request is asked about as. */
    private static final String ACTION = "session";

    private final Desk desk;
    private final Kept kept;
    private final Map<String, OneSession> open = new LinkedHashMap<>();
    private boolean closed;

    /**
     * @param identity what this device shows now
     * @param kept where copies lie; the folders are made when they are needed
     * @param nanos a clock that only runs forward
     * @param clock the PC's
     */
    public Sessions(
            SessionSite site,
            Asking asking,
            Supplier<Identity> identity,
            Link link,
            Relays relays,
            Kept kept,
            LongSupplier nanos,
            Clock clock,
            LocalAudit audit) {
        this.kept = kept;
        kept.prune(clock.instant());
        this.desk = new Desk(
                site,
                asking,
                identity,
                relays,
                new SessionVoice(link, () -> identity.get().deviceId()),
                new Receipts(kept.receipts()),
                new Transcripts(kept.transcripts()),
                new Unsaid(kept.receipts()),
                nanos,
                clock,
                audit,
                new AtomicInteger());
        // What terminals of an agent that was killed have left.
        new Leftovers(mark(identity.get())).end();
        desk.unsaid().left(clock.instant()).forEach(this::isOver);
    }

    /** Says of a session that it ended with an agent before this one, or under it. */
    private void isOver(String session, Optional<StreamCause> known) {
        StreamCause why = known.orElse(StreamCause.AGENT_STOPS);
        if (known.isEmpty()) {
            desk.audit().record(LocalAuditCode.SESSION_ENDED, "session", session, "cause", why.words());
            desk.unsaid().over(session, why);
        }
        desk.voice()
                .say(
                        session,
                        SessionState.ENDED,
                        why.words(),
                        Optional.empty(),
                        code -> desk.unsaid().said(session));
    }

    /** With what the marks of this device's terminals begin. */
    static String mark(Identity identity) {
        return identity.deviceId() + "/";
    }

    /**
     * Why nothing more may be agreed to by what is typed on this PC, or changed in its files; empty when it may: while a
     * terminal or a connection as it is, is open, that may come from afar. Takes no lock.
     */
    public Optional<String> handsOn() {
        return desk.noMore();
    }

    /** What its orders do. */
    public Map<Kind, Handler> handlers() {
        return Map.of(
                Kind.OPEN_SESSION, this::openSession,
                Kind.OPEN_STREAM, this::openStream,
                Kind.END_SESSION, this::endSession);
    }

    /**
     * A session as the person at the instrument sees it.
     *
     * @param services what is granted; what is asked for while nobody has agreed
     * @param clipboard whether text may be copied between here and there
     * @param until the end of the grant; empty while nobody has agreed
     * @param watchers who looks on beside whoever asked, as the enterprise says
     */
    public record AtHand(
            SessionRequest request,
            List<SessionService> services,
            boolean clipboard,
            Optional<Instant> until,
            int streams,
            List<String> watchers) {
        static AtHand of(OneSession one) {
            Optional<Receipt> granted = one.grant().map(grant -> grant.signed().receipt());
            return new AtHand(
                    one.request(),
                    granted.map(Receipt::services).orElseGet(() -> one.request().services()),
                    granted.map(Receipt::clipboard).orElse(false),
                    granted.map(Receipt::until),
                    one.streams(),
                    one.watchers());
        }
    }

    /** Those that are asked about or granted, the oldest first. */
    public List<AtHand> atHand() {
        return copy().stream().map(AtHand::of).toList();
    }

    private Handled openSession(Order order) {
        OpenSession wanted = order.getOpenSession();
        SessionRequest request;
        try {
            request = new SessionRequest(
                    desk.identity().get().deviceId(),
                    wanted.getSession(),
                    Objects.requireNonNullElse(order.getBy(), ""),
                    wanted.getOrganisation(),
                    Objects.requireNonNullElse(order.getReason(), ""),
                    wanted.getMinutes(),
                    wanted.getServices().stream().map(Sessions::service).toList());
        } catch (IllegalArgumentException e) {
            return refused(wanted.getSession(), "no request: " + e.getMessage());
        }
        String by = request.requester() + ", " + request.organisation();
        String what = what(request);
        boolean viewOnly = request.services().stream().anyMatch(service -> service.mode() == Mode.CONTROL);
        boolean clipboard = viewOnly && desk.site().clipboard();
        Question question = new Question(ACTION, by, request.reason(), what, OptionalLong.empty(), viewOnly, clipboard);
        if (!question.by().equals(by)
                || !question.what().equals(what)
                || !question.reason().equals(request.reason())) {
            return refused(
                    request.session(), "a request that cannot be shown as it is: too long, or with characters unseen");
        }
        OneSession session = new OneSession(request, question, desk);
        synchronized (this) {
            if (closed || open.size() >= MOST_SESSIONS || open.containsKey(request.session())) {
                return refused(
                        request.session(), MOST_SESSIONS + " sessions are open or asked about, or this one already is");
            }
            open.put(request.session(), session);
        }
        desk.audit()
                .record(
                        LocalAuditCode.SESSION_REQUESTED,
                        "session",
                        request.session(),
                        "by",
                        by,
                        "reason",
                        request.reason(),
                        "what",
                        what);
        Thread thread = new Thread(() -> run(session), "session");
        thread.setDaemon(true);
        thread.start();
        return Handled.done("asked");
    }

    private void run(OneSession session) {
        try {
            session.run();
        } finally {
            synchronized (this) {
                open.remove(session.request().session());
                notifyAll();
            }
            desk.asking().changes().happened();
            kept.prune(desk.clock().instant());
        }
    }

    private Handled refused(String session, String why) {
        desk.audit().record(LocalAuditCode.SESSION_REFUSED, "session", session, "why", why);
        desk.voice().say(session, SessionState.REFUSED, why, Optional.empty(), code -> {});
        return Handled.refused(why);
    }

    /** Such as {@code control desktop, use results from afar for 30 min}, and what is to be known about some of it. */
    private static String what(SessionRequest request) {
        String what = request.services().stream().map(ServiceText::words).collect(Collectors.joining(", "))
                + " from afar for " + request.minutes() + " min";
        return request.services().stream()
                .map(service -> ServiceText.warning(service.mode()))
                .filter(warning -> !warning.isEmpty())
                .distinct()
                .reduce(what, (sofar, warning) -> sofar + "; " + warning);
    }

    /** Reads {@code MODE/NAME}. */
    private static SessionService service(String token) {
        int slash = token.indexOf('/');
        return new SessionService(
                token.substring(slash + 1), SessionService.Mode.of(token.substring(0, Math.max(0, slash))));
    }

    private Handled openStream(Order order) {
        OpenStream wanted = order.getOpenStream();
        String viewer = Objects.requireNonNullElse(order.getBy(), "");
        Optional<String> refusal = begun(wanted, viewer);
        refusal.ifPresent(why -> desk.audit()
                .record(
                        LocalAuditCode.STREAM_REFUSED,
                        "session",
                        wanted.getSession(),
                        "stream",
                        wanted.getStream(),
                        "by",
                        viewer,
                        "why",
                        why));
        return refusal.map(Handled::refused).orElseGet(() -> Handled.done("begun"));
    }

    private synchronized Optional<String> begun(OpenStream wanted, String viewer) {
        @Nullable OneSession session = open.get(wanted.getSession());
        if (session == null) {
            return Optional.of("there is no such session");
        }
        if (open.values().stream().mapToInt(OneSession::streams).sum() >= MOST_STREAMS) {
            return Optional.of(MOST_STREAMS + " streams are open");
        }
        try {
            List<ServerAddress> relays =
                    wanted.getRelay().stream().map(ServerAddress::parse).toList();
            return session.open(wanted.getStream(), viewer, service(wanted.getService()), relays, wanted.getTicket());
        } catch (IllegalArgumentException e) {
            return Optional.of("no stream: " + e.getMessage());
        }
    }

    private Handled endSession(Order order) {
        StreamCause why = StreamCause.of(order.getEndSession().getCause()).orElse(StreamCause.ENDED_BY_OPERATOR);
        return end(order.getEndSession().getSession(), why)
                ? Handled.done("ended")
                : Handled.done("there is no such session");
    }

    /** Ends one with all its streams, at once; false when there is none. */
    public boolean end(String session, StreamCause why) {
        @Nullable OneSession found;
        synchronized (this) {
            found = open.get(session);
        }
        return found != null && found.end(why);
    }

    private synchronized List<OneSession> copy() {
        return new ArrayList<>(open.values());
    }

    /** Ends all: the agent stops. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        long ended = copy().stream()
                .filter(each -> each.end(StreamCause.AGENT_STOPS))
                .count();
        LOG.info("sessions=closed ended={}", ended);
        untilSaid();
        desk.voice().close();
    }

    /** That they ended is to be said yet, if that is quick. */
    private synchronized void untilSaid() {
        try {
            long end = System.nanoTime() + LAST_WORDS.toNanos();
            for (long left = LAST_WORDS.toMillis(); !open.isEmpty() && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
