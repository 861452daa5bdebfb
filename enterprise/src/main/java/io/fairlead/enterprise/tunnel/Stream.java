package io.fairlead.enterprise.tunnel;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two legs that are one line: like is spliced with like, in both directions, until one side leaves, its time is over, a side
 * takes nothing for a minute, or somebody ends it. Both legs are closed with the same cause.
 */
final class Stream {
    static final Duration STALLED = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);

    private final Leg agent;
    private final Leg viewer;
    private final Flow down;
    private final Flow up;
    private final StreamTap tap;
    private final Timers timers;
    private final Clock clock;
    private final Instant from;
    private final BiConsumer<Stream, StreamCause> over;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Timers.Timer looks = () -> {};

    /** @param over called once, when both legs are told */
    Stream(
            Leg agent,
            Leg viewer,
            StreamTap tap,
            Timers timers,
            LongSupplier nanos,
            Clock clock,
            BiConsumer<Stream, StreamCause> over) {
        this.agent = agent;
        this.viewer = viewer;
        this.tap = tap;
        this.timers = timers;
        this.clock = clock;
        this.over = over;
        this.from = clock.instant();
        long rate = agent.ticket().rate();
        this.down = new Flow(agent, viewer, true, tap, new Pace(agent, rate, timers, nanos), nanos, this::broken);
        this.up = new Flow(viewer, agent, false, tap, new Pace(viewer, rate, timers, nanos), nanos, this::broken);
    }

    void start() {
        look();
        down.start();
        up.start();
    }

    Ticket ticket() {
        return agent.ticket();
    }

    StreamFigures figures() {
        return new StreamFigures(from, clock.instant(), down.carried(), up.carried());
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
            agent.close(cause);
            viewer.close(cause);
            tap.close(cause).onFailure(kept -> LOG.error("stream={} recording=not-closed", ticket().stream(), kept));
            over.accept(this, cause);
        }
    }
}
