package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a body and was not taken yet. The request is paused unless somebody waits for more, so that no more is
 * held than he asked for and one buffer of the connection. On the request's event loop only.
 */
final class BodyWindow {
    private static final int FIRST = 16_384;

    private final HttpServerRequest request;
    private byte[] bytes = new byte[FIRST];
    private int from;
    private int to;
    /** Up to here nothing was found of what is looked for. */
    private int sought;

    private boolean ended;
    private @Nullable Throwable failure;
    private @Nullable Wait<?> waiting;

    /** Whoever waits, and what he waits for: null as long as there is too little. */
    private record Wait<T>(Supplier<@Nullable T> attempt, Promise<T> done) {}

    /** @param before what counts as come before the first byte */
    BodyWindow(HttpServerRequest request, byte[] before) {
        this.request = request;
        append(Buffer.buffer(before));
        request.handler(this::put);
        request.exceptionHandler(gone -> fail(new IOException("the caller has gone", gone)));
        request.endHandler(end -> end());
    }

    /**
     * Asks again with each buffer that comes until there is an answer. One at a time.
     *
     * @return fails with what the attempt throws, MALFORMED when the body has ended, IOException when the caller has gone
     */
    <T> Future<T> read(Supplier<@Nullable T> attempt) {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        Wait<T> wait = new Wait<>(attempt, Promise.promise());
        waiting = wait;
        if (!tried(wait) && ended) {
            tooSoon();
        } else if (waiting != null) {
            request.resume();
        }
        return wait.done().future();
    }

    /** Whether the wait is over. */
    private <T> boolean tried(Wait<T> wait) {
        @Nullable T answer;
        try {
            answer = wait.attempt().get();
        } catch (RuntimeException refused) {
            waiting = null;
            wait.done().fail(refused);
            return true;
        }
        if (answer == null) {
            return false;
        }
        waiting = null;
        wait.done().complete(answer);
        return true;
    }

    private void put(Buffer buffer) {
        append(buffer);
        Wait<?> wait = waiting;
        if (wait != null && tried(wait) && waiting == null) {
            request.pause();
        }
    }

    private void end() {
        ended = true;
        Wait<?> wait = waiting;
        if (wait != null && !tried(wait)) {
            tooSoon();
        }
    }

    private void tooSoon() {
        fail(new Refusal(Fault.MALFORMED, "the body ends too soon"));
    }

    /** Whoever waits is told, and whoever comes later. */
    void fail(Throwable why) {
        if (failure == null) {
            failure = why;
        }
        Wait<?> wait = waiting;
        waiting = null;
        if (wait != null) {
            request.pause();
            wait.done().fail(why);
        }
    }

    private void append(Buffer buffer) {
        if (to + buffer.length() > bytes.length) {
            int held = to - from;
            byte[] roomy = held + buffer.length() > bytes.length / 2
                    ? new byte[Math.max(2 * bytes.length, held + buffer.length())]
                    : bytes;
            System.arraycopy(bytes, from, roomy, 0, held);
            bytes = roomy;
            sought -= from;
            from = 0;
            to = held;
        }
        buffer.getBytes(bytes, to);
        to += buffer.length();
    }

    boolean isEnded() {
        return ended;
    }

    int length() {
        return to - from;
    }

    byte at(int index) {
        return bytes[from + index];
    }

    /** Where a pattern first stands, or -1. What was searched in vain is not searched again, until something is taken. */
    int find(byte[] pattern) {
        int last = to - pattern.length;
        for (int i = Math.max(from, sought); i <= last; i++) {
            if (bytes[i] == pattern[0] && Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
                sought = i;
                return i - from;
            }
        }
        sought = Math.max(from, last + 1);
        return -1;
    }

    /** The first bytes, which are gone then; what is looked for afterwards is the same, unless {@link #drop} is called. */
    byte[] take(int length) {
        byte[] taken = Arrays.copyOfRange(bytes, from, from + length);
        from += length;
        return taken;
    }

    /** Without the first bytes; what is looked for afterwards is something else. */
    void drop(int length) {
        from += length;
        sought = from;
    }
}
