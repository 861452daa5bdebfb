package io.fairlead.agent.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.companion.Desktop;
import io.fairlead.agent.consent.Door;
import io.fairlead.agent.consent.TestCarried;
import io.fairlead.agent.consent.TestSessions;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.link.TunnelPeer;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Session;
import io.fairlead.contract.agent.SessionState;
import io.fairlead.statements.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A viewer who controls a real desktop on which the companion asks, and a hand at that desktop. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteInputTest {
    private static final String FIRST = "00112233445566778899aabbccddeeff";
    private static final String SECOND = "ffffffffffffffffffffffffffffffff";
    private static final String STREAM = "ffeeddccbbaa99887766554433221100";
    private static final int RETURN = 0xFF0D;
    private static final int SPACE = 0x20;

    @TempDir
    private Path folder;

    private final AtomicLong heard = new AtomicLong();
    private SessionsRig rig;
    private Desktop desktop;
    private Door door;
    private TunnelPeer viewer;

    @BeforeEach
    void start() throws Exception {
        desktop = new Desktop(folder);
        rig = new SessionsRig(folder);
        rig.desktopPort = desktop.port();
        door = Door.open(
                folder.resolve("approve"),
                Optional.empty(),
                rig.asking,
                new TestCarried(),
                new TestSessions(),
                person -> Optional.empty(),
                new LocalAudit(folder.resolve("door.log"), Clock.systemUTC()));
    }

    @AfterEach
    void close() throws Exception {
        if (desktop == null) {
            return; // skipped
        }
        rig.close();
        door.close();
        desktop.close();
    }

    /** A session that the policy allows, and its viewer at the desktop. */
    private void controlled() throws Exception {
        rig.asks = false;
        assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession(FIRST, "control/desktop"))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(rig.said().getState()).isEqualTo(SessionState.GRANTED);
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(FIRST, STREAM, "control/desktop")))
                .isEqualTo(Handled.done("begun"));
        viewer = rig.peer();
        Thread reading = new Thread(this::readOn, "viewer");
        reading.setDaemon(true);
        reading.start();
        says(bytes("RFB 003.008\n"), new byte[] {1, 1});
        // Raw pixels only.
        says(new byte[] {2, 0, 0, 1, 0, 0, 0, 0});
    }

    private void readOn() {
        try {
            while (true) {
                heard.addAndGet(viewer.read().content().length);
            }
        } catch (IOException gone) {
            // The stream is over.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void says(byte[]... all) throws IOException {
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        for (byte[] each : all) {
            together.writeBytes(each);
        }
        viewer.send(TunnelPeer.BINARY, together.toByteArray());
    }

    private static byte[] pointer(int mask, int x, int y) {
        return ByteBuffer.allocate(6)
                .put((byte) 5)
                .put((byte) mask)
                .putShort((short) x)
                .putShort((short) y)
                .array();
    }

    private static byte[] key(boolean down, int key) {
        return ByteBuffer.allocate(8)
                .put((byte) 4)
                .put((byte) (down ? 1 : 0))
                .putShort((short) 0)
                .putInt(key)
                .array();
    }

    /** Until all that was said before has been read: a picture that is asked for behind it has come. */
    private void read() throws Exception {
        long before = heard.get();
        says(ByteBuffer.allocate(10)
                .put(new byte[] {3, 0})
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 64)
                .putShort((short) 64)
                .array());
        while (heard.get() - before < 64 * 64 * 4) {
            Thread.sleep(5);
        }
    }

    private String pointerIsAt() throws Exception {
        desktop.hand("getmouselocation", "--shell");
        List<String> lines = Files.readAllLines(folder.resolve("hand.txt"));
        return lines.get(0) + " " + lines.get(1);
    }

    private void awaitPointer(int x, int y) throws Exception {
        while (!pointerIsAt().equals("X=" + x + " Y=" + y)) {
            says(pointer(0, x, y));
            Thread.sleep(50);
        }
    }

    private long receipts(String session) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("receipts"))) {
            return all.filter(file -> file.toString().endsWith(session + ".receipt"))
                    .count();
        }
    }

    @Test
    void a_thousand_clicks_and_keys_from_afar_on_accept_agree_to_nothing_and_one_click_at_the_desktop_does()
            throws Exception {
        controlled();
        awaitPointer(300, 20);
        Desktop.Window window = desktop.companion(folder.resolve("approve"));
        rig.asks = true;
        assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession(SECOND, "view/desktop"))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(rig.said().getState()).isEqualTo(SessionState.ASKED);
        Desktop.Part accept = window.ready("Accept");
        int x = accept.middleX();
        int y = accept.middleY();

        for (int i = 0; i < 1_000; i++) {
            says(
                    pointer(0, x, y),
                    pointer(1, x, y),
                    pointer(0, x, y),
                    key(true, RETURN),
                    key(false, RETURN),
                    key(true, SPACE),
                    key(false, SPACE));
        }
        read();

        assertThat(pointerIsAt()).isEqualTo("X=300 Y=20");
        assertThat(rig.asking.open()).hasSize(1);
        assertThat(receipts(SECOND)).isZero();

        desktop.click(accept);

        Session word = rig.said();
        assertThat(word.getState()).isEqualTo(SessionState.GRANTED);
        Receipt receipt = Receipt.of(word.getReceipt().getStatement());
        assertThat(receipt.session()).isEqualTo(SECOND);
        assertThat(receipt.means()).isEqualTo(Receipt.Means.COMPANION);
        assertThat(receipts(SECOND)).isEqualTo(1);
        // The clock stands still, so the second after the answer lasts.
        says(pointer(0, 10, 10));
        read();
        assertThat(pointerIsAt()).isEqualTo("X=" + x + " Y=" + y);
        rig.time.pass(Duration.ofSeconds(1));
        awaitPointer(10, 10);
    }
}
