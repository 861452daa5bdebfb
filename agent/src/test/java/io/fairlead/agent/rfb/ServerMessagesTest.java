package io.fairlead.agent.rfb;

import static io.fairlead.agent.rfb.Bytes.of;
import static io.fairlead.agent.rfb.Bytes.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerMessagesTest {
    private static final Terms VIEW = new Terms(Scope.VIEW, false);
    private static final Terms TEXTS = new Terms(Scope.CONTROL, true);

    private final ByteArrayOutputStream viewer = new ByteArrayOutputStream();
    private final Tally tally = new Tally();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_is_known_passes_unchanged_and_its_end_is_found(String name, byte[] format, Bytes message) {
        Screen screen = screen(format);
        // A bell behind it shows that the end was found: within a rectangle it would be data.
        byte[] sent =
                new Bytes().add(message.all()).u8(2).add(message.all()).u8(2).all();

        Ended ended = pass(new Bytes().add(sent), screen, TEXTS);

        assertThat(ended).isEqualTo(new Ended.Left(Side.SERVER));
        assertThat(viewer.toByteArray()).isEqualTo(sent);
    }

    static Stream<Arguments> what_is_known_passes_unchanged_and_its_end_is_found() {
        byte[] f32 = new Bytes().format32().all();
        byte[] f16 = new Bytes().format16().all();
        byte[] f8 = new Bytes().format8().all();
        byte[] deep = new Bytes()
                .u8(32, 32, 0, 1)
                .u16(255, 255, 255)
                .u8(0, 8, 16, 0, 0, 0)
                .all();
        byte[] map = new Bytes().u8(8, 8, 0, 0).fill(12).all();
        return Stream.of(
                arguments("no rectangle", f32, of(0, 0, 0, 0)),
                arguments("raw 32", f32, picture(1, 2, 5, 3, 0).fill(60)),
                arguments("raw 16", f16, picture(0, 0, 5, 3, 0).fill(30)),
                arguments("raw 8", f8, picture(0, 0, 5, 3, 0).fill(15)),
                arguments("raw by a colour map", map, picture(0, 0, 5, 3, 0).fill(15)),
                arguments(
                        "raw at the far corner", f8, picture(795, 597, 5, 3, 0).fill(15)),
                arguments("raw of nothing", f32, picture(800, 600, 0, 0, 0)),
                arguments("copy", f32, picture(0, 0, 10, 10, 1).u16(790, 590)),
                arguments("cursor", f32, picture(3, 4, 9, 5, -239).fill(9 * 5 * 4 + 2 * 5)),
                arguments("no cursor", f32, picture(0, 0, 0, 0, -239)),
                arguments("size", f32, picture(0, 0, 800, 600, -223)),
                arguments("last", f32, of(0, 0).u16(65_535).rectangle(0, 0, 0, 0, -224)),
                arguments("zrle", f32, picture(0, 0, 64, 64, 16).u32(300).fill(300)),
                arguments("tight fill", f32, picture(0, 0, 300, 200, 7).u8(0x8F).fill(3)),
                arguments(
                        "tight fill, depth 32",
                        deep,
                        picture(0, 0, 3, 2, 7).u8(0x80).fill(4)),
                arguments("tight fill 16", f16, picture(0, 0, 3, 2, 7).u8(0x80).fill(2)),
                arguments(
                        "tight JPEG",
                        f32,
                        picture(0, 0, 30, 20, 7).u8(0x90, 100).fill(100)),
                arguments(
                        "tight, two bytes of length",
                        f32,
                        picture(0, 0, 300, 200, 7).u8(0, 0x90, 0x4E).fill(10_000)),
                arguments(
                        "tight, three bytes of length",
                        f32,
                        picture(0, 0, 300, 200, 7).u8(0x30, 0x81, 0x81, 0x01).fill(1 + (1 << 7) + (1 << 14))),
                arguments("tight, small", f32, picture(0, 0, 3, 1, 7).u8(0x10).fill(9)),
                arguments(
                        "tight, at 12 bytes",
                        f32,
                        picture(0, 0, 4, 1, 7).u8(0x10, 2).fill(2)),
                arguments(
                        "tight, copy filter",
                        f32,
                        picture(0, 0, 3, 1, 7).u8(0x40, 0).fill(9)),
                arguments(
                        "tight, gradient",
                        f16,
                        picture(0, 0, 3, 1, 7).u8(0x70, 2).fill(6)),
                arguments(
                        "tight, 2 colours",
                        f32,
                        picture(0, 0, 9, 5, 7).u8(0x50, 1, 1).fill(6 + 2 * 5)),
                arguments(
                        "tight, 2 colours, more",
                        f32,
                        picture(0, 0, 9, 6, 7).u8(0x50, 1, 1).fill(6).u8(5).fill(5)),
                arguments(
                        "tight, 3 colours",
                        f32,
                        picture(0, 0, 11, 1, 7).u8(0x50, 1, 2).fill(9 + 11)),
                arguments(
                        "tight, 256 colours",
                        f16,
                        picture(0, 0, 4, 3, 7).u8(0x50, 1, 255).fill(512).u8(6).fill(6)),
                arguments(
                        "tight, 2 colours of 8 bits",
                        f8,
                        picture(0, 0, 8, 1, 7).u8(0x50, 1, 1).fill(2 + 1)),
                arguments("colours", map, of(1, 0).u16(250, 6).fill(36)),
                arguments("text", f32, of(3, 0, 0, 0).u32(5).text("hello")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_is_not_known_or_out_of_bounds_ends_it(String what, Bytes message) {
        Ended ended = pass(message.fill(64), screen(new Bytes().format32().all()), VIEW);

        assertThat(ended).isEqualTo(new Ended.Broke(Side.SERVER, what));
    }

    static Stream<Arguments> what_is_not_known_or_out_of_bounds_ends_it() {
        String outside = "a rectangle outside of the desktop: ";
        return Stream.of(
                arguments("message of type 4", of(4)),
                arguments("message of type 255", of(255)),
                arguments(outside + "2 x 1 at 799, 0", picture(799, 0, 2, 1, 0)),
                arguments(outside + "1 x 2 at 0, 599", picture(0, 599, 1, 2, 16)),
                arguments(outside + "65535 x 65535 at 65535, 65535", picture(65_535, 65_535, 65_535, 65_535, 7)),
                arguments(
                        "a copy from outside of the desktop: 9 x 9 at 792, 0",
                        picture(0, 0, 9, 9, 1).u16(792, 0)),
                arguments("encoding 5, which was not offered", picture(0, 0, 1, 1, 5)),
                arguments("encoding -308, which was not offered", picture(0, 0, 1, 1, -308)),
                arguments("a desktop of 16385 x 1", picture(0, 0, 16_385, 1, -223)),
                arguments("a desktop of 0 x 1", picture(0, 0, 0, 1, -223)),
                arguments("a cursor of 1025 x 1, its point at 0, 0", picture(0, 0, 1_025, 1, -239)),
                arguments("a cursor of 8 x 8, its point at 8, 0", picture(8, 0, 8, 8, -239)),
                arguments(
                        "a rectangle of 1 pixels in 4294967295 bytes",
                        picture(0, 0, 1, 1, 16).u32(0xFFFF_FFFFL)),
                arguments("Tight: control byte 160", picture(0, 0, 1, 1, 7).u8(0xA0)),
                arguments("Tight: control byte 240", picture(0, 0, 1, 1, 7).u8(0xF0)),
                arguments("Tight: filter 3 with 32 bits", picture(0, 0, 1, 1, 7).u8(0x40, 3)),
                arguments(
                        "Tight: a palette of one colour", picture(0, 0, 1, 1, 7).u8(0x40, 1, 0)),
                arguments("colours 65535 to 65536", of(1, 0).u16(65_535, 2)),
                arguments("a text of 16777217 bytes", of(3, 0, 0, 0).u32(CutText.MOST + 1)));
    }

    @Test
    void eight_bits_have_no_gradient() {
        Screen screen = screen(new Bytes().format8().all());

        assertThat(pass(picture(0, 0, 4, 4, 7).u8(0x40, 2), screen, VIEW))
                .isEqualTo(new Ended.Broke(Side.SERVER, "Tight: filter 2 with 8 bits"));
    }

    @Test
    void a_new_size_holds_for_the_next_rectangle() {
        Screen screen = screen(new Bytes().format8().all());

        Ended ended = pass(
                of(0, 0).u16(2)
                        .rectangle(0, 0, 900, 10, -223)
                        .rectangle(899, 9, 1, 1, 0)
                        .u8(7),
                screen,
                VIEW);

        assertThat(ended).isEqualTo(new Ended.Left(Side.SERVER));
        assertThat(screen.width()).isEqualTo(900);
        assertThat(pass(picture(0, 0, 1, 11, 0), screen, VIEW)).isInstanceOf(Ended.Broke.class);
    }

    @Test
    void an_encoding_that_the_viewer_did_not_offer_ends_it() {
        Screen screen = new Screen(
                new Desktop(800, 600, Bytes.format(new Bytes().format32().all()), "x"));
        screen.requested();
        screen.requested();

        assertThat(pass(picture(0, 0, 1, 1, 0).fill(4), screen, VIEW)).isEqualTo(new Ended.Left(Side.SERVER));
        assertThat(pass(picture(0, 0, 1, 1, 7).u8(0x80).fill(3), screen, VIEW))
                .isEqualTo(new Ended.Broke(Side.SERVER, "encoding 7, which was not offered"));
    }

    /** Else a server could send one in the server's format, which a viewer reads in the format that it has just chosen. */
    @Test
    void a_picture_that_nobody_asked_for_ends_it_but_a_new_size_passes() {
        Screen screen = new Screen(
                new Desktop(800, 600, Bytes.format(new Bytes().format32().all()), "x"));
        screen.offers(EnumSet.allOf(Encoding.class));
        Bytes size = picture(0, 0, 900, 700, -223);
        Bytes raw = picture(0, 0, 1, 1, 0).fill(4);

        assertThat(pass(size, screen, VIEW)).isEqualTo(new Ended.Left(Side.SERVER));
        assertThat(pass(raw, screen, VIEW)).isEqualTo(new Ended.Broke(Side.SERVER, "a picture that nobody asked for"));
        screen.requested();
        // A size that comes between request and answer takes nothing from the answer.
        assertThat(pass(size, screen, VIEW)).isEqualTo(new Ended.Left(Side.SERVER));
        assertThat(pass(raw, screen, VIEW)).isEqualTo(new Ended.Left(Side.SERVER));
        assertThat(pass(raw, screen, VIEW)).isInstanceOf(Ended.Broke.class);
    }

    @Test
    void a_text_of_the_clipboard_is_dropped_unless_the_customer_lets_it_pass() {
        Screen screen = screen(new Bytes().format32().all());
        Bytes sent = of(3, 0, 0, 0).u32(5).text("hello").u8(2);

        assertThat(pass(sent, screen, VIEW)).isEqualTo(new Ended.Left(Side.SERVER));
        assertThat(pass(sent, screen, new Terms(Scope.VIEW, true))).isEqualTo(new Ended.Left(Side.SERVER));
        assertThat(pass(sent, screen, new Terms(Scope.CONTROL, false))).isEqualTo(new Ended.Left(Side.SERVER));

        assertThat(viewer.toByteArray()).containsExactly(2, 2, 2);
        assertThat(tally.counts().droppedTexts()).isEqualTo(3);
    }

    @Test
    void a_long_text_of_the_clipboard_is_dropped_and_costs_no_desktop() {
        Bytes sent = of(3, 0, 0, 0)
                .u32(CutText.LONGEST + 1)
                .fill(CutText.LONGEST + 1)
                .u8(2);

        assertThat(pass(sent, screen(new Bytes().format32().all()), TEXTS)).isEqualTo(new Ended.Left(Side.SERVER));

        assertThat(viewer.toByteArray()).containsExactly(2);
    }

    private static Screen screen(byte[] format) {
        Screen screen = new Screen(new Desktop(800, 600, Bytes.format(format), "x"));
        screen.offers(EnumSet.allOf(Encoding.class));
        for (int i = 0; i < 10; i++) {
            screen.requested();
        }
        return screen;
    }

    private Ended pass(Bytes sent, Screen screen, Terms terms) {
        Sink to = Bytes.into(viewer, Side.VIEWER);
        try {
            new ServerMessages(sent.as(Side.SERVER), to, screen, terms, tally).pass();
            throw new AssertionError();
        } catch (Over e) {
            try {
                to.flush();
            } catch (Over never) {
                throw new AssertionError(never);
            }
            return e.ended();
        }
    }
}
