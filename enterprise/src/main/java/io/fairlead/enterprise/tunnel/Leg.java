package io.fairlead.enterprise.tunnel;

import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a stream: a WebSocket that was let in, silent until the other end is there. It is pinged, and who says nothing
 * for long is gone. Closed once, with a cause.
 */
final class Leg {
    static final Duration PING_EVERY = Duration.ofSeconds(20);
    static final Duration SILENCE = Duration.ofSeconds(45);
    /** From the other side between two of ours; each is answered, read or not. */
    private static final int MOST_PINGS = 100;

    /** What an agent may say; the rest is said by the server only. */
    private static final Set<StreamCause> AGENTS = EnumSet.of(
            StreamCause.LEFT,
            StreamCause.ENDED_AT_INSTRUMENT,
            StreamCause.EXPIRED,
            StreamCause.IDLE,
            StreamCause.SERVICE_UNREACHABLE,
            StreamCause.PROTOCOL,
            StreamCause.NOT_ALLOWED,
            StreamCause.AGENT_STOPS,
            StreamCause.INTERNAL);

    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);
    private static final Buffer NOTHING = Buffer.buffer();

    private final Ticket ticket;
    private final @Nullable PublicKey key;
    private final ServerWebSocket socket;
    private final LongSupplier nanos;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Promise<Void> gone = Promise.promise();
    private final AtomicInteger pinged = new AtomicInteger();
    private volatile Consumer<StreamCause> over = cause -> {};
    private volatile long heard;
    /** Who is not read cannot be heard. */
    private volatile boolean unread = true;

    private volatile Timers.Timer pings = () -> {};

    /**
     * @param key of the TLS peer; a viewer has none
     * @param nanos a clock that only runs forward
     */
    Leg(Ticket ticket, @Nullable PublicKey key, ServerWebSocket socket, LongSupplier nanos) {
        this.ticket = ticket;
        this.key = key;
        this.socket = socket;
        this.nanos = nanos;
        this.heard = nanos.getAsLong();
        socket.pause();
    }

    Ticket ticket() {
        return ticket;
    }

    /** What judges what it says of the stream; for an agent's end. */
    TranscriptGate transcripts() {
        return new TranscriptGate(ticket, Objects.requireNonNull(key, "a viewer signs nothing"));
    }

    /**
     * Begins to look after it.
     *
     * @param over called once when it has ended by itself, with the cause it gave
     */
    void watch(Timers timers, Consumer<StreamCause> over) {
        socket.pongHandler(pong -> heard = nanos.getAsLong());
        socket.exceptionHandler(broken -> LOG.debug("stream={} side={} broken", ticket.stream(), side(), broken));
        socket.closeHandler(closing -> {
            pings.cancel();
            if (closed.compareAndSet(false, true)) {
                over.accept(told());
            }
            gone.tryComplete();
        });
        this.over = over;
        ping(timers, over);
    }

    /** And looks at the very moment at which the silence has been long enough. */
    private void ping(Timers timers, Consumer<StreamCause> over) {
        Duration left = unread ? PING_EVERY : SILENCE.minusNanos(nanos.getAsLong() - heard);
        pings = timers.after(left.compareTo(PING_EVERY) < 0 ? left : PING_EVERY, () -> {
            if (closed.get()) {
                return;
            }
            if (!unread && nanos.getAsLong() - heard >= SILENCE.toNanos()) {
                close(StreamCause.OTHER_SIDE_GONE);
                over.accept(StreamCause.OTHER_SIDE_GONE);
                return;
            }
            pinged.set(0);
            socket.writePing(NOTHING).onFailure(gone -> LOG.debug("stream={} not-pinged", ticket.stream(), gone));
            ping(timers, over);
        });
    }

    /** The cause in its close frame: of an agent those that it can know, of a viewer only that he left. */
    private StreamCause told() {
        Short code = socket.closeStatusCode();
        if (code == null) {
            return StreamCause.OTHER_SIDE_GONE;
        }
        return ticket.side() == Ticket.Side.VIEWER
                ? StreamCause.LEFT
                : StreamCause.of(code).filter(AGENTS::contains).orElse(StreamCause.OTHER_SIDE_GONE);
    }

    /**
     * From now on each piece that comes goes there.
     *
     * @param said hears what an agent says in frames of text, which must be whole; a viewer's text is bytes as any
     */
    void flow(Handler<Buffer> to, Handler<String> said) {
        socket.frameHandler(frame -> {
            heard = nanos.getAsLong();
            if (frame.isPing()) {
                pinged();
            } else if (frame.isText() && ticket.side() == Ticket.Side.AGENT) {
                said.handle(frame.isFinal() ? frame.textData() : "");
            } else if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
                to.handle(frame.binaryData());
            }
        });
        resume();
    }

    private void pinged() {
        if (pinged.incrementAndGet() > MOST_PINGS && !closed.get()) {
            close(StreamCause.PROTOCOL);
            over.accept(StreamCause.PROTOCOL);
        }
    }

    /** Done when the other end has said its last word, or is gone. */
    Future<Void> gone() {
        return gone.future();
    }

    Future<Void> write(Buffer bytes) {
        return socket.writeBinaryMessage(bytes);
    }

    void pause() {
        unread = true;
        socket.pause();
    }

    void resume() {
        if (unread) {
            unread = false;
            heard = nanos.getAsLong();
        }
        socket.resume();
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Closes it with a cause, unless it is closed. */
    void close(StreamCause cause) {
        if (closed.compareAndSet(false, true)) {
            pings.cancel();
            // A paused socket would not see the answer to its close frame; and what comes before it is still for the
            // tap.
            socket.resume();
            socket.close((short) cause.code(), cause.words())
                    .onFailure(gone -> LOG.debug("stream={} side={} closed already", ticket.stream(), side()));
        }
    }

    private String side() {
        return ticket.side().word();
    }
}
