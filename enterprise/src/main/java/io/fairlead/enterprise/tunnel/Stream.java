package io.fairlead.enterprise.tunnel;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two legs that are one line: like is spliced with like, in both directions, until one side leaves, its time is over, a side
 * takes nothing for a minute, nobody does anything for too long, or somebody ends it. Both legs are closed with the same cause.
 * What the agent then still says is recorded, and shown to nobody.
 */
final class Stream {
    static final Duration STALLED = Duration.ofSeconds(60);
    /** For what was on its way, and the agent's last word. */
    static final Duration LAST_WORD = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);

    private final Leg agent;
    private final Leg viewer;
    private final Flow down;
    private final Flow up;
    private final StreamTap tap;
    private final TranscriptGate transcripts;
    private final Timers timers;
    private final Clock clock;
    private final Instant from;
    private final Activity activity;
    private final Predicate<String> idle;
    private final BiConsumer<Stream, StreamCause> over;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Promise<Void> kept = Promise.promise();
    private volatile Timers.Timer looks = () -> {};

    /**
     * @param idle whether nobody did anything for too long in any stream of that session
     * @param over called once, when both legs are told
     */
    Stream(
            Leg agent,
            Leg viewer,
            StreamTap tap,
            TranscriptGate transcripts,
            Timers timers,
            LongSupplier nanos,
            Clock clock,
            Predicate<String> idle,
            BiConsumer<Stream, StreamCause> over) {
        this.agent = agent;
        this.viewer = viewer;
        this.tap = tap;
        this.transcripts = transcripts;
        this.timers = timers;
        this.clock = clock;
        this.idle = idle;
        this.over = over;
        this.activity = new Activity(agent.ticket().kind(), nanos);
        this.from = clock.instant();
        long rate = agent.ticket().rate();
        this.down = new Flow(
                agent,
                viewer,
                true,
                tap,
                new Pace(agent, rate, timers, nanos),
                nanos,
                activity::fromAgent,
                this::broken);
        this.up = new Flow(
                viewer,
                agent,
                false,
                tap,
                new Pace(viewer, rate, timers, nanos),
                nanos,
                activity::fromViewer,
                this::broken);
    }

    void start() {
        look();
        down.start(this::said);
        up.start(nobody -> {});
    }

    /** The agent speaks of what it has sent and received. */
    private void said(String words) {
        try {
            tap.statement(transcripts.require(words));
        } catch (NotAdmitted e) {
            LOG.warn("stream={} transcript=refused reason=\"{}\"", ticket().stream(), e.getMessage());
            end(StreamCause.PROTOCOL);
        }
    }

    Ticket ticket() {
        return agent.ticket();
    }

    StreamFigures figures() {
        return new StreamFigures(from, clock.instant(), down.carried(), up.carried());
    }

    /** Since somebody did something. */
    long quietNanos() {
        return activity.quietNanos();
    }

    private void look() {
        looks = timers.after(LOOK, () -> {
            if (ended.get()) {
                return;
            }
            if (!clock.instant().isBefore(ticket().end())) {
                end(StreamCause.EXPIRED);
            } else if (Math.max(down.stalledNanos(), up.stalledNanos()) > STALLED.toNanos()) {
                end(StreamCause.STALLED);
            } else if (idle.test(ticket().session())) {
                end(StreamCause.IDLE);
            } else {
                look();
            }
        });
    }

    private void broken(Throwable why) {
        LOG.debug("stream={} broken", ticket().stream(), why);
        end(why instanceof TapFailed ? StreamCause.NOT_RECORDED : StreamCause.OTHER_SIDE_GONE);
    }

    /** Ends it, once; whoever comes first gives the cause. */
    void end(StreamCause cause) {
        if (ended.compareAndSet(false, true)) {
            looks.cancel();
            down.over();
            up.over();
            viewer.close(cause);
            agent.close(cause);
            over.accept(this, cause);
            Timers.Timer patience = timers.after(LAST_WORD, () -> kept(cause));
            agent.gone().onComplete(said -> {
                patience.cancel();
                kept(cause);
            });
        }
    }

    private void kept(StreamCause cause) {
        if (closing.compareAndSet(false, true)) {
            tap.close(cause)
                    .onFailure(lost -> LOG.error("stream={} recording=not-closed", ticket().stream(), lost))
                    .otherwiseEmpty()
                    .onComplete(kept);
        }
    }

    /** Done when it has ended and all of it is recorded, as far as it can be. */
    Future<Void> kept() {
        return kept.future();
    }
}
