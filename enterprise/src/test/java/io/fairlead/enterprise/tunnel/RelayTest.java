package io.fairlead.enterprise.tunnel;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.fairlead.statements.Transcript;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams through a relay, over real sockets. */
class RelayTest {
    private final ManualTimers timers = new ManualTimers();
    private TestTunnel tunnel = new TestTunnel(timers, ticket -> StreamTap.NONE);
    private final String session = tunnel.ids.next();
    private final String stream = tunnel.ids.next();

    @AfterEach
    void close() {
        tunnel.close();
    }

    private Future<WebSocket> agent() {
        return tunnel.agent(session, stream, UnaryOperator.identity());
    }

    private Future<WebSocket> viewer() {
        return tunnel.viewer(session, stream, UnaryOperator.identity());
    }

    private static Future<Buffer> bytes(WebSocket socket, int count) {
        Buffer got = Buffer.buffer();
        Promise<Buffer> all = Promise.promise();
        socket.handler(piece -> {
            got.appendBuffer(piece);
            if (got.length() >= count) {
                all.tryComplete(got);
            }
        });
        WebSocket unusedListening = socket.resume();
        return all.future();
    }

    private Future<Integer> closing(WebSocket socket) {
        return tunnel.closing(socket);
    }

    @Test
    void bytes_go_both_ways_whoever_comes_first() {
        for (boolean agentFirst : new boolean[] {true, false}) {
            String other = tunnel.ids.next();
            Future<WebSocket> first = agentFirst
                    ? tunnel.agent(session, other, UnaryOperator.identity())
                    : tunnel.viewer(session, other, UnaryOperator.identity());
            // What is said before the other side is there is not lost.
            Buffer early = Buffer.buffer("early");
            Void unused = await(first.compose(socket -> socket.writeBinaryMessage(early)));
            WebSocket second = await(
                    agentFirst
                            ? tunnel.viewer(session, other, UnaryOperator.identity())
                            : tunnel.agent(session, other, UnaryOperator.identity()));
            assertThat(await(bytes(second, early.length()))).isEqualTo(early);

            Buffer large = Buffer.buffer(new byte[1_000_000]).setByte(999_999, (byte) 7);
            Future<Buffer> got = bytes(first.result(), large.length());
            Void unusedWritten = await(second.writeBinaryMessage(large));
            assertThat(await(got)).isEqualTo(large);
            assertThat(second.subProtocol()).isEqualTo(agentFirst ? Relay.SUBPROTOCOL : null);
        }
        assertThat(tunnel.relay.open()).hasSize(2);
    }

    @Test
    void when_one_side_leaves_the_other_hears_why_and_what_was_carried_is_known() {
        WebSocket agent = await(agent());
        WebSocket viewer = await(viewer());
        Future<Integer> told = closing(viewer);
        Future<Buffer> got = bytes(agent, 5);
        Void unused = await(viewer.writeBinaryMessage(Buffer.buffer("12345")));
        assertThat(await(got)).hasToString("12345");
        Void unusedClosed = await(agent.close((short) StreamCause.ENDED_AT_INSTRUMENT.code(), "no"));

        assertThat(await(told)).isEqualTo(StreamCause.ENDED_AT_INSTRUMENT.code());
        assertThat(tunnel.heard).containsExactly("opened " + stream, "closed " + stream + " ENDED_AT_INSTRUMENT");
        assertThat(tunnel.figures.get(stream).fromViewer()).isEqualTo(5);
    }

    @Test
    void an_agent_cannot_speak_for_an_operator() {
        WebSocket agent = await(agent());
        Future<Integer> told = closing(await(viewer()));
        Void unused = await(agent.close((short) StreamCause.ENDED_BY_OPERATOR.code(), "no"));
        assertThat(await(told)).isEqualTo(StreamCause.OTHER_SIDE_GONE.code());
    }

    @Test
    void a_session_that_is_ended_takes_all_its_streams_and_tickets_along() {
        String second = tunnel.ids.next();
        String alone = tunnel.ids.next();
        List<Future<Integer>> told = new ArrayList<>();
        for (String each : List.of(stream, second)) {
            told.add(closing(await(tunnel.agent(session, each, UnaryOperator.identity()))));
            told.add(closing(await(tunnel.viewer(session, each, UnaryOperator.identity()))));
        }
        told.add(closing(await(tunnel.agent(session, alone, UnaryOperator.identity()))));
        WebSocket others = await(tunnel.agent(tunnel.ids.next(), tunnel.ids.next(), UnaryOperator.identity()));

        tunnel.relay.end(session, StreamCause.ENDED_BY_ENGINEER);

        for (Future<Integer> each : told) {
            assertThat(await(each)).isEqualTo(StreamCause.ENDED_BY_ENGINEER.code());
        }
        assertThat(tunnel.relay.open()).isEmpty();
        assertThat(others.isClosed()).isFalse();
        refused(tunnel.agent(session, tunnel.ids.next(), UnaryOperator.identity()));
    }

    @Test
    void whoever_waits_in_vain_is_told_when_his_ticket_is_over() {
        Future<Integer> told = closing(await(agent()));
        timers.fire(Ticket.LIFE);
        assertThat(await(told)).isEqualTo(StreamCause.NOBODY_CAME.code());
    }

    @Test
    void the_end_of_the_session_ends_it_whatever_anybody_says() {
        Future<Integer> told = closing(await(agent()));
        WebSocket unusedViewer = await(viewer());
        tunnel.clock.advance(Duration.ofMinutes(30));
        timers.fire(Duration.ofSeconds(5));
        assertThat(await(told)).isEqualTo(StreamCause.EXPIRED.code());
    }

    @Test
    void a_desktop_at_which_nobody_does_anything_is_closed_however_much_it_shows() {
        WebSocket agent = await(agent());
        Future<Integer> told = closing(agent);
        WebSocket viewer = await(viewer());
        String other = tunnel.ids.next();
        WebSocket unusedBeside = await(tunnel.agent(session, other, UnaryOperator.identity()));
        WebSocket beside = await(tunnel.viewer(session, other, UnaryOperator.identity()));
        Buffer greeting = Buffer.buffer("RFB 003.008\n\1\1");
        Buffer asks = Buffer.buffer(new byte[] {3, 1, 0, 0, 0, 0, 4, 0, 3, 0});
        Buffer key = Buffer.buffer(new byte[] {4, 1, 0, 0, 0, 0, 0, 97});
        tunnel.passes(beside, greeting);
        tunnel.passes(viewer, greeting);
        for (WebSocket by : List.of(viewer, beside)) {
            tunnel.nanos.addAndGet(TestTunnel.IDLE.toNanos() - 1);
            tunnel.passes(by, key);
        }
        timers.fire(Duration.ofSeconds(5));
        assertThat(tunnel.relay.open()).hasSize(2);

        tunnel.nanos.addAndGet(TestTunnel.IDLE.toNanos() + 1);
        tunnel.passes(viewer, asks);
        Void unused = await(agent.writeBinaryMessage(Buffer.buffer(new byte[100_000])));
        timers.fire(Duration.ofSeconds(5));

        assertThat(await(told)).isEqualTo(StreamCause.IDLE.code());
        assertThat(tunnel.relay.open()).isEmpty();
    }

    @Test
    void a_reader_that_takes_nothing_costs_little_and_is_closed_after_a_minute() {
        WebSocket agent = await(agent());
        WebSocket viewer = await(viewer());
        AtomicLong taken = new AtomicLong();
        // The largest that anybody may send.
        Buffer piece = Buffer.buffer(new byte[Relay.MOST_FRAME]);
        Promise<Void> stuck = Promise.promise();
        send(agent, piece, taken, stuck);
        // What the sockets of both legs hold goes; then nothing more does.
        long before = -1;
        for (long now = taken.get(); now != before || now == 0; now = taken.get()) {
            before = now;
            Object passed = await(tunnel.vertx.timer(300).map("passed"));
            assertThat(passed).isEqualTo("passed");
        }
        assertThat(tunnel.relay.open()).hasSize(1);
        // What the agent's system has taken and the viewer's has not: the two sockets between hold up to half a MiB
        // of it.
        long passed = tunnel.relay.open().get(0).figures().fromAgent();
        assertThat(before - passed).isBetween(64L << 10, 3L << 19);

        Future<Integer> told = closing(agent);
        tunnel.nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        timers.fire(Duration.ofSeconds(5));
        assertThat(await(told)).isEqualTo(StreamCause.STALLED.code());
        assertThat(await(closing(viewer))).isEqualTo(StreamCause.STALLED.code());
    }

    private static void send(WebSocket to, Buffer piece, AtomicLong taken, Promise<Void> stuck) {
        to.writeBinaryMessage(piece).onComplete(done -> {
            if (done.succeeded()) {
                taken.addAndGet(piece.length());
                send(to, piece, taken, stuck);
            } else {
                stuck.tryComplete();
            }
        });
    }

    @Test
    void a_side_that_says_nothing_is_gone_after_45_seconds_however_the_pings_fall() throws Exception {
        WebSocket agent = await(agent());
        Future<Integer> told = closing(agent);
        try (Stranger silent = new Stranger(tunnel.port())) {
            String ticket = tunnel.signed(tunnel.ticket(session, stream, Ticket.Side.VIEWER));
            assertThat(silent.asks("Sec-WebSocket-Protocol: binary, " + Relay.TICKET_SUBPROTOCOL + ticket + "\r\n"))
                    .isEqualTo(101);
            until("both", () -> tunnel.relay.open().size() == 1);
            for (long millis : new long[] {20_000, 20_000, 4_999}) {
                tunnel.nanos.addAndGet(Duration.ofMillis(millis).toNanos());
                long heard = tunnel.relay.open().get(0).figures().fromAgent();
                Void unused = await(agent.writeBinaryMessage(Buffer.buffer("a")));
                until(
                        "the agent's word",
                        () -> tunnel.relay.open().get(0).figures().fromAgent() > heard);
                timers.fire(Duration.ofSeconds(20));
                assertThat(tunnel.relay.open()).hasSize(1);
            }
            tunnel.nanos.addAndGet(Duration.ofMillis(1).toNanos());
            timers.fire(Duration.ofMillis(1));
            assertThat(await(told)).isEqualTo(StreamCause.OTHER_SIDE_GONE.code());
        }
    }

    private static void until(String what, BooleanSupplier holds) throws InterruptedException {
        for (int i = 0; i < 2_000 && !holds.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(holds.getAsBoolean()).as(what).isTrue();
    }

    @Test
    void what_cannot_be_recorded_is_not_shown() {
        tunnel.close();
        StreamTap full = new StreamTap() {
            @Override
            public Future<Void> take(boolean fromAgent, Buffer bytes) {
                return Future.failedFuture(new TapFailed(new IOException("No space left on device")));
            }

            @Override
            public void statement(SignedText said) {
                throw new AssertionError("nobody says anything");
            }

            @Override
            public Future<Void> close(StreamCause cause) {
                return Future.succeededFuture();
            }
        };
        tunnel = new TestTunnel(timers, ticket -> full);
        WebSocket agent = await(agent());
        Future<Integer> told = closing(await(viewer()));
        Void unused = await(agent.writeBinaryMessage(Buffer.buffer("a")));
        assertThat(await(told)).isEqualTo(StreamCause.NOT_RECORDED.code());
    }

    @Test
    void of_many_who_show_one_ticket_one_is_let_in() {
        Ticket ticket = tunnel.ticket(session, stream, Ticket.Side.VIEWER);
        String header = tunnel.signed(ticket);
        List<Future<WebSocket>> tries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tries.add(tunnel.viewer(header));
        }
        Boolean unused = await(Future.join(tries).transform(all -> Future.succeededFuture(true)));
        assertThat(tries.stream().filter(Future::succeeded)).hasSize(1);
    }

    @Test
    void tickets_that_are_of_two_streams_do_not_meet() {
        WebSocket agent = await(agent());
        Future<Integer> told = closing(agent);
        Future<Integer> viewers = closing(await(tunnel.viewer(tunnel.ids.next(), stream, UnaryOperator.identity())));
        assertThat(await(told)).isEqualTo(StreamCause.NOT_ALLOWED.code());
        assertThat(await(viewers)).isEqualTo(StreamCause.NOT_ALLOWED.code());
    }

    /** Writes down what a stream carried, in its order. */
    private static final class Notes implements StreamTap {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        final Promise<Void> closed = Promise.promise();

        @Override
        public Future<Void> take(boolean fromAgent, Buffer bytes) {
            lines.add((fromAgent ? "sent " : "received ") + bytes);
            return Future.succeededFuture();
        }

        @Override
        public void statement(SignedText said) {
            lines.add("statement "
                    + said.toString()
                            .lines()
                            .filter(line -> line.startsWith("sent"))
                            .findFirst()
                            .orElseThrow()
                            .split(" ")[1]);
        }

        @Override
        public Future<Void> close(StreamCause cause) {
            lines.add("closed " + cause);
            closed.complete();
            return Future.succeededFuture();
        }
    }

    private Notes noted() {
        tunnel.close();
        Notes notes = new Notes();
        tunnel = new TestTunnel(timers, ticket -> notes);
        return notes;
    }

    private String said(TestTunnel.Signer by, String of, int number, boolean last, long sent) {
        Transcript.Side none = new Transcript.Side(sent, "ee".repeat(32));
        return by.sign(
                new Transcript("analyser-7", session, of, "desktop", Ticket.Kind.RFB, number, last, 0, none, none)
                        .statement());
    }

    @Test
    void what_an_agent_says_of_its_stream_is_noted_in_its_place_and_shown_to_nobody() {
        Notes notes = noted();
        WebSocket agent = await(agent());
        WebSocket viewer = await(viewer());
        Future<Buffer> shown = bytes(viewer, 6);
        Void unusedFirst = await(agent.writeBinaryMessage(Buffer.buffer("one")));
        Void unusedSaid = await(agent.writeTextMessage(said(tunnel.device, stream, 1, false, 3)));
        Void unusedSecond = await(agent.writeBinaryMessage(Buffer.buffer("two")));
        assertThat(await(shown)).hasToString("onetwo");

        WebSocket unusedListening = agent.resume();
        Void unusedLeft = await(viewer.close());
        Void unusedEnd = await(notes.closed.future());
        assertThat(notes.lines).containsExactly("sent one", "statement 3", "sent two", "closed LEFT");
    }

    @Test
    void the_last_word_is_noted_before_the_end() {
        Notes notes = noted();
        WebSocket agent = await(agent());
        WebSocket viewer = await(viewer());
        Future<Integer> told = closing(viewer);
        Void unusedLate = await(agent.writeBinaryMessage(Buffer.buffer("late")));
        Void unusedSaid = await(agent.writeTextMessage(said(tunnel.device, stream, 1, true, 4)));
        Void unusedClosed = await(agent.close((short) StreamCause.ENDED_AT_INSTRUMENT.code(), "no"));
        assertThat(await(told)).isEqualTo(StreamCause.ENDED_AT_INSTRUMENT.code());
        Void unusedEnd = await(notes.closed.future());
        assertThat(notes.lines).containsExactly("sent late", "statement 4", "closed ENDED_AT_INSTRUMENT");
    }

    @Test
    void a_word_that_is_not_of_this_stream_and_this_device_ends_it() {
        TestTunnel.Signer stranger = new TestTunnel.Signer();
        List<Supplier<String>> wrong = List.of(
                () -> "nonsense",
                () -> "",
                () -> said(stranger, stream, 1, false, 0),
                () -> said(tunnel.device, tunnel.ids.next(), 1, false, 0),
                () -> said(tunnel.device, stream, 2, false, 0),
                () -> tunnel.device.sign(tunnel.receipt(session).statement()));
        for (Supplier<String> each : wrong) {
            Notes notes = noted();
            WebSocket agent = await(agent());
            Future<Integer> told = closing(await(viewer()));
            Void unused = await(agent.writeTextMessage(each.get()));
            assertThat(await(told)).isEqualTo(StreamCause.PROTOCOL.code());
            assertThat(notes.lines).noneMatch(line -> line.startsWith("statement"));
        }
    }

    private static void refused(Future<WebSocket> tried) {
        Boolean failed = await(tried.transform(done -> Future.succeededFuture(done.failed())));
        assertThat(failed).isTrue();
    }
}
