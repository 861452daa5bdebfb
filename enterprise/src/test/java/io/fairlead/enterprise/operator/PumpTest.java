package io.fairlead.enterprise.operator;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PumpTest {
    private static final int CHUNK = 65_536;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong read = new AtomicLong();
    private final Promise<Void> ended = Promise.promise();
    private HttpServer server;
    private HttpClient client;

    @AfterEach
    void close() {
        Void unused = await(vertx.close());
    }

    /** Serves so many chunks of that size, each read on a worker as the store's are; it breaks at one of them. */
    private Future<HttpClientResponse> download(int chunks, int size, int broken) {
        server = await(vertx.createHttpServer()
                .requestHandler(request -> new Pump(
                                request.response().setChunked(true),
                                offset -> vertx.executeBlocking(
                                        () -> {
                                            if (offset == (long) broken * size) {
                                                throw new IOException("damaged");
                                            }
                                            read.set(offset);
                                            return new byte[offset < (long) chunks * size ? size : 0];
                                        },
                                        false))
                        .run(new byte[size])
                        .onComplete(ended))
                .listen(0, "127.0.0.1"));
        client = vertx.createHttpClient();
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                // What comes before somebody listens is lost, its end as well.
                .compose(request -> request.send().onSuccess(HttpClientResponse::pause));
    }

    /** Takes everything at once and counts it. */
    private static final class Sink implements WriteStream<Buffer> {
        private long bytes;

        @Override
        public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public Future<Void> write(Buffer data) {
            bytes += data.length();
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
            return this;
        }
    }

    @Test
    void a_file_of_very_many_chunks_comes_whole_on_a_small_stack() {
        int chunks = 20_000;
        Sink sink = new Sink();
        Pump pump = new Pump(sink, offset -> vertx.executeBlocking(() -> new byte[offset < chunks ? 1 : 0], false));
        assertThat(await(pump.run(new byte[1]))).isNull();
        assertThat(sink.bytes).isEqualTo(chunks);
    }

    @Test
    void no_more_is_read_than_the_browser_takes() {
        AtomicReference<HttpClientResponse> stalled = new AtomicReference<>();
        AtomicLong got = new AtomicLong();
        int chunks = 2_000;
        Future<Void> whole = download(chunks, CHUNK, -1).compose(response -> {
            response.handler(bytes -> got.addAndGet(bytes.length()));
            stalled.set(response);
            return response.end();
        });
        long before = -1;
        // What the two ends' buffers hold comes, and then nothing more does.
        for (long now = read.get(); now != before || now == 0; now = read.get()) {
            before = now;
            Object passed = await(vertx.timer(500).map(done -> "passed"));
            assertThat(passed).isEqualTo("passed");
        }
        assertThat(before).isLessThan((long) chunks * CHUNK / 2);
        stalled.get().resume();
        assertThat(await(whole)).isNull();
        assertThat(got.get()).isEqualTo((long) chunks * CHUNK);
    }

    @Test
    void what_cannot_be_read_in_the_middle_is_told() {
        HttpClientResponse response = await(download(10, 100, 5)).resume();
        assertThat(response.statusCode()).isEqualTo(200);
        Boolean failed = await(ended.future().transform(done -> Future.succeededFuture(done.failed())));
        assertThat(failed).isTrue();
    }
}
