package io.fairlead.agent.rfb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RfbFilterTest {
    private static final Terms CONTROL = new Terms(Scope.CONTROL, true);
    private static final Bytes CTRL_DOWN = Bytes.of(4, 1, 0, 0).u32(0xFFE3);
    private static final Bytes CTRL_UP = Bytes.of(4, 0, 0, 0).u32(0xFFE3);

    private static final Bytes REQUEST = Bytes.of(3, 0).u16(0, 0, 800, 600);

    private static Between between(Terms terms) throws Exception {
        return new Between(terms, () -> new byte[0]).open();
    }

    @Test
    void pictures_go_one_way_and_input_the_other() throws Exception {
        try (Between between = between(CONTROL)) {
            between.viewer.says(REQUEST);
            between.server.hears(REQUEST);
            Bytes picture = Bytes.picture(0, 0, 800, 600, 0).fill(800 * 600 * 4);
            CompletableFuture<Void> said = CompletableFuture.runAsync(() -> {
                try {
                    between.server.says(picture);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            between.viewer.hears(picture);
            said.get(10, TimeUnit.SECONDS);
            between.viewer.says(CTRL_DOWN);
            between.server.hears(CTRL_DOWN);

            assertThat(between.filter.isOpen()).isTrue();
            assertThat(between.filter.counts())
                    .extracting(Counts::updates, Counts::keys, Counts::droppedInput)
                    .containsExactly(1L, 1L, 0L);
            assertThat(between.filter.counts().bytes()).isGreaterThan(800 * 600 * 4);
        }
    }

    /** A picture is passed while it comes: the viewer has its begin before the server says its end. */
    @Test
    void a_picture_passes_in_pieces() throws Exception {
        try (Between between = between(CONTROL)) {
            between.viewer.says(REQUEST);
            between.server.hears(REQUEST);
            Bytes begin = Bytes.picture(0, 0, 800, 600, 0).fill(1_000);
            between.server.says(begin);
            between.viewer.hears(begin);
        }
    }

    @Test
    void what_a_viewer_holds_down_is_released_when_it_leaves() throws Exception {
        try (Between between = between(CONTROL)) {
            between.viewer.says(CTRL_DOWN);
            between.server.hears(CTRL_DOWN);
            between.viewer.close();

            assertThat(between.ended()).isEqualTo(new Ended.Left(Side.VIEWER));
            assertThat(between.server.hearsToTheEnd()).isEqualTo(CTRL_UP.all());
        }
    }

    @Test
    void what_a_viewer_holds_down_is_released_when_it_is_stopped() throws Exception {
        try (Between between = between(CONTROL)) {
            between.viewer.says(CTRL_DOWN);
            between.server.hears(CTRL_DOWN);
            between.filter.stop();

            assertThat(between.ended()).isEqualTo(new Ended.Stopped());
            assertThat(between.server.hearsToTheEnd()).isEqualTo(CTRL_UP.all());
            assertThat(between.filter.isOpen()).isFalse();
        }
    }

    @Test
    void what_a_viewer_holds_down_is_released_when_the_gate_shuts() throws Exception {
        try (Between between = between(CONTROL)) {
            between.viewer.says(CTRL_DOWN);
            between.server.hears(CTRL_DOWN);
            between.gate.set(false);
            between.filter.letGo();
            between.server.hears(CTRL_UP);
            // All of this is dropped; the request behind it shows that it was read.
            Bytes request = Bytes.of(3, 0).u16(0, 0, 1, 1);
            between.viewer.says(new Bytes()
                    .add(CTRL_DOWN.all())
                    .u8(5, 1)
                    .u16(1, 1)
                    .add(CTRL_UP.all())
                    .add(request.all()));
            between.server.hears(request);
            between.gate.set(true);
            between.viewer.says(CTRL_DOWN);
            between.server.hears(CTRL_DOWN);

            assertThat(between.filter.counts().droppedInput()).isEqualTo(3);
        }
    }

    @Test
    void a_server_that_does_not_read_cannot_keep_it_from_being_stopped() throws Exception {
        try (Between between = between(CONTROL)) {
            Thread flood = new Thread(() -> {
                try {
                    while (true) {
                        between.viewer.says(new Bytes().add(CTRL_DOWN.all()).add(new byte[0]));
                    }
                } catch (java.io.IOException e) {
                    // The filter closed the line.
                }
            });
            flood.setDaemon(true);
            flood.start();
            long before = -1;
            while (before != between.filter.counts().keys()) {
                before = between.filter.counts().keys();
                Thread.sleep(300);
            }
            between.filter.stop();

            assertThat(between.ended()).isEqualTo(new Ended.Stopped());
        }
    }

    @Test
    void a_viewer_that_does_not_read_cannot_keep_it_from_being_stopped() throws Exception {
        try (Between between = between(CONTROL)) {
            for (int i = 0; i < 500; i++) {
                between.viewer.says(REQUEST);
                between.server.hears(REQUEST);
            }
            Thread flood = new Thread(() -> {
                try {
                    while (true) {
                        between.server.says(Bytes.picture(0, 0, 800, 600, 0).fill(800 * 600 * 4));
                    }
                } catch (java.io.IOException e) {
                    // The filter closed the line.
                }
            });
            flood.setDaemon(true);
            flood.start();
            long before = -1;
            while (before != between.filter.counts().bytes()) {
                before = between.filter.counts().bytes();
                Thread.sleep(300);
            }
            // Its input still comes through.
            between.viewer.says(CTRL_DOWN);
            between.server.hears(CTRL_DOWN);
            between.filter.stop();

            assertThat(between.ended()).isEqualTo(new Ended.Stopped());
        }
    }

    @Test
    void an_interrupt_stops_it() throws Exception {
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        try (Between between = between(CONTROL)) {
            // A second filter on lines that never say anything.
            java.net.ServerSocket silent = new java.net.ServerSocket(0);
            Line server = Between.line(new java.net.Socket("localhost", silent.getLocalPort()));
            Line viewer = Between.line(new java.net.Socket("localhost", silent.getLocalPort()));
            RfbFilter filter = new RfbFilter(server, viewer, CONTROL, () -> true, () -> new byte[0], System::nanoTime);
            Thread running = new Thread(() -> ended.complete(filter.run()));
            running.start();
            running.interrupt();

            assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(new Ended.Stopped());
            silent.close();
            assertThat(between.filter.isOpen()).isTrue();
        }
    }

    @Test
    void a_fault_in_what_was_handed_in_ends_it_loudly() {
        byte[] said = new Bytes().text("RFB 003.008\n").all();
        Line server = new Line(new ByteArrayInputStream(said), new ByteArrayOutputStream(), () -> {});
        Line viewer = new Line(new ByteArrayInputStream(said), new ByteArrayOutputStream(), () -> {});
        RfbFilter filter = new RfbFilter(
                server,
                viewer,
                CONTROL,
                () -> true,
                () -> {
                    throw new IllegalArgumentException("no such password");
                },
                System::nanoTime);

        assertThatThrownBy(filter::run).rootCause().hasMessage("no such password");
    }

    @Test
    void the_first_cause_is_told() throws Exception {
        try (Between between = between(CONTROL)) {
            between.server.says(Bytes.of(77));

            assertThat(between.ended()).isEqualTo(new Ended.Broke(Side.SERVER, "message of type 77"));
            assertThat(between.ended().word()).isEqualTo("server-broke-protocol");
        }
    }
}
