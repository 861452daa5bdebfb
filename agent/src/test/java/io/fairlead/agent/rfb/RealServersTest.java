package io.fairlead.agent.rfb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's VNC servers, with real X programs on them, behind the filter. */
class RealServersTest {
    private static final Bytes REQUEST = Bytes.of(3, 0).u16(0, 0, 65_535, 65_535);
    private static final Bytes NEXT = Bytes.of(3, 1).u16(0, 0, 65_535, 65_535);

    @TempDir
    private Path folder;

    private final AtomicBoolean gate = new AtomicBoolean(true);

    /** What the filter takes for the end of a rectangle must be one, many times: else it finds nonsense behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"Xvnc", "x11vnc"})
    void its_pictures_are_understood_to_the_last_byte(String which) throws Exception {
        try (VncServer server = which.equals("Xvnc") ? VncServer.tiger(folder) : VncServer.x11vnc(folder)) {
            if (which.equals("Xvnc")) {
                server.painter();
            }
            for (int encoding : new int[] {7, 16, 0}) {
                for (int bits : new int[] {32, 16, 8}) {
                    understood(server, encoding, bits, which.equals("x11vnc"));
                }
            }
        }
    }

    private void understood(VncServer server, int encoding, int bits, boolean colourful) throws Exception {
        try (Viewing viewing = new Viewing(server, new Terms(Scope.CONTROL, true))) {
            Bytes format = Bytes.of(0, 0, 0, 0);
            viewing.says(
                    bits == 32 ? format.format32() : bits == 16 ? format.format16() : format.format8(),
                    Bytes.of(2, 0).u16(7).u32(encoding, 1, -26, -250, -239, -223, -224),
                    REQUEST);
            viewing.asksUntil(12);

            assertThat(viewing.filter.isOpen())
                    .as("%s", viewing.ended.getNow(null))
                    .isTrue();
            assertThat(viewing.filter.counts().updates()).isGreaterThanOrEqualTo(12);
            assertThat(viewing.sawJpeg)
                    .as("JPEG in encoding %s of %s bits", encoding, bits)
                    .isEqualTo(colourful && encoding == 7);
        }
    }

    @Test
    void keys_and_clicks_reach_a_desktop_under_control_and_never_one_under_view() throws Exception {
        try (VncServer server = VncServer.tiger(folder)) {
            Path events = server.events();
            try (Viewing viewing = new Viewing(server, new Terms(Scope.VIEW, true))) {
                for (int i = 0; i < 1_000; i++) {
                    viewing.says(click(), key('a'), Bytes.of(6, 0, 0, 0).u32(2).text("no"));
                }
                viewing.read(4_000);
            }
            gate.set(false);
            try (Viewing viewing = new Viewing(server, new Terms(Scope.CONTROL, true))) {
                for (int i = 0; i < 1_000; i++) {
                    viewing.says(click(), key('b'));
                }
                viewing.read(4_000);
            }
            gate.set(true);
            try (Viewing viewing = new Viewing(server, new Terms(Scope.CONTROL, false))) {
                viewing.says(click(), key('c'));
                // Events of X keep their order: had one of those before been sent, it would stand before this one.
                assertThat(server.await("xev", "keysym 0x63, c")).isEqualTo(events);
            }
            String all = Files.readString(events);
            assertThat(all).contains("keysym 0x63, c", "ButtonPress").doesNotContain("keysym 0x61", "keysym 0x62");
            assertThat(all.split("ButtonPress event", -1)).hasSize(2);
        }
    }

    @Test
    void a_wrong_password_is_told() throws Exception {
        try (VncServer server = VncServer.tiger(folder)) {
            Viewing viewing = new Viewing(server, new Terms(Scope.VIEW, false), "wrong");

            assertThat(viewing.ended.get(20, TimeUnit.SECONDS))
                    .isEqualTo(new Ended.Refused(Ended.Why.WRONG_PASSWORD, "Authentication failure"));
            viewing.close();
        }
    }

    private static Bytes click() {
        return Bytes.of(5, 1).u16(300, 300).u8(5, 0).u16(300, 300);
    }

    private static Bytes key(int key) {
        return Bytes.of(4, 1, 0, 0).u32(key).u8(4, 0, 0, 0).u32(key);
    }

    /** A viewer that paints nothing, let in. */
    private final class Viewing implements AutoCloseable {
        final RfbFilter filter;
        final CompletableFuture<Ended> ended;
        volatile boolean sawJpeg;
        private final Socket socket;

        Viewing(VncServer server, Terms terms) throws Exception {
            this(server, terms, "secret");
            socket.getOutputStream()
                    .write(new Bytes().text("RFB 003.008\n").u8(1, 1).all());
            Instant end = Instant.now().plus(Duration.ofSeconds(20));
            while (!filter.isOpen() && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            assertThat(filter.isOpen()).as("%s", ended.getNow(null)).isTrue();
        }

        Viewing(VncServer server, Terms terms, String password) throws Exception {
            try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Line viewer = Between.line(new Socket(listening.getInetAddress(), listening.getLocalPort()));
                socket = listening.accept();
                filter = new RfbFilter(
                        Between.line(server.dialled()),
                        viewer,
                        terms,
                        gate::get,
                        () -> password.getBytes(StandardCharsets.US_ASCII),
                        System::nanoTime);
            }
            ended = CompletableFuture.supplyAsync(filter::run, run -> new Thread(run, "filter").start());
            Thread reading = new Thread(this::readOn, "viewer");
            reading.setDaemon(true);
            reading.start();
        }

        void says(Bytes... all) throws IOException {
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            for (Bytes each : all) {
                together.writeBytes(each.all());
            }
            socket.getOutputStream().write(together.toByteArray());
        }

        /** Asks anew as each picture begins, as viewers do; wholly, and for what changed. */
        void asksUntil(int updates) throws Exception {
            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            long last = 0;
            while (filter.isOpen() && last < updates && Instant.now().isBefore(end)) {
                long now = filter.counts().updates();
                if (now == last) {
                    Thread.sleep(1);
                    continue;
                }
                last = now;
                says(NEXT, REQUEST);
            }
        }

        /** Until so many inputs were read by the filter. */
        void read(int inputs) throws Exception {
            Instant end = Instant.now().plus(Duration.ofSeconds(20));
            while (filter.counts().droppedInput() < inputs && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            assertThat(filter.counts().droppedInput()).isGreaterThanOrEqualTo(inputs);
        }

        private void readOn() {
            byte[] some = new byte[65_536];
            try {
                int read = 0;
                while (read >= 0) {
                    sawJpeg |= new String(some, 0, read, StandardCharsets.ISO_8859_1).contains("JFIF");
                    read = socket.getInputStream().read(some);
                }
            } catch (IOException e) {
                // The filter closed the line.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            assertThat(ended.orTimeout(20, TimeUnit.SECONDS).join()).isNotNull();
        }
    }
}
