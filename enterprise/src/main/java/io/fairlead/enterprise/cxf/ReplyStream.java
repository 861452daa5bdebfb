package io.fairlead.enterprise.cxf;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * An answer, written by a worker thread. A small one is held until it is ended and goes out with its length; of a larger one
 * each piece waits until the caller has taken the piece before it, so that at most {@value #PIECE} bytes are held here.
 */
public final class ReplyStream extends OutputStream {
    /** Bytes of a piece. */
    static final int PIECE = 65_536;
    /** How long a caller may take for a piece: about 2 KB/s. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int FIRST = 2_048;

    private final Context loop;
    private final HttpServerResponse response;
    private final Duration patience;
    private Supplier<String> contentType = () -> "text/xml; charset=utf-8";
    private Buffer held = Buffer.buffer(FIRST);
    private boolean begun;

    /** @param loop the request's event loop, on which alone the response is touched */
    public ReplyStream(Context loop, HttpServerResponse response) {
        this(loop, response, PATIENCE);
    }

    ReplyStream(Context loop, HttpServerResponse response, Duration patience) {
        this.loop = loop;
        this.response = response;
        this.patience = patience;
    }

    /** @param contentType asked when the first byte goes out */
    void typed(Supplier<String> contentType) {
        this.contentType = contentType;
    }

    /** Whether anything of it has gone out: then nothing else can be answered any more. */
    public boolean begun() {
        return begun;
    }

    boolean isEmpty() {
        return !begun && held.length() == 0;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            int now = Math.min(left, PIECE - held.length());
            held.appendBytes(bytes, from, now);
            from += now;
            left -= now;
            if (held.length() == PIECE) {
                send();
            }
        }
    }

    /** Does nothing: a half-written answer that fails can still become a fault. */
    @Override
    public void flush() {}

    /** Does nothing, for it cannot tell success from failure: {@link #end} does it. */
    @Override
    public void close() {}

    private void send() throws IOException {
        Buffer piece = held;
        held = Buffer.buffer(PIECE);
        boolean first = !begun;
        begun = true;
        String type = first ? contentType.get() : "";
        await(() -> {
            if (first) {
                response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, type);
            }
            return response.write(piece);
        });
    }

    /**
     * Sends what is held and ends the answer, once: on the event loop, when the worker thread is done with it. Fails when the
     * caller has gone, and with a Refusal when he takes nothing any more.
     */
    public Future<Void> end() {
        if (response.closed()) {
            return Future.failedFuture(new IOException("the caller has gone"));
        }
        if (!begun) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, contentType.get());
        }
        begun = true;
        Future<Void> out = response.end(held);
        return out.isComplete()
                ? out
                : out.timeout(patience.toMillis(), TimeUnit.MILLISECONDS).recover(this::untaken);
    }

    private Future<Void> untaken(Throwable failure) {
        return Future.failedFuture(failure instanceof TimeoutException late ? tooSlow(late) : failure);
    }

    private Refusal tooSlow(TimeoutException late) {
        return new Refusal(Fault.BYTES_TOO_SLOW, "fewer than " + PIECE + " bytes taken in " + patience, late);
    }

    /** Runs the step on the event loop and waits for it. Throws when the caller has gone, or takes nothing any more. */
    private void await(Supplier<Future<Void>> step) throws IOException {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(now -> {
            if (response.closed()) {
                done.fail(new IOException("the caller has gone"));
            } else {
                step.get().onComplete(done);
            }
        });
        try {
            done.future().toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the caller has gone", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the caller takes nothing any more", tooSlow(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
