package io.fairlead.enterprise.tunnel;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.fairlead.statements.Ticket.Side;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes to the relay without leave, over real sockets: a thousand times each way, and never a byte of the desktop. */
class RelayAttacksTest {
    private static final int TRIES = 1_000;
    private static final String DESKTOP = "RFB 003.008\n";

    private final TestTunnel tunnel = new TestTunnel(new ManualTimers(), ticket -> StreamTap.NONE);
    private final String session = tunnel.ids.next();
    private final String stream = tunnel.ids.next();
    private final Stranger stranger = new Stranger(tunnel.port());

    @AfterEach
    void close() throws IOException {
        stranger.close();
        tunnel.close();
    }

    private static String viewer(String ticket) {
        return "Sec-WebSocket-Protocol: binary, " + Relay.TICKET_SUBPROTOCOL + ticket + "\r\n";
    }

    private static String agent(String ticket, String receipt) {
        return Relay.TICKET_HEADER + ": " + ticket + "\r\n" + Relay.RECEIPT_HEADER + ": " + receipt + "\r\n";
    }

    private String ticket(Side side, String bound, Instant expires) {
        Ticket good = tunnel.ticket(session, stream, side);
        return tunnel.signed(new Ticket(
                good.id(),
                good.session(),
                good.stream(),
                good.device(),
                side,
                bound,
                good.service(),
                good.kind(),
                good.relay(),
                good.rate(),
                good.recorded(),
                expires,
                good.end(),
                good.key()));
    }

    private void nobodyGetsIn(Map<String, String> strangers) throws IOException {
        for (Map.Entry<String, String> each : strangers.entrySet()) {
            assertThat(stranger.refused(each.getValue(), TRIES))
                    .as(each.getKey())
                    .isEqualTo(TRIES);
        }
    }

    @Test
    void no_viewer_without_leave_sees_a_byte() throws IOException {
        WebSocket instrument = await(tunnel.agent(session, stream, UnaryOperator.identity()));
        Void unused = await(instrument.writeBinaryMessage(Buffer.buffer(DESKTOP)));
        Instant later = tunnel.clock.instant().plus(Ticket.LIFE);
        String used = tunnel.signed(tunnel.ticket(session, tunnel.ids.next(), Side.VIEWER));
        WebSocket unusedFirst = await(tunnel.viewer(used));
        String over = tunnel.ids.next();
        tunnel.relay.end(over, StreamCause.ENDED_AT_INSTRUMENT);

        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("without a ticket", "");
        bad.put(
                "forged",
                viewer(new TestTunnel.Signer()
                        .sign(tunnel.ticket(session, stream, Side.VIEWER).statement())));
        bad.put("used", viewer(used));
        bad.put("expired", viewer(ticket(Side.VIEWER, TestTunnel.LOG_IN, tunnel.clock.instant())));
        bad.put("another person's", viewer(ticket(Side.VIEWER, "ee".repeat(32), later)));
        bad.put("the agent's", viewer(ticket(Side.AGENT, TestTunnel.LOG_IN, later)));
        bad.put("ended", viewer(tunnel.signed(tunnel.ticket(over, stream, Side.VIEWER))));
        nobodyGetsIn(bad);

        StringBuilder seen = new StringBuilder();
        WebSocket right = await(tunnel.viewer(session, stream, UnaryOperator.identity()));
        right.handler(seen::append);
        WebSocket unusedListening = right.resume();
        while (seen.length() < DESKTOP.length()) {
            Thread.onSpinWait();
        }
        assertThat(seen).hasToString(DESKTOP);
    }

    @Test
    void no_device_brings_a_byte_that_its_customer_has_not_agreed_to() throws IOException {
        AtomicLong seen = new AtomicLong();
        WebSocket waiting = await(tunnel.viewer(session, stream, UnaryOperator.identity()));
        waiting.handler(bytes -> seen.addAndGet(bytes.length()));
        WebSocket unusedListening = waiting.resume();
        TestTunnel.Signer device = tunnel.device;
        TestTunnel.Signer replaced = new TestTunnel.Signer();
        String own = ReceiptGate.fingerprint(device.certificate);
        String theirs = ReceiptGate.fingerprint(replaced.certificate);
        Instant now = tunnel.clock.instant();
        Instant later = now.plus(Ticket.LIFE);
        Receipt yes = tunnel.receipt(session);
        String good = device.sign(yes.statement());
        String fresh = ticket(Side.AGENT, own, later);

        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("without a receipt", Relay.TICKET_HEADER + ": " + fresh + "\r\n");
        bad.put("denied", agent(fresh, device.sign(receipt(yes, own, false, yes.at(), yes.device()))));
        bad.put("late", agent(fresh, device.sign(receipt(yes, own, true, now.minusSeconds(1), yes.device()))));
        bad.put("forged", agent(fresh, replaced.sign(yes.statement())));
        bad.put(
                "by a key that the database was made to name",
                agent(
                        ticket(Side.AGENT, theirs, later),
                        replaced.sign(receipt(yes, theirs, true, yes.until(), yes.device()))));
        bad.put(
                "replayed from another session",
                agent(fresh, device.sign(tunnel.receipt(tunnel.ids.next()).statement())));
        bad.put("another device's", agent(fresh, device.sign(receipt(yes, own, true, yes.until(), "analyser-8"))));
        bad.put("with an expired ticket", agent(ticket(Side.AGENT, own, now), good));
        bad.put("with another device's ticket", agent(ticket(Side.AGENT, theirs, later), good));
        bad.put("with the viewer's ticket", agent(ticket(Side.VIEWER, own, later), good));
        nobodyGetsIn(bad);

        assertThat(seen).hasValue(0);
        assertThat(tunnel.relay.open()).isEmpty();
    }

    private static byte[] receipt(Receipt from, String certificate, boolean granted, Instant until, String device) {
        Instant at = until.isBefore(from.at()) ? until.minusSeconds(60) : from.at();
        return new Receipt(
                        device,
                        certificate,
                        from.session(),
                        from.request(),
                        granted ? Receipt.Decision.GRANTED : Receipt.Decision.DECLINED,
                        granted ? from.services() : List.<SessionService>of(),
                        at,
                        until,
                        from.means(),
                        from.approver(),
                        from.policy(),
                        from.nonce(),
                        from.number())
                .statement();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Not masked; compressed; of an unknown kind; of 2^63-1 bytes; of one byte too many; a ping of 126
                // bytes; a
                // ping in pieces; a piece of nothing; a last word of one byte; no frame at all.
                "8203616263",
                "c28300000000616263",
                "838000000000",
                "82ff7fffffffffffffff00000000",
                "82fe800100000000",
                "89fe007e00000000",
                "098000000000",
                "808000000000",
                "88810000000003",
                "474554202f20485454502f312e310d0a0d0a"
            })
    void nonsense_ends_the_stream_and_nothing_of_it_passes(String nonsense) throws IOException {
        AtomicLong seen = new AtomicLong();
        Future<Integer> told = stream(seen);

        stranger.writes(HexFormat.of().parseHex(nonsense));
        stranger.untilClosed();

        assertThat(await(told))
                .isIn(StreamCause.OTHER_SIDE_GONE.code(), StreamCause.PROTOCOL.code(), StreamCause.LEFT.code());
        assertThat(seen).hasValue(0);
        assertThat(tunnel.relay.open()).isEmpty();
    }

    @Test
    void a_flood_of_pings_ends_the_stream_before_its_answers_fill_the_memory() throws IOException {
        Future<Integer> told = stream(new AtomicLong());
        byte[] ping = new byte[6 + 125];
        ping[0] = (byte) 0x89;
        ping[1] = (byte) (0x80 | 125);
        try {
            for (int i = 0; i < 200_000 && !told.isComplete(); i++) {
                stranger.writes(ping);
            }
        } catch (IOException closed) {
            // As it should be.
        }
        assertThat(await(told)).isEqualTo(StreamCause.PROTOCOL.code());
    }

    @Test
    void text_and_pieces_of_frames_are_bytes_as_any() throws IOException {
        AtomicLong seen = new AtomicLong();
        Future<Integer> told = stream(seen);
        byte[] pieces =
                HexFormat.of().parseHex("018200000000" + "6162" + "008100000000" + "63" + "808100000000" + "64");
        stranger.writes(Arrays.copyOf(pieces, pieces.length));
        while (seen.get() < 4) {
            Thread.onSpinWait();
        }
        assertThat(told.isComplete()).isFalse();
    }

    /** A stream whose viewer is the stranger; answers with which code its agent is closed. */
    private Future<Integer> stream(AtomicLong seen) throws IOException {
        WebSocket instrument = await(tunnel.agent(session, stream, UnaryOperator.identity()));
        instrument.handler(bytes -> seen.addAndGet(bytes.length()));
        Future<Integer> told = tunnel.closing(instrument);
        assertThat(stranger.asks(viewer(tunnel.signed(tunnel.ticket(session, stream, Side.VIEWER)))))
                .isEqualTo(101);
        return told;
    }
}
