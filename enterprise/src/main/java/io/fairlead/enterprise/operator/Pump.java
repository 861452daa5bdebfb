package io.fairlead.enterprise.operator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.function.LongFunction;

/**
 * Brings a file of any size to a stream: one chunk in memory, the next is read when the stream has taken it. The steps are
 * no chain of futures, which would grow with the file.
 */
final class Pump {
    private final WriteStream<Buffer> to;
    private final LongFunction<Future<byte[]>> from;
    private final Promise<Void> done = Promise.promise();
    private long offset;

    /** @param from the bytes at an offset, some at least; none behind the end */
    Pump(WriteStream<Buffer> to, LongFunction<Future<byte[]>> from) {
        this.to = to;
        this.from = from;
    }

    /** Writes these bytes and all that follow, and ends the stream. Once. */
    Future<Void> run(byte[] first) {
        write(first);
        return done.future();
    }

    private void write(byte[] bytes) {
        if (bytes.length == 0) {
            to.end().onComplete(done);
            return;
        }
        offset += bytes.length;
        to.write(Buffer.buffer(bytes)).compose(taken -> from.apply(offset)).onComplete(next -> {
            if (next.failed()) {
                done.fail(next.cause());
            } else {
                write(next.result());
            }
        });
    }
}
