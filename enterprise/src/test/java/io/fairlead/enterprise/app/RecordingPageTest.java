package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.fairlead.enterprise.browser.Tab;
import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.recording.Head;
import io.fairlead.statements.Ticket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded desktop and a recorded terminal in Chromium, under the policy of the pages: what was sent is seen again. */
class RecordingPageTest {
    private static final Holder AUDITOR = new Holder(Role.AUDITOR, "everywhere", "none");
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final Duration TEN = Duration.ofSeconds(10);

    /** Somebody at the instrument copied a text. */
    private static final byte[] COPIED = {3, 0, 0, 0, 0, 0, 0, 5, 't', 'h', 'e', 'i', 'r'};

    @TempDir
    Path folder;

    private RunningServer server;

    /** What a VNC server says until a picture can come (RFC 6143): no password, its size, its pixels, its name. */
    private static byte[] hello() {
        byte[] name = "lab".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer init = ByteBuffer.allocate(24 + name.length)
                .putShort((short) WIDTH)
                .putShort((short) HEIGHT)
                .put(new byte[] {32, 24, 0, 1, 0, (byte) 255, 0, (byte) 255, 0, (byte) 255, 0, 8, 16, 0, 0, 0})
                .putInt(name.length)
                .put(name);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(new byte[] {1, 1, 0, 0, 0, 0});
        all.writeBytes(init.array());
        return all.toByteArray();
    }

    /** A whole picture of one colour, raw, but for one pixel of another at 5, 7. */
    private static byte[] picture(int red, int green, int blue) {
        ByteBuffer picture = ByteBuffer.allocate(16 + 4 * WIDTH * HEIGHT)
                .put(new byte[] {0, 0, 0, 1})
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) WIDTH)
                .putShort((short) HEIGHT)
                .putInt(0);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            boolean mark = i == 7 * WIDTH + 5;
            picture.put((byte) (mark ? 255 : red))
                    .put((byte) (mark ? 255 : green))
                    .put((byte) (mark ? 255 : blue))
                    .put((byte) 0);
        }
        return picture.array();
    }

    private String recorded(String place, String stream, String service, Ticket.Kind kind) {
        String session = server.sql("SELECT id FROM remote_session WHERE device = '" + place + "'");
        server.postgres.execute(
                "INSERT INTO remote_stream (id, session, service, viewer, bound, relay, made_at, opened_at,"
                        + " ended_at, cause, recorded) VALUES ('" + stream + "', '" + session + "', '" + service
                        + "', 'person:emil', '" + stream + stream
                        + "', 'x', now(), now(), now(), 'ENDED_AT_INSTRUMENT', true)");
        Head head =
                new Head(session, stream, place, kind, service.substring(service.indexOf('/') + 1), "Emil Sommer", 400);
        try (TestRecording recording = new TestRecording(server.folder(), head)) {
            if (kind == Ticket.Kind.RFB) {
                recording
                        .shown(hello())
                        .shown(picture(200, 0, 0))
                        .shown(COPIED)
                        .after(TEN)
                        .shown(picture(0, 0, 210))
                        .after(TEN);
            } else {
                recording
                        .typed("\u001b[8;30;100t".getBytes(StandardCharsets.US_ASCII))
                        .shown("first\r\n".getBytes(StandardCharsets.US_ASCII))
                        .after(TEN)
                        .shown("second\r\n".getBytes(StandardCharsets.US_ASCII))
                        .after(TEN);
            }
            return "/sessions/" + session + "/recordings/" + stream;
        }
    }

    private static void seek(Page page, int millis) {
        page.evaluate("""
                (to) => {
                  const bar = document.getElementById('seek');
                  bar.value = String(to);
                  bar.dispatchEvent(new Event('input'));
                }
                """, millis);
        page.waitForFunction("(to) => document.getElementById('player').dataset.position === String(to)", millis);
    }

    private static Object pixel(Page page, int x, int y) {
        return page.evaluate("""
                ([x, y]) => [...document.querySelector('#screen canvas').getContext('2d').getImageData(x, y, 1, 1).data].slice(0, 3)
                """, List.of(x, y));
    }

    @Test
    void what_was_seen_is_seen_again_forwards_and_backwards() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        server = new RunningServer(folder);
        try (RunningServer running = server;
                Tab tab = Tab.at(running.url())) {
            new Estate(running).prepare(List.of(AUDITOR));
            Page page = tab.page();
            page.context()
                    .addCookies(List.of(
                            new Cookie("__Host-fairlead", running.session(AUDITOR.name(), "browser", true, false))
                                    .setUrl(running.url())
                                    .setSecure(true)
                                    .setHttpOnly(true)
                                    .setSameSite(SameSiteAttribute.STRICT)));

            page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            page.addInitScript("navigator.clipboard.writeText('mine')");
            tab.open(recorded("here", "ab".repeat(16), "view/desktop", Ticket.Kind.RFB));
            PlaywrightAssertions.assertThat(page.locator("#screen canvas")).isVisible();
            seek(page, 5_000);
            assertThat(pixel(page, 30, 30)).isEqualTo(List.of(200, 0, 0));
            assertThat(pixel(page, 5, 7)).isEqualTo(List.of(255, 255, 255));
            seek(page, 15_000);
            assertThat(pixel(page, 30, 30)).isEqualTo(List.of(0, 0, 210));
            assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("mine");
            seek(page, 5_000);
            assertThat(pixel(page, 30, 30)).isEqualTo(List.of(200, 0, 0));
            page.locator("#speed").selectOption("16");
            page.locator("#play").click();
            PlaywrightAssertions.assertThat(page.locator("#clock")).hasText("0:00:20");
            assertThat(pixel(page, 30, 30)).isEqualTo(List.of(0, 0, 210));
            PlaywrightAssertions.assertThat(page.locator("#sentences")).containsText("nobody vouches for it");
            PlaywrightAssertions.assertThat(page.locator(".fl-play-facts")).containsText("Emil Sommer");
            PlaywrightAssertions.assertThat(page.locator(".fl-play-facts")).containsText("ended at the instrument");
            tab.axe().shots("recording");

            tab.open(recorded("here", "cd".repeat(16), "terminal/shell", Ticket.Kind.TERMINAL));
            PlaywrightAssertions.assertThat(page.locator(".xterm-rows")).containsText("first");
            seek(page, 15_000);
            PlaywrightAssertions.assertThat(page.locator(".xterm-rows")).containsText("second");
            seek(page, 5_000);
            PlaywrightAssertions.assertThat(page.locator(".xterm-rows")).not().containsText("second");
            assertThat(running.sql("SELECT count(*) FROM audit_entry WHERE code = 'recording.played'"))
                    .isEqualTo("2");
        }
    }
}
