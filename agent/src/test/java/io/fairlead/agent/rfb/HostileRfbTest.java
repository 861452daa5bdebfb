package io.fairlead.agent.rfb;

import static io.fairlead.agent.rfb.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Servers and viewers that lie, on one thread and from one seed: whatever they say, it ends with a cause, nothing large is
 * allocated for it, and what was passed of it is the beginning of what came.
 */
class HostileRfbTest {
    private static final long MIB = 1 << 20;
    private static final Terms ALL = new Terms(Scope.CONTROL, true);
    private static final byte[] FORMAT = new Bytes().format32().all();
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Random random = new Random(6143);
    private final TreeMap<String, Integer> causes = new TreeMap<>();

    @Test
    void a_server_that_says_anything_ends_with_a_cause() {
        for (int i = 0; i < 4_000; i++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            if (noise.length > 16) {
                // What a hostile server would begin with, for most of noise ends at its first byte.
                byte[] begin =
                        Bytes.picture(0, 0, 8, 8, number(random.nextInt(7))).all();
                System.arraycopy(begin, 0, noise, 0, 16);
            }
            server(noise);
        }
        assertThat(causes).containsKeys("server-left", "server-broke-protocol");
    }

    @Test
    void valid_pictures_that_are_changed_anywhere_end_with_a_cause() {
        byte[] valid = session();
        server(valid);
        assertThat(causes).containsOnlyKeys("server-left");
        for (int i = 0; i < 6_000; i++) {
            server(changed(valid));
        }
        assertThat(causes).containsKeys("server-left", "server-broke-protocol");
    }

    @Test
    void every_length_at_its_greatest_is_refused_or_passed_without_being_held() {
        List<Bytes> greatest = List.of(
                of(0, 0).u16(65_535).rectangle(0, 0, 16_384, 16_384, 0),
                of(0, 0).u16(65_535).rectangle(65_535, 65_535, 65_535, 65_535, 0),
                of(0, 0).u16(1).rectangle(0, 0, 16_384, 16_384, 16).u32(0xFFFF_FFFFL),
                of(0, 0).u16(1).rectangle(0, 0, 16_384, 16_384, 16).u32(0x7FFF_FFFFL),
                of(0, 0).u16(1).rectangle(0, 0, 16_384, 16_384, 7).u8(0, 255, 255, 255),
                of(0, 0).u16(1).rectangle(0, 0, 16_384, 16_384, 7).u8(0x90, 255, 255, 255),
                of(0, 0).u16(1).rectangle(0, 0, 16_384, 16_384, 7).u8(0x40, 1, 255),
                of(0, 0).u16(1).rectangle(0, 0, 1_024, 1_024, -239),
                of(0, 0).u16(1).rectangle(0, 0, 65_535, 65_535, -239),
                of(0, 0).u16(1).rectangle(0, 0, 65_535, 65_535, -223),
                of(1, 0).u16(0, 65_535),
                of(3, 0, 0, 0).u32(CutText.LONGEST),
                of(3, 0, 0, 0).u32(CutText.MOST),
                of(3, 0, 0, 0).u32(0xFFFF_FFFFL));
        for (Bytes each : greatest) {
            Screen screen = new Screen(new Desktop(16_384, 16_384, Bytes.format(FORMAT), "x"));
            screen.offers(EnumSet.allOf(Encoding.class));
            for (int i = 0; i < 20; i++) {
                screen.requested();
            }
            // Cut at its length, and with 8 MiB of what it asks for.
            end(new ByteArrayInputStream(each.all()), screen, each.all());
            end(new Endless(each.all(), 8 * MIB), screen, null);
        }
    }

    @Test
    void a_viewer_that_says_anything_ends_with_a_cause() {
        byte[] valid = new Bytes()
                .u8(0, 0, 0, 0)
                .format32()
                .u8(2, 0)
                .u16(3)
                .u32(7, 0, -223)
                .u8(3, 1)
                .u16(0, 0, 800, 600)
                .u8(4, 1, 0, 0)
                .u32('a')
                .u8(5, 1)
                .u16(5, 5)
                .u8(6, 0, 0, 0)
                .u32(5)
                .text("hello")
                .all();
        viewer(valid);
        assertThat(causes).containsOnlyKeys("viewer-left");
        for (int i = 0; i < 6_000; i++) {
            viewer(changed(valid));
            byte[] noise = new byte[1 + random.nextInt(100)];
            random.nextBytes(noise);
            noise[0] = (byte) random.nextInt(8);
            viewer(noise);
        }
        assertThat(causes).containsKeys("viewer-left", "viewer-broke-protocol");
        viewer(of(6, 0, 0, 0).u32(CutText.LONGEST).all());
        viewer(of(2, 0).u16(65_535).all());
    }

    /** In view scope no byte of any viewer's input reaches the server, however it is said. */
    @Test
    void whatever_a_viewer_says_only_wishes_about_pictures_pass_in_view_scope() {
        Set<Integer> types = new TreeSet<>();
        for (int i = 0; i < 3_000; i++) {
            Bytes said = new Bytes();
            for (int j = 0; j < 20; j++) {
                switch (random.nextInt(4)) {
                    case 0 -> said.u8(4, 1, 0, 0).u32(random.nextInt(0x10000));
                    case 1 -> said.u8(5, random.nextInt(256)).u16(random.nextInt(65_536), random.nextInt(65_536));
                    case 2 -> said.u8(6, 0, 0, 0).u32(3).text("abc");
                    default -> said.u8(3, 1).u16(0, 0, 800, 600);
                }
            }
            ByteArrayOutputStream reached = new ByteArrayOutputStream();
            viewer(said.all(), new Terms(Scope.VIEW, true), reached);
            byte[] all = reached.toByteArray();
            assertThat(all.length % 10).isZero();
            for (int at = 0; at < all.length; at += 10) {
                types.add((int) all[at]);
            }
        }
        assertThat(types).containsExactly(3);
    }

    @Test
    void both_handshakes_end_with_a_cause_whatever_is_said() {
        byte[] server = new Bytes()
                .text("RFB 003.008\n")
                .u8(1, 2)
                .fill(16)
                .u32(0)
                .u16(800, 600)
                .format32()
                .u32(4)
                .text("desk")
                .all();
        byte[] viewer = new Bytes().text("RFB 003.008\n").u8(1, 1).all();
        // Loads what Java has of DES, which is not this test's.
        assertThat(VncAuthentication.answer(new byte[16], new byte[8])).hasSize(16);
        int opened = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] saidByServer = i == 0 ? server : changed(server);
            byte[] saidByViewer = i % 2 == 0 ? viewer : changed(viewer);
            long before = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
            Sink nowhere = new Sink(OutputStream.nullOutputStream(), Side.SERVER, 64, new Tally().bytes);
            Source from = new Source(new ByteArrayInputStream(saidByServer), Side.SERVER, 64, () -> {});
            Source other = new Source(new ByteArrayInputStream(saidByViewer), Side.VIEWER, 64, () -> {});
            try {
                Desktop desktop = new ServerHandshake(from, nowhere, () -> new byte[] {1, 2, 3}).open();
                new ViewerHandshake(other, nowhere).letIn(desktop);
                opened++;
            } catch (Over e) {
                causes.merge(e.ended().word(), 1, Integer::sum);
            }
            assertThat(MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                    .isLessThan(MIB);
        }
        assertThat(opened).isPositive();
        assertThat(causes)
                .containsKeys("server-left", "server-not-rfb", "server-refused-password", "viewer-broke-protocol");
    }

    private void server(byte[] said) {
        Screen screen = new Screen(new Desktop(64, 64, Bytes.format(FORMAT), "x"));
        screen.offers(EnumSet.allOf(Encoding.class));
        for (int i = 0; i < 20; i++) {
            screen.requested();
        }
        end(new ByteArrayInputStream(said), screen, said);
    }

    private void end(InputStream said, Screen screen, byte[] begins) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream(1 << 16);
        Sink to =
                new Sink(begins == null ? OutputStream.nullOutputStream() : passed, Side.VIEWER, 64, new Tally().bytes);
        long before = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
        try {
            new ServerMessages(new Source(said, Side.SERVER, 4_096, () -> {}), to, screen, ALL, new Tally()).pass();
        } catch (Over e) {
            causes.merge(e.ended().word(), 1, Integer::sum);
            assertThat(e.ended()).isNotInstanceOfAny(Ended.Stopped.class, Ended.Late.class);
        }
        assertThat(MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(MIB);
        if (begins != null) {
            flush(to);
            byte[] all = passed.toByteArray();
            assertThat(all).isEqualTo(Arrays.copyOf(begins, all.length));
        }
    }

    private void viewer(byte[] said) {
        viewer(said, ALL, OutputStream.nullOutputStream());
    }

    private void viewer(byte[] said, Terms terms, OutputStream reached) {
        Screen screen = new Screen(new Desktop(64, 64, Bytes.format(FORMAT), "x"));
        Sink to = new Sink(reached, Side.SERVER, 64, new Tally().bytes);
        long before = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
        ServerInput input = new ServerInput(to, terms, () -> true, () -> 0, new Tally());
        Source from = new Source(new ByteArrayInputStream(said), Side.VIEWER, 4_096, () -> {});
        try {
            new ViewerMessages(from, input, screen, terms).pass();
        } catch (Over e) {
            causes.merge(e.ended().word(), 1, Integer::sum);
        }
        flush(to);
        assertThat(MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(MIB);
    }

    private static void flush(Sink to) {
        try {
            to.flush();
        } catch (Over never) {
            throw new AssertionError(never);
        }
    }

    /** Bytes set, cut, doubled or at their greatest; one to four times. */
    private byte[] changed(byte[] valid) {
        byte[] all = valid.clone();
        for (int i = random.nextInt(4); i >= 0 && all.length > 4; i--) {
            int at = random.nextInt(all.length - 3);
            switch (random.nextInt(5)) {
                case 0 -> all[at] = (byte) random.nextInt(256);
                case 1 -> all[at] = -1;
                case 2 -> Arrays.fill(all, at, at + 1 + random.nextInt(3), (byte) -1);
                case 3 -> all = Arrays.copyOf(all, at);
                default -> {
                    byte[] longer = Arrays.copyOf(all, all.length + 3);
                    System.arraycopy(all, at, longer, at + 3, all.length - at);
                    all = longer;
                }
            }
        }
        return all;
    }

    private static int number(int which) {
        return new int[] {0, 1, 7, 16, -223, -224, -239}[which];
    }

    /** One of everything. */
    private static byte[] session() {
        return new Bytes()
                .add(Bytes.picture(0, 0, 4, 4, 0).fill(64).all())
                .add(Bytes.picture(0, 0, 4, 4, 1).u16(8, 8).all())
                .add(Bytes.picture(0, 0, 4, 4, 7).u8(0x80).fill(3).all())
                .add(Bytes.picture(0, 0, 4, 4, 7).u8(0x90, 20).fill(20).all())
                .add(Bytes.picture(0, 0, 9, 5, 7).u8(0x50, 1, 1).fill(16).all())
                .add(Bytes.picture(0, 0, 9, 9, 7).u8(0x40, 2, 30).fill(30).all())
                .add(Bytes.picture(0, 0, 9, 9, 16).u32(40).fill(40).all())
                .add(Bytes.picture(1, 1, 8, 8, -239).fill(8 * 8 * 4 + 8).all())
                .u8(1, 0)
                .u16(0, 2)
                .fill(12)
                .u8(2)
                .u8(3, 0, 0, 0)
                .u32(4)
                .text("text")
                .add(of(0, 0).u16(65_535)
                        .rectangle(0, 0, 64, 64, -223)
                        .rectangle(0, 0, 0, 0, -224)
                        .all())
                .all();
    }
}
