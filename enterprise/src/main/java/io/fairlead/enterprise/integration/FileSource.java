package io.fairlead.enterprise.integration;

import io.vertx.core.Context;
import io.vertx.core.Future;
import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/**
 * A file for the worker thread that writes the answer: while one chunk goes out the next is read, on the event loop, as all
 * lanes do. To be read once. Fails where the file ends too soon, so that nobody takes half of it for the whole.
 */
final class FileSource extends InputStream implements DataSource {
    private final Context loop;
    private final LongFunction<Future<byte[]>> chunks;
    private final long size;
    private byte[] current;
    private int at;
    private long asked;
    private CompletableFuture<byte[]> following;

    /**
     * @param chunks the bytes at an offset; called on the loop
     * @param first those at 0
     * @param size of the file
     */
    FileSource(Context loop, LongFunction<Future<byte[]>> chunks, byte[] first, long size) {
        this.loop = loop;
        this.chunks = chunks;
        this.size = size;
        this.current = first;
        this.asked = first.length;
        this.following = CompletableFuture.completedFuture(new byte[0]);
    }

    @Override
    public String getContentType() {
        return "application/octet-stream";
    }

    @Override
    public String getName() {
        return "";
    }

    @Override
    public InputStream getInputStream() {
        following = ask();
        return this;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        throw new IOException("only to be read");
    }

    private CompletableFuture<byte[]> ask() {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        long offset = asked;
        if (offset >= size) {
            answer.complete(new byte[0]);
        } else {
            loop.runOnContext(now -> Future.succeededFuture()
                    .compose(go -> chunks.apply(offset))
                    .onComplete(answer::complete, answer::completeExceptionally));
        }
        return answer;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (at == current.length && !next()) {
            return -1;
        }
        int now = Math.min(length, current.length - at);
        System.arraycopy(current, at, into, offset, now);
        at += now;
        return now;
    }

    /** False at the end. */
    private boolean next() throws IOException {
        byte[] read = taken();
        if (read.length == 0) {
            if (asked != size) {
                throw new IOException("the file has " + asked + " bytes, not " + size);
            }
            return false;
        }
        current = read;
        at = 0;
        asked += read.length;
        following = ask();
        return true;
    }

    private byte[] taken() throws IOException {
        try {
            return following.get(OneCall.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the file cannot be read on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
