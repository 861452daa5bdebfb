package io.fairlead.agent.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.consent.Verdict;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.link.TunnelPeer;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.SessionState;
import io.fairlead.statements.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What of the clipboard passes a whole session, from the person's answer to both ends of the stream. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClipboardTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final String STREAM = "ffeeddccbbaa99887766554433221100";
    private static final byte[] VERSION = "RFB 003.008\n".getBytes(US_ASCII);
    /** 64 by 64, 32 bits, called x. */
    private static final byte[] OPENING = ByteBuffer.allocate(25)
            .putShort((short) 64)
            .putShort((short) 64)
            .put(new byte[] {32, 24, 0, 1, 0, (byte) 255, 0, (byte) 255, 0, (byte) 255, 16, 8, 0, 0, 0, 0})
            .putInt(1)
            .put((byte) 'x')
            .array();

    private static final byte[] BELL = {2};
    private static final byte[] REQUEST = {3, 0, 0, 0, 0, 0, 0, 1, 0, 1};
    private static final byte[] FROM_HERE = text(3, "copied here");
    private static final byte[] FROM_AFAR = text(6, "copied far away");

    @TempDir
    private Path folder;

    private SessionsRig rig;
    private ServerSocket desktop;

    @BeforeEach
    void start() throws Exception {
        rig = new SessionsRig(folder);
        desktop = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        rig.desktopPort = desktop.getLocalPort();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        desktop.close();
    }

    private static byte[] text(int type, String text) {
        return ByteBuffer.allocate(8 + text.length())
                .put((byte) type)
                .putInt(4, text.length())
                .position(8)
                .put(text.getBytes(US_ASCII))
                .array();
    }

    private Receipt granted(Optional<Verdict> answer) throws Exception {
        rig.asks = answer.isPresent();
        assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession(ID, "control/desktop"))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        if (answer.isPresent()) {
            rig.answer(answer.get());
        }
        Receipt receipt = Receipt.of(rig.saidLast().getReceipt().getStatement());
        // What comes from afar rests for a second after an answer.
        rig.time.pass(Duration.ofSeconds(1));
        return receipt;
    }

    /** Each side copies something; nothing of it passes unless both have it. */
    private boolean passes(String use) throws Exception {
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, STREAM, use)))
                .isEqualTo(Handled.done("begun"));
        CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(this::heardAtTheDesktop);
        TunnelPeer viewer = rig.peer();
        viewer.send(TunnelPeer.BINARY, joined(VERSION, new byte[] {1, 1}, FROM_AFAR, REQUEST));
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        byte[] before = joined(VERSION, new byte[] {1, 1, 0, 0, 0, 0}, OPENING);
        while (seen.size() <= before.length || seen.toByteArray()[seen.size() - 1] != BELL[0]) {
            seen.writeBytes(viewer.read().content());
        }
        boolean passed = heard.get().length > REQUEST.length;
        assertThat(heard.get()).isEqualTo(passed ? joined(FROM_AFAR, REQUEST) : REQUEST);
        assertThat(seen.toByteArray()).isEqualTo(passed ? joined(before, FROM_HERE, BELL) : joined(before, BELL));
        return passed;
    }

    /** A VNC server on which somebody copies something: all that it hears once it is open. */
    private byte[] heardAtTheDesktop() {
        try (Socket one = desktop.accept()) {
            DataInputStream in = new DataInputStream(one.getInputStream());
            OutputStream out = one.getOutputStream();
            out.write(joined(VERSION, new byte[] {1, 1, 0, 0, 0, 0}));
            assertThat(in.readNBytes(VERSION.length + 2)).startsWith(VERSION);
            out.write(joined(OPENING, FROM_HERE, BELL));
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            while (!ends(heard.toByteArray(), REQUEST)) {
                heard.write(in.readByte());
            }
            return heard.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean ends(byte[] all, byte[] end) {
        return all.length >= end.length
                && ByteBuffer.wrap(all, all.length - end.length, end.length).equals(ByteBuffer.wrap(end));
    }

    private static byte[] joined(byte[]... all) {
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        for (byte[] each : all) {
            together.writeBytes(each);
        }
        return together.toByteArray();
    }

    @Test
    void with_the_persons_leave_text_passes_both_ways_where_the_desktop_is_controlled() throws Exception {
        assertThat(granted(Optional.of(Verdict.WITH_CLIPBOARD)).clipboard()).isTrue();
        assertThat(rig.sessions.atHand().get(0).clipboard()).isTrue();
        assertThat(rig.audit()).contains("clipboard=shared");
        assertThat(passes("control/desktop")).isTrue();
    }

    @Test
    void a_leave_is_in_the_receipt_of_a_renewed_certificate_as_well() throws Exception {
        assertThat(granted(Optional.of(Verdict.WITH_CLIPBOARD)).clipboard()).isTrue();
        rig.renew();
        assertThat(Receipt.of(rig.said().getReceipt().getStatement()).clipboard())
                .isTrue();
    }

    @Test
    void who_only_looks_gets_none_in_spite_of_it() throws Exception {
        assertThat(granted(Optional.of(Verdict.WITH_CLIPBOARD)).clipboard()).isTrue();
        assertThat(passes("view/desktop")).isFalse();
    }

    @Test
    void a_yes_without_it_lets_none_pass() throws Exception {
        assertThat(granted(Optional.of(Verdict.APPROVE)).clipboard()).isFalse();
        assertThat(rig.sessions.atHand().get(0).clipboard()).isFalse();
        assertThat(passes("control/desktop")).isFalse();
    }

    @Test
    void a_rule_that_says_yes_without_a_person_lets_none_pass() throws Exception {
        assertThat(granted(Optional.empty()).clipboard()).isFalse();
        assertThat(passes("control/desktop")).isFalse();
    }

    @Test
    void what_the_site_keeps_is_not_asked_about_and_what_it_keeps_since_passes_no_more() throws Exception {
        rig.clipboard = false;
        assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession("f".repeat(32), "control/desktop"))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(rig.question().clipboard()).isFalse();
        rig.answer(Verdict.DECLINE);
        assertThat(rig.saidLast().getState()).isEqualTo(SessionState.DECLINED);
        rig.untilNone();

        rig.clipboard = true;
        assertThat(granted(Optional.of(Verdict.WITH_CLIPBOARD)).clipboard()).isTrue();
        rig.clipboard = false;
        assertThat(passes("control/desktop")).isFalse();
    }
}
