package io.fairlead.enterprise.cxf;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that writes a long answer to somebody who takes it, stalls, or goes. */
class ReplyStreamTest {
    /** More than all buffers between the two hold. */
    private static final long SIZE = 64_000_000;

    private static final byte[] PIECE = new byte[8_192];

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong written = new AtomicLong();
    /** How the worker ended: null for well. */
    private final CompletableFuture<Exception> ended = new CompletableFuture<>();

    private HttpServer server;
    private Duration patience = Duration.ofSeconds(60);

    @BeforeEach
    void serve() {
        server = await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() {
        Void unused = await(vertx.close());
    }

    private void answer(HttpServerRequest request) {
        ReplyStream reply =
                new ReplyStream(Objects.requireNonNull(Vertx.currentContext()), request.response(), patience);
        vertx.executeBlocking(() -> write(reply)).onComplete(done -> {
            if (ended.getNow(null) != null) {
                request.connection().close();
            }
        });
    }

    private Void write(ReplyStream reply) {
        try {
            while (written.get() < SIZE) {
                reply.write(PIECE);
                written.addAndGet(PIECE.length);
            }
            ended.complete(null);
        } catch (IOException e) {
            ended.complete(e);
        }
        return null;
    }

    private Socket asked() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(65_536);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
        return socket;
    }

    @Test
    void whoever_takes_nothing_is_waited_for_with_little_in_memory_and_then_given_up() throws Exception {
        patience = Duration.ofSeconds(2);
        try (Socket stalls = asked()) {
            Exception given = ended.get(30, TimeUnit.SECONDS);

            assertThat(SoapFailures.meaning(given, true))
                    .isInstanceOfSatisfying(
                            Refusal.class, slow -> assertThat(slow.fault()).isEqualTo(Fault.BYTES_TOO_SLOW));
            assertThat(written)
                    .as("what had been written, most of which the system's buffers hold")
                    .hasValueLessThan(SIZE / 4);
            assertThat(rest(stalls)).as("bytes before the connection ended").isLessThan(SIZE / 4);
        }
    }

    /** All that is there until the end. */
    private static long rest(Socket socket) {
        long count = 0;
        try {
            byte[] some = new byte[65_536];
            for (int read = socket.getInputStream().read(some);
                    read >= 0;
                    read = socket.getInputStream().read(some)) {
                count += read;
            }
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("the connection is open", open);
        } catch (IOException reset) {
            // An end as well.
        }
        return count;
    }

    @Test
    void whoever_goes_frees_the_thread_that_writes_to_him() throws Exception {
        try (Socket goes = asked()) {
            assertThat(goes.isConnected()).isTrue();
        }
        assertThat(ended.get(30, TimeUnit.SECONDS)).hasMessage("the caller has gone");
        assertThat(written).hasValueLessThan(SIZE);
    }
}
