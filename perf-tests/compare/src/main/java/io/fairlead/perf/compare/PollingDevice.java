package io.fairlead.perf.compare;

import io.fairlead.perf.fleet.Identity;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One device, on a connection of its own. Its event loop alone touches it.
 *
 * <pre>
 *   IDLE ── park ──▶ DOUBTFUL, polls that are not held ──▶ HELD ── answer ──▶ HELD anew, or IDLE where it keeps quiet
 *     └─── ask ───▶ one poll that is not held ──▶ IDLE
 *   any ── refused with Retry-After ──▶ waits, a second more at most, and begins again
 *   any ── hung up on before an answer, once ──▶ begins again
 *   any ── everything else ──▶ failed
 * </pre>
 */
final class PollingDevice {
    private static final Pattern RETRY_AFTER =
            Pattern.compile("\r\nretry-after: *([0-9]{1,4})\r\n", Pattern.CASE_INSENSITIVE);
    private static final long JITTER_MILLIS = 1_000;

    private final Identity identity;
    private final PollSide side;
    private final HttpAnswer answer = new HttpAnswer();
    private @Nullable NetSocket socket;
    private boolean parking;
    private boolean polling;
    private boolean left;
    private boolean again;
    private int doubts;

    PollingDevice(Identity identity, PollSide side) {
        this.identity = identity;
        this.side = side;
    }

    /** Connects unless it is, and polls until a poll is held, and then again and again; done when the first is sent. */
    Future<Void> park() {
        return polling ? Future.succeededFuture() : begin(true);
    }

    /** Connects unless it is, and polls once without being held; done when it is sent. */
    Future<Void> ask() {
        return begin(false);
    }

    private Future<Void> begin(boolean held) {
        parking = held;
        left = false;
        NetSocket open = socket;
        if (open != null) {
            poll(open);
            return Future.succeededFuture();
        }
        doubts = side.doubts();
        return side.clients()
                .connect(identity, side.port())
                .map(connected -> {
                    socket = connected;
                    answer.forget();
                    connected.handler(this::take);
                    connected.closeHandler(closed -> closed(connected));
                    poll(connected);
                    return (Void) null;
                })
                .onFailure(cause -> fail(String.valueOf(cause)));
    }

    /** Hangs up. */
    Future<Void> leave() {
        NetSocket open = socket;
        left = true;
        unpark();
        socket = null;
        return open == null ? Future.succeededFuture() : open.close();
    }

    private boolean isHeld() {
        return polling && parking && doubts == 0;
    }

    private void poll(NetSocket open) {
        polling = true;
        if (isHeld()) {
            int unused = side.tally().parked.incrementAndGet();
        }
        // What can no longer be written is heard of when the connection closes.
        Future<Void> unusedWritten = open.write(Buffer.buffer(side.request(identity, isHeld())));
    }

    private void unpark() {
        if (isHeld()) {
            int unused = side.tally().parked.decrementAndGet();
        }
        polling = false;
    }

    private void take(Buffer piece) {
        long at = System.nanoTime();
        String text = answer.take(piece);
        NetSocket open = socket;
        if (text == null || open == null) {
            return;
        }
        unpark();
        again = false;
        if (!text.startsWith("HTTP/1.1 200 ")) {
            refused(text);
            return;
        }
        side.keepToken(identity, text);
        doubts = Math.max(0, doubts - 1);
        if (!parking) {
            int unused = side.tally().taken.incrementAndGet();
            return;
        }
        boolean instructed = side.journal(identity, text);
        if (instructed) {
            boolean unused = side.tally().arrivals.add(at);
        }
        if (!instructed || !side.quiet()) {
            poll(open);
        }
    }

    private void refused(String text) {
        Matcher seconds = RETRY_AFTER.matcher(text);
        if (!seconds.find()) {
            fail(text);
            return;
        }
        int unused = side.tally().putOff.incrementAndGet();
        doubts = side.doubts();
        long wait = Long.parseLong(seconds.group(1)) * 1_000
                + ThreadLocalRandom.current().nextLong(JITTER_MILLIS);
        long unusedTimer = side.vertx().setTimer(wait, late -> {
            if (!left) {
                Future<Void> unusedBegun = begin(parking);
            }
        });
    }

    private void closed(NetSocket which) {
        if (socket == which) {
            socket = null;
            if (polling) {
                hungUpOn();
            }
        }
    }

    /** Whoever serves closes a connection that was idle for long, and may do so while it is asked again: an agent connects anew. */
    private void hungUpOn() {
        unpark();
        if (again) {
            fail("hung up on twice");
            return;
        }
        again = true;
        int unused = side.tally().hungUp.incrementAndGet();
        Future<Void> unusedBegun = begin(parking);
    }

    private void fail(String why) {
        unpark();
        side.tally().fail(identity.device(), why);
    }
}
