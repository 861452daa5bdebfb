package io.fairlead.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TunnelLinkTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final SignedText RECEIPT = new SignedText("receipt".getBytes(UTF_8), new byte[] {1, 2});
    private static final String TICKET = "dGlja2V0.c2ln";

    private static final TunnelLink.Haste HASTE =
            new TunnelLink.Haste(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final BlockingQueue<TunnelPeer.Frame> came = new LinkedBlockingQueue<>();
    private Duration ping = TunnelSocket.PING;
    private Duration silence = TunnelSocket.SILENCE;
    private Scribe scribe = (last, sent, received) -> Optional.empty();
    private TlsServer server;

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    /** What the relay does behind a good upgrade. */
    private interface Relay {
        void with(TunnelPeer device) throws Exception;
    }

    private TunnelSocket open(Relay relay) throws IOException {
        server = new TlsServer(OURS.server("localhost"), (request, out) -> {
            TunnelPeer device = TunnelPeer.accept(request, out);
            relay.with(device);
            try {
                while (true) {
                    came.add(device.read());
                }
            } catch (EOFException | SocketException e) {
                // The device has left.
            }
        });
        return open();
    }

    private TunnelSocket open() throws IOException {
        ServerAddress relay = server.address("localhost");
        return new TunnelLink(Dialer.direct(), Instant::now, ping, silence, HASTE)
                .open(OURS.identity(relay, "device-1"), relay, TICKET, RECEIPT, scribe, false);
    }

    private TunnelPeer.Frame next() throws InterruptedException {
        TunnelPeer.Frame frame = came.poll(20, TimeUnit.SECONDS);
        assertThat(frame).as("a frame").isNotNull();
        return frame;
    }

    @Test
    void bytes_pass_both_ways_under_the_devices_certificate_and_end_with_the_cause() throws Exception {
        byte[] large = new byte[200_000];
        Arrays.fill(large, (byte) 'x');
        try (TunnelSocket socket = open(device -> {
            device.send((byte) 0x02, (byte) 3, (byte) 'o', (byte) 'n', (byte) 'e');
            device.send(TunnelPeer.PING, "between".getBytes(UTF_8));
            device.send((byte) 0x80, (byte) 3, (byte) 't', (byte) 'w', (byte) 'o');
        })) {
            assertThat(socket.in().readNBytes(6)).isEqualTo("onetwo".getBytes(UTF_8));
            assertThat(next()).satisfies(pong -> {
                assertThat(pong.code()).isEqualTo(TunnelPeer.PONG);
                assertThat(pong.text()).isEqualTo("between");
            });
            socket.out().write(large);
            int length = 0;
            while (length < large.length) {
                TunnelPeer.Frame frame = next();
                assertThat(frame.code()).isEqualTo(TunnelPeer.BINARY);
                assertThat(frame.text()).matches("x+");
                length += frame.content().length;
            }
            assertThat(length).isEqualTo(large.length);
            socket.close(StreamCause.ENDED_AT_INSTRUMENT);
            assertThat(next()).satisfies(last -> {
                assertThat(last.code()).isEqualTo(TunnelPeer.CLOSE);
                assertThat(last.closeCode()).isEqualTo(4001);
            });
            assertThat(socket.in().read()).isEqualTo(-1);
            assertThatThrownBy(() -> socket.out().write(1)).isInstanceOf(IOException.class);
        }
        TlsServer.Request request = server.requests.get(0);
        assertThat(request.method() + " " + request.path()).isEqualTo("GET /tunnel");
        assertThat(request.headers())
                .containsEntry("fairlead-ticket", TICKET)
                .containsEntry("fairlead-receipt", RECEIPT.header())
                .containsEntry("sec-websocket-version", "13");
        assertThat(((X509Certificate) request.client()[0])
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=device-1");
    }

    @Test
    void what_the_relay_says_at_the_end_is_the_cause() throws Exception {
        try (TunnelSocket socket = open(device -> device.close(4004))) {
            assertThat(socket.in().read()).isEqualTo(-1);
            assertThat(socket.cause()).contains(StreamCause.EXPIRED);
        }
    }

    @Test
    void a_relay_that_falls_silent_is_gone_although_it_was_asked() throws Exception {
        ping = Duration.ofMillis(100);
        silence = Duration.ofMillis(700);
        try (TunnelSocket socket = open(device -> {})) {
            assertThat(socket.in().read()).isEqualTo(-1);
            assertThat(socket.cause()).contains(StreamCause.OTHER_SIDE_GONE);
            assertThat(next().code()).isEqualTo(TunnelPeer.PING);
        }
    }

    @Test
    void what_was_carried_is_said_each_minute_and_before_either_side_closes() throws Exception {
        ping = Duration.ofMillis(30);
        for (boolean weClose : new boolean[] {true, false}) {
            came.clear();
            scribe = (last, sent, received) -> Optional.of(new SignedText(
                    (last + " " + sent.bytes() + " " + received.bytes()).getBytes(UTF_8), new byte[] {1}));
            CountDownLatch now = new CountDownLatch(1);
            try (TunnelSocket socket = open(device -> {
                device.send(TunnelPeer.BINARY, "12345".getBytes(UTF_8));
                // A statement each "minute", which is three pings here, although nothing more is carried.
                for (int code = 0; code != TunnelPeer.TEXT; ) {
                    TunnelPeer.Frame frame = device.read();
                    came.add(frame);
                    code = frame.code();
                }
                now.countDown();
                if (!weClose) {
                    device.close(4004);
                }
            })) {
                assertThat(socket.in().readNBytes(5)).hasSize(5);
                socket.out().write("abc".getBytes(UTF_8));
                now.await();
                if (weClose) {
                    socket.close(StreamCause.ENDED_AT_INSTRUMENT);
                }
                assertThat(socket.in().read()).isEqualTo(-1);
            }
            List<String> words = new ArrayList<>();
            for (TunnelPeer.Frame frame = next(); frame.code() != TunnelPeer.CLOSE; frame = next()) {
                if (frame.code() == TunnelPeer.BINARY) {
                    words.add(frame.text());
                } else if (frame.code() == TunnelPeer.TEXT) {
                    words.add(SignedText.ofHeader(frame.text(), 100).toString());
                }
            }
            assertThat(words)
                    .contains("abc")
                    .anyMatch(word -> word.startsWith("false"))
                    .endsWith("true 3 5");
            assertThat(words.stream().filter(word -> word.startsWith("true"))).hasSize(1);
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8281000000001f", // masked, as only a client may
                "c20161", // an extension
                "810161", // text
                "830161", // a kind that nobody knows
                "800161", // goes on with nothing
                "020161820162", // a second message within the first
                "090161", // a ping in pieces
                "897e0080", // a ping that is too long
                "8b00", // control that nobody knows
                "880103", // half a code
                "827e0005", // a short length written long
                "827f0000000000040001", // more than 256 KiB
                "827f8000000000000000", // less than nothing
            })
    void a_relay_that_breaks_the_protocol_is_left(String hostile) throws Exception {
        try (TunnelSocket socket = open(device -> device.send(HexFormat.of().parseHex(hostile)))) {
            assertThat(socket.in().readAllBytes()).hasSizeLessThan(2);
            assertThat(socket.cause()).contains(StreamCause.PROTOCOL);
            assertThat(next().closeCode()).isEqualTo(StreamCause.PROTOCOL.code());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
                "HTTP/1.1 101 X\r\nno header\r\n\r\n",
                "HTTP/1.1 101 X\r\nUpgr",
                "",
            })
    void what_is_no_upgrade_of_ours_opens_nothing(String answer) {
        server = new TlsServer(OURS.server("localhost"), (request, out) -> {
            out.write(answer.getBytes(UTF_8));
            out.flush();
            request.socket().close();
        });

        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    }

    @Test
    void a_head_without_end_is_not_read_on() {
        server = new TlsServer(OURS.server("localhost"), (request, out) -> {
            out.write("HTTP/1.1 101 X\r\n".getBytes(UTF_8));
            out.write(("A: " + "a".repeat(9_000) + "\r\n\r\n").getBytes(UTF_8));
            out.flush();
        });

        assertThatThrownBy(this::open).hasMessage("the relay's answer is too long");
    }

    @Test
    void a_server_of_another_authority_is_sent_no_ticket() {
        server = new TlsServer(new TestAuthority("another").server("localhost"), (request, out) -> {});

        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void what_comes_and_what_goes_is_held_to_its_pace_and_noticed() throws Exception {
        try (TunnelSocket socket = open(device -> device.send(TunnelPeer.BINARY, new byte[1_500]))) {
            List<Integer> come = new ArrayList<>();
            List<Integer> gone = new ArrayList<>();
            AtomicLong nanos = new AtomicLong();
            socket.hold(slices(come), slices(gone), nanos::get);
            nanos.set(7);
            assertThat(socket.quietNanos()).isEqualTo(7);
            assertThat(socket.in().readNBytes(1_500)).hasSize(1_500);
            assertThat(socket.quietNanos()).isZero();
            nanos.set(9);
            socket.out().write(new byte[2_100]);
            assertThat(socket.quietNanos()).isZero();
            assertThat(come).containsExactly(1_000, 500);
            assertThat(gone).containsExactly(1_000, 1_000, 100);
            assertThat(next().content()).hasSize(1_000);
        }
    }

    private static Pace slices(List<Integer> passed) {
        return new Pace() {
            @Override
            public int slice() {
                return 1_000;
            }

            @Override
            public void pass(int bytes) {
                passed.add(bytes);
            }
        };
    }

    @Test
    void a_ticket_cannot_bring_a_header_of_its_own() {
        ServerAddress relay = new ServerAddress("localhost", 1);

        assertThatThrownBy(() -> new TunnelLink(Dialer.direct(), Instant::now)
                        .open(OURS.identity(relay, "device-1"), relay, "a.b\r\nX: y", RECEIPT, scribe, false))
                .hasMessage("the ticket is none");
    }
}
