package io.fairlead.agent.rfb;

import static io.fairlead.agent.rfb.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ViewerMessagesTest {
    private static final Terms ALL = new Terms(Scope.CONTROL, true);
    private static final Bytes INPUT = of(4, 1, 0, 0)
            .u32('a')
            .u8(4, 0, 0, 0)
            .u32('a')
            .u8(5, 1)
            .u16(10, 20)
            .u8(6, 0, 0, 0)
            .u32(2)
            .text("hi");

    private final ByteArrayOutputStream server = new ByteArrayOutputStream();
    private final Tally tally = new Tally();
    private final AtomicBoolean gate = new AtomicBoolean(true);
    private final AtomicLong ticks = new AtomicLong();
    private final Screen screen =
            new Screen(new Desktop(800, 600, Bytes.format(new Bytes().format16().all()), "x"));

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_the_viewer_says_is_written_anew(String name, Bytes said, Bytes written) {
        assertThat(pass(said, ALL)).isEqualTo(new Ended.Left(Side.VIEWER));
        assertThat(server.toByteArray()).isEqualTo(written.all());
    }

    static Stream<Arguments> what_the_viewer_says_is_written_anew() {
        return Stream.of(
                arguments("format", of(0, 9, 9, 9).format32(), of(0, 0, 0, 0).format32()),
                arguments(
                        "encodings",
                        of(2, 9).u16(8).u32(1, 7, 5, -26, 1, -308, -250, 0xC0A1E5CEL),
                        of(2, 0).u16(4).u32(1, 7, -26, -250)),
                arguments("no encodings", of(2, 0).u16(1).u32(5), of(2, 0).u16(0)),
                arguments("request", of(3, 1).u16(0, 0, 800, 600), of(3, 1).u16(0, 0, 800, 600)),
                arguments("request beyond", of(3, 77).u16(700, 500, 65_535, 200), of(3, 1).u16(700, 500, 100, 100)),
                arguments("request outside", of(3, 0).u16(900, 900, 9, 9), of(3, 0).u16(800, 600, 0, 0)),
                arguments("key", of(4, 9, 9, 9).u32(0xFF0D), of(4, 1, 0, 0).u32(0xFF0D)),
                arguments("key up", of(4, 0, 9, 9).u32(0xFF0D), of(4, 0, 0, 0).u32(0xFF0D)),
                arguments("pointer", of(5, 0).u16(1, 2), of(5, 0).u16(1, 2)),
                arguments("pointer beyond", of(5, 0).u16(800, 65_535), of(5, 0).u16(799, 599)),
                arguments(
                        "text",
                        of(6, 9, 9, 9).u32(2).text("hi"),
                        of(6, 0, 0, 0).u32(2).text("hi")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_is_not_known_or_out_of_bounds_ends_it(String what, Bytes said) {
        assertThat(pass(said, ALL)).isEqualTo(new Ended.Broke(Side.VIEWER, what));
        assertThat(server.toByteArray()).isEmpty();
    }

    static Stream<Arguments> what_is_not_known_or_out_of_bounds_ends_it() {
        return Stream.of(
                arguments("message of type 1", of(1)),
                arguments("message of type 248", of(248)),
                arguments("257 encodings", of(2, 0).u16(257)),
                arguments("key 536870912", of(4, 1, 0, 0).u32(0x2000_0000)),
                arguments("key 4294967295", of(4, 1, 0, 0).u32(0xFFFF_FFFFL)),
                arguments("a text of 4294967295 bytes", of(6, 0, 0, 0).u32(0xFFFF_FFFFL)),
                arguments("pixels of 24 bits", format(24, 24, 1, 255, 0, 8, 16)),
                arguments("a depth of 33 in 32 bits", format(32, 33, 1, 255, 0, 8, 16)),
                arguments("a colour map for 16 bits", format(16, 16, 0, 0, 0, 0, 0)),
                arguments("colours that do not fit into 32 bits", format(32, 24, 1, 254, 0, 8, 16)),
                arguments("colours that do not fit into 32 bits", format(32, 24, 1, 255, 0, 7, 16)),
                arguments("colours that do not fit into 32 bits", format(32, 24, 1, 255, 0, 8, 25)),
                arguments("colours that do not fit into 32 bits", format(32, 24, 1, 255, 0, 8, 255)));
    }

    private static Bytes format(int bits, int depth, int colours, int max, int red, int green, int blue) {
        return of(0, 0, 0, 0, bits, depth, 0, colours).u16(max, max, max).u8(red, green, blue, 0, 0, 0);
    }

    @Test
    void a_format_changes_between_pictures_only() {
        Bytes request = of(3, 1).u16(0, 0, 1, 1);

        assertThat(pass(of(0, 0, 0, 0).format8().add(request.all()), ALL)).isEqualTo(new Ended.Left(Side.VIEWER));
        // The same once more changes nothing.
        assertThat(pass(of(0, 0, 0, 0).format8(), ALL)).isEqualTo(new Ended.Left(Side.VIEWER));
        assertThat(pass(of(0, 0, 0, 0).format32(), ALL))
                .isEqualTo(new Ended.Broke(Side.VIEWER, "a pixel format while a picture was asked for"));
        assertThat(screen.updateBegins().bytes()).isEqualTo(1);
        assertThat(pass(of(0, 0, 0, 0).format32(), ALL)).isEqualTo(new Ended.Left(Side.VIEWER));
        assertThat(screen.updateBegins().bytes()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void input_passes_in_control_scope_only(Scope scope) {
        assertThat(pass(INPUT, new Terms(scope, true))).isEqualTo(new Ended.Left(Side.VIEWER));

        byte[] reached = server.toByteArray();
        assertThat(reached).isEqualTo(scope == Scope.CONTROL ? INPUT.all() : new byte[0]);
        assertThat(tally.counts().droppedInput()).isEqualTo(scope == Scope.CONTROL ? 0 : 4);
    }

    @Test
    void without_leave_for_the_clipboard_all_but_its_text_passes() {
        assertThat(pass(INPUT, new Terms(Scope.CONTROL, false))).isEqualTo(new Ended.Left(Side.VIEWER));

        byte[] all = INPUT.all();
        assertThat(tally.counts().textsIn()).isZero();
        assertThat(server.toByteArray()).isEqualTo(Arrays.copyOf(all, all.length - 10));
    }

    @Test
    void a_long_text_is_dropped_and_costs_no_desktop() {
        Bytes said = of(6, 0, 0, 0)
                .u32(CutText.LONGEST + 1)
                .fill(CutText.LONGEST + 1)
                .u8(5, 0)
                .u16(1, 1);

        assertThat(pass(said, ALL)).isEqualTo(new Ended.Left(Side.VIEWER));

        assertThat(server.toByteArray()).isEqualTo(of(5, 0).u16(1, 1).all());
    }

    @Test
    void no_input_passes_while_the_gate_is_shut_but_pictures_are_asked_for() {
        gate.set(false);
        byte[] request = of(3, 1).u16(0, 0, 800, 600).all();

        assertThat(pass(new Bytes().add(INPUT.all()).add(request).add(INPUT.all()), ALL))
                .isEqualTo(new Ended.Left(Side.VIEWER));

        assertThat(server.toByteArray()).isEqualTo(request);
        assertThat(tally.counts().droppedInput()).isEqualTo(8);
    }

    @Test
    void what_is_held_down_is_released_when_the_gate_shuts() throws Over {
        Sink to = Bytes.into(server, Side.SERVER);
        ServerInput input = new ServerInput(to, ALL, gate::get, ticks::get, tally);
        input.key(true, 0xFFE3);
        input.key(true, 'c');
        input.key(false, 'c');
        input.pointer(5, 30, 40);
        input.flush();
        server.reset();

        gate.set(false);
        input.pointer(5, 90, 90);
        input.key(false, 0xFFE3);
        input.letGo();

        assertThat(server.toByteArray())
                .isEqualTo(of(4, 0, 0, 0).u32(0xFFE3).u8(5, 0).u16(30, 40).all());
    }

    @Test
    void no_more_keys_are_held_down_than_can_be_released() throws Over {
        ServerInput input = new ServerInput(Bytes.into(server, Side.SERVER), ALL, gate::get, ticks::get, tally);
        for (int key = 0; key < 1_000; key++) {
            input.key(true, key);
            input.key(true, key);
        }
        server.reset();

        input.letGo();

        assertThat(tally.counts().keys()).isEqualTo(128);
        assertThat(tally.counts().droppedInput()).isEqualTo(1_872);
        assertThat(server.size()).isLessThanOrEqualTo(64 * 8 + 64);
    }

    @Test
    void idle_is_since_the_last_input_whether_it_passed_or_not() throws Over {
        ServerInput input = new ServerInput(Bytes.into(server, Side.SERVER), ALL, gate::get, ticks::get, tally);
        ticks.set(50);
        assertThat(input.idle()).isEqualTo(50);

        gate.set(false);
        input.key(true, 'a');
        ticks.set(60);
        assertThat(input.idle()).isEqualTo(10);
        input.dropped();
        assertThat(input.idle()).isZero();
    }

    private Ended pass(Bytes said, Terms terms) {
        Sink to = Bytes.into(server, Side.SERVER);
        ServerInput input = new ServerInput(to, terms, gate::get, ticks::get, tally);
        try {
            new ViewerMessages(said.as(Side.VIEWER), input, screen, terms).pass();
            throw new AssertionError();
        } catch (Over e) {
            try {
                input.flush();
            } catch (Over never) {
                throw new AssertionError(never);
            }
            return e.ended();
        }
    }
}
