package io.fairlead.enterprise.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.kernel.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of hints, byte by byte. */
class LiveStreamsTest {
    private TestDatabase postgres;
    private TestConsole console;
    private Browsing web;

    @BeforeEach
    void start() {
        postgres = TestDatabase.start();
        console = TestConsole.open(postgres);
        console.person("anna", "operator");
        web = new Browsing(console.url());
    }

    @AfterEach
    void stop() {
        console.close();
        postgres.close();
    }

    @Test
    void a_browser_hears_of_what_it_asked_for_and_may_hear() throws IOException {
        try (BufferedReader stream = open("device/LAB-7+device/SECRET-1+devices+Bad%20na!me%0aevent:x")) {
            console.live().changed("device/LAB-9");
            assertThat(event(stream)).containsExactly("event: hint", "data: devices");

            console.live().changed("device/SECRET-1");
            console.live().changed("device/LAB-7");
            List<String> heard = List.of(event(stream).get(1), event(stream).get(1));
            assertThat(heard).containsExactlyInAnyOrder("data: device/LAB-7", "data: devices");

            console.live().changed("*");
            List<String> all = List.of(event(stream).get(1), event(stream).get(1));
            assertThat(all).containsExactlyInAnyOrder("data: device/LAB-7", "data: devices");
        }
    }

    @Test
    void the_end_of_the_session_ends_the_stream() throws IOException {
        try (BufferedReader stream = open("devices")) {
            console.logIn("bert");
            console.logOut("bert");
            console.live().changed("devices");
            assertThat(event(stream)).containsExactly("event: hint", "data: devices");

            console.logOut("anna");
            assertThat(event(stream)).containsExactly("event: again", "data:");
            assertThat(stream.readLine()).isNull();
        }
        assertThat(console.live().count()).isZero();
    }

    @Test
    void who_comes_with_a_session_that_is_over_hears_only_that() throws IOException {
        String token = console.logIn("anna");
        console.logOut("anna");

        try (BufferedReader stream = stream("devices", token)) {
            assertThat(event(stream)).containsExactly("event: over", "data:");
            assertThat(stream.readLine()).isNull();
        }
    }

    @Test
    void however_many_streams_a_person_opens_the_newest_few_stay_and_the_others_are_told() throws IOException {
        List<BufferedReader> streams = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            streams.add(open("devices"));
            assertThat(console.live().count()).isLessThanOrEqualTo(LiveStreams.MOST_OF_PERSON);
        }
        assertThat(event(streams.get(0))).containsExactly("event: full", "data:");
        console.live().changed("devices");
        assertThat(event(streams.get(199 - LiveStreams.MOST_OF_PERSON))).containsExactly("event: full", "data:");
        assertThat(event(streams.get(200 - LiveStreams.MOST_OF_PERSON)))
                .containsExactly("event: hint", "data: devices");
        for (BufferedReader stream : streams) {
            stream.close();
        }
    }

    @Test
    void a_browser_that_takes_nothing_is_cut_instead_of_waited_for() throws Exception {
        Vertx vertx = Vertx.vertx();
        CompletableFuture<LiveStream> opened = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        HttpServer server = TestDatabase.await(vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(2))
                .requestHandler(request -> {
                    LiveStream stream = new LiveStream("anna", "t", "192.0.2.1", List.of(), request);
                    request.response().closeHandler(gone -> closed.complete(null));
                    stream.begin();
                    opened.complete(stream);
                })
                .listen(0, "127.0.0.1"));
        try (Socket browser = new Socket("127.0.0.1", server.actualPort())) {
            OutputStream out = browser.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            LiveStream stream = opened.get();
            Set<String> many =
                    IntStream.range(0, 2_000).mapToObj(i -> "device/LAB-" + i).collect(Collectors.toSet());
            stream.hears(many);
            int rounds = 0;
            while (!stream.isCut() && rounds++ < 2_000) {
                stream.hint(many);
                // What the loop wrote shows in the queue only after its turn.
                CompletableFuture<Void> turn = new CompletableFuture<>();
                vertx.runOnContext(go -> turn.complete(null));
                turn.get();
            }
            assertThat(rounds).isLessThan(2_000);
            closed.get();
        } finally {
            TestDatabase.await(server.close());
            TestDatabase.await(vertx.close());
        }
    }

    private BufferedReader open(String topics) throws IOException {
        BufferedReader stream = stream(topics, console.logIn("anna"));
        assertThat(event(stream)).containsExactly("event: hello", "data:");
        return stream;
    }

    private BufferedReader stream(String topics, String token) {
        return web.stream(
                "/live?topics=" + topics,
                "Accept",
                "text/event-stream",
                "Cookie",
                "__Host-fairlead=" + token,
                "Sec-Fetch-Site",
                "same-origin");
    }

    /** The lines of the next event, which is no heartbeat. */
    private static List<String> event(BufferedReader stream) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.isEmpty() && !lines.isEmpty()) {
                return lines;
            }
            if (!line.isEmpty() && !line.equals(":")) {
                lines.add(line);
            }
        }
        return lines;
    }
}
