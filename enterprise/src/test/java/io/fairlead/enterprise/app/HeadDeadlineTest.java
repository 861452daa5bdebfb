package io.fairlead.enterprise.app;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections on which a head trickles, and those that only look like it. */
class HeadDeadlineTest {
    private static final Duration NEXT = Duration.ofSeconds(75);

    private final Vertx vertx = Vertx.vertx();
    private final ManualTimers timers = new ManualTimers();
    private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeEach
    void serve() {
        HeadDeadline deadline = new HeadDeadline("test", NEXT, this::after);
        server = await(vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(deadline::connected)
                .requestHandler(deadline.noticing(this::answer))
                .listen(0, "127.0.0.1"));
    }

    /** As real ones call: on the event loop of whoever asked. */
    private Timers.Timer after(Duration delay, Runnable call) {
        Context loop = Objects.requireNonNull(Vertx.currentContext());
        return timers.after(delay, () -> loop.runOnContext(now -> call.run()));
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/stream" ->
                request.toWebSocket()
                        .onSuccess(socket -> socket.textMessageHandler(said -> {
                            Future<Void> unused = socket.writeTextMessage(said);
                        }));
            case "/held" -> held.add(request);
            default -> {
                Future<Void> unused = request.response().end("ok");
            }
        }
    }

    @AfterEach
    void close() {
        Void unused = await(vertx.close());
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void mustHear(Socket socket, String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (!heard.toString().endsWith(end)) {
            int one = socket.getInputStream().read();
            assertThat(one).as(heard.toString()).isNotNegative();
            heard.append((char) one);
        }
    }

    /** As soon as somebody waits for that long. */
    private void fire(Duration delay) {
        while (timers.size() == 0) {
            TestFleet.breathe();
        }
        assertThat(timers.longest()).isEqualTo(delay);
        timers.fire(delay);
    }

    /** The same where nothing comes of it but another look. */
    private void look(Duration delay) {
        fire(delay);
        while (timers.size() == 0) {
            TestFleet.breathe();
        }
    }

    @Test
    void a_first_head_that_trickles_ends_the_connection() throws Exception {
        try (Socket socket = connected()) {
            say(socket, "GET / HTTP/1.1\r\nHost: x\r\nX");
            fire(HeadDeadline.FIRST);
            assertThat(socket.getInputStream().read()).isNegative();
        }
        assertThat(timers.size()).isZero();
    }

    @Test
    void a_later_head_that_trickles_ends_it_as_well_and_one_that_comes_does_not() throws Exception {
        try (Socket socket = connected()) {
            say(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            mustHear(socket, "\r\n\r\nok");
            look(HeadDeadline.FIRST);
            for (int i = 0; i < 3; i++) {
                say(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                mustHear(socket, "\r\n\r\nok");
                look(NEXT);
            }
            say(socket, "GET / HTTP/1.1\r\nHos");
            fire(NEXT);
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void whoever_waits_for_an_answer_is_left_alone() throws Exception {
        try (Socket socket = connected()) {
            say(socket, "GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
            while (held.isEmpty()) {
                TestFleet.breathe();
            }
            for (int i = 0; i < 10; i++) {
                look(HeadDeadline.FIRST);
            }
            vertx.runOnContext(now -> {
                Future<Void> unused = held.remove().response().end("late");
            });
            mustHear(socket, "\r\n\r\nlate");
        }
    }

    @Test
    void a_stream_is_left_alone() throws Exception {
        try (Socket socket = connected()) {
            say(
                    socket,
                    "GET /stream HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            mustHear(socket, "\r\n\r\n");
            fire(HeadDeadline.FIRST);
            byte[] ping = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
            socket.getOutputStream().write(ping);
            assertThat(socket.getInputStream().readNBytes(2)).containsExactly(0x8a, 0);
            assertThat(timers.size()).as("deadlines of a stream").isZero();
        }
    }
}
