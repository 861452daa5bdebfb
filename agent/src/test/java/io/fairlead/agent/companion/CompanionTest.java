package io.fairlead.agent.companion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.consent.Answer;
import io.fairlead.agent.consent.Approvals;
import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Door;
import io.fairlead.agent.consent.OpenSession;
import io.fairlead.agent.consent.Question;
import io.fairlead.agent.consent.TestCarried;
import io.fairlead.agent.consent.TestSessions;
import io.fairlead.agent.consent.Verdict;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.statements.Receipt;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Companions on a desktop, a hand at it, and the agent's door. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompanionTest {
    private static final String SESSION = "3f0a77c1" + "0".repeat(24);
    private static final String BOX = "Let text be copied between here and there";

    @TempDir
    private Path folder;

    private final TestSessions sessions = new TestSessions();
    private final LateTime time = new LateTime();
    private Asking asking;
    private Door door;
    private Desktop desktop;

    @BeforeEach
    void open() throws Exception {
        desktop = new Desktop(folder);
        LocalAudit audit = new LocalAudit(folder.resolve("audit.log"), Clock.systemUTC());
        asking = Approvals.asking(Clock.systemUTC(), time::nanos, folder.resolve("muted"), audit);
        door = Door.open(
                folder.resolve("approve"),
                Optional.empty(),
                asking,
                new TestCarried(),
                sessions,
                person -> Optional.empty(),
                audit);
    }

    @AfterEach
    void close() throws Exception {
        if (desktop == null) {
            return; // skipped
        }
        desktop.close();
        door.close();
        asking.close();
    }

    private Desktop.Window companion() throws Exception {
        return desktop.companion(folder.resolve("approve"));
    }

    private CompletableFuture<Answer> asked(String by, String reason, boolean viewOnly) {
        Question question = new Question(
                "session",
                by,
                reason,
                "control desktop from afar for 30 min",
                OptionalLong.empty(),
                viewOnly,
                viewOnly);
        return CompletableFuture.supplyAsync(() -> {
            try {
                return asking.ask(question);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void what_a_stranger_writes_is_shown_letter_by_letter_and_nothing_is_fetched() throws Exception {
        try (ServerSocket image = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + image.getLocalPort() + "/a.png";
            String by = "<html><b>Service</b>";
            String reason = "<html><img src=\"" + url + "\">\nlook \u202egnp.exe <font size=+9>here</font>";
            Desktop.Window window = companion();

            CompletableFuture<Answer> answer = asked(by, reason, true);

            Desktop.Part accept = window.ready("Accept");
            assertThat(window.texts())
                    .contains("Somebody far away asks to connect to this PC", "control desktop from afar for 30 min")
                    .contains(by, "<html><img src=\"" + url + "\"> look gnp.exe <font size=+9>here</font>")
                    .contains("Decline", "Not today", "View only");
            image.setSoTimeout(1_000);
            assertThat(connected(image)).isFalse();

            desktop.click(accept);
            assertThat(answer.get()).isInstanceOfSatisfying(Answer.Approved.class, yes -> {
                assertThat(yes.means()).isEqualTo(Receipt.Means.COMPANION);
                assertThat(yes.viewOnly()).isFalse();
                assertThat(yes.clipboard()).isFalse();
            });
            window.awaitNothing();
        }
    }

    private static boolean connected(ServerSocket image) throws Exception {
        try {
            image.accept().close();
            return true;
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    @Test
    void enter_accepts_nothing_nor_does_a_click_before_a_second_is_over() throws Exception {
        Desktop.Window window = companion();
        CompletableFuture<Answer> first = asked("emil", "", false);
        Desktop.Part early = window.await("Accept", part -> true);
        boolean rested = early.enabled();
        desktop.click(early);
        Desktop.Part accept = window.ready("Accept");
        assertThat(window.part("View only")).isEmpty();
        desktop.hand("mousemove", String.valueOf(accept.middleX()), String.valueOf(accept.middleY()));
        for (int i = 0; i < 20; i++) {
            desktop.hand("key", "Return", "key", "KP_Enter");
        }
        assertThat(window.ready("Accept")).isEqualTo(accept);
        assertThat(rested).isFalse();
        assertThat(asking.open()).hasSize(1);

        desktop.click(window.ready("Decline"));
        assertThat(first.get()).isInstanceOfSatisfying(Answer.Declined.class, no -> {
            assertThat(no.means()).isEqualTo(Receipt.Means.COMPANION);
            assertThat(no.notToday()).isFalse();
        });
    }

    @Test
    void a_click_after_the_sixty_seconds_does_nothing_and_says_so() throws Exception {
        Desktop.Window window = companion();
        CompletableFuture<Answer> answer = asked("emil", "", true);
        Desktop.Part accept = window.ready("Accept");

        time.passUnnoticed(Asking.PATIENCE);
        desktop.click(accept);
        Desktop.Part clicked = window.await("Accept", part -> !part.enabled());
        time.notice();

        assertThat(clicked.text()).isEqualTo(accept.text());
        assertThat(answer.get()).isEqualTo(new Answer.Unanswered());
        while (window.texts().stream().noneMatch(text -> text.endsWith("within 60 s. This changes nothing."))) {
            Thread.sleep(20);
        }
        assertThat(window.texts()).contains("It is over.");
        assertThat(window.part("Accept").orElseThrow().enabled()).isFalse();
        assertThat(Files.readString(folder.resolve("audit.log")))
                .contains("consent.expired", "consent.late-answer")
                .doesNotContain("consent.approved");
        window.awaitNothing();
    }

    @Test
    void the_box_of_the_clipboard_is_empty_until_somebody_at_the_desktop_ticks_it() throws Exception {
        Desktop.Window window = companion();
        CompletableFuture<Answer> without = asked("emil", "", false);
        assertThat(window.ready("Accept")).isNotNull();
        assertThat(window.texts()).noneMatch(text -> text.endsWith(BOX));
        desktop.click(window.ready("Accept"));
        assertThat(((Answer.Approved) without.get()).clipboard()).isFalse();
        window.awaitNothing();

        CompletableFuture<Answer> kept = asked("emil", "", true);
        Desktop.Part box = window.ready("[ ] " + BOX);
        desktop.click(box);
        desktop.click(window.ready("[x] " + BOX));
        assertThat(window.ready("[ ] " + BOX)).isEqualTo(box);
        desktop.click(window.ready("Accept"));
        assertThat(((Answer.Approved) kept.get()).clipboard()).isFalse();
        window.awaitNothing();

        CompletableFuture<Answer> shared = asked("emil", "", true);
        desktop.click(window.ready("[ ] " + BOX));
        assertThat(window.ready("[x] " + BOX)).isNotNull();
        desktop.click(window.ready("Accept"));
        assertThat(((Answer.Approved) shared.get()).clipboard()).isTrue();
    }

    @Test
    void of_two_windows_one_may_accept_and_the_other_decline_until_it_is_alone() throws Exception {
        Desktop.Window first = companion();
        CompletableFuture<Answer> declined = asked("emil", "", false);
        Desktop.Part accept = first.ready("Accept");
        Desktop.Window second = companion();
        assertThat(second.ready("Decline")).isNotNull();
        assertThat(second.part("Accept").orElseThrow().enabled()).isFalse();
        assertThat(second.texts()).contains("Another window on this PC may accept; this one may decline.");
        assertThat(second.part("Accept").orElseThrow().middleX()).isEqualTo(accept.middleX());
        Approvals.answer(asking, asking.open().get(0).id(), Verdict.APPROVE);
        assertThat(declined.get().approved()).isTrue();
        first.awaitNothing();
        second.awaitNothing();

        first.end();
        CompletableFuture<Answer> answer = asked("emil", "", true);
        desktop.click(second.ready("View only"));
        assertThat(((Answer.Approved) answer.get()).viewOnly()).isTrue();
    }

    @Test
    void a_hundred_requests_show_two_questions_and_not_today_ends_them() throws Exception {
        Desktop.Window window = companion();
        int shown = 0;
        for (int i = 0; i < 100; i++) {
            CompletableFuture<Answer> answer = asked("emil", "", true);
            while (asking.open().isEmpty() && !answer.isDone()) {
                Thread.sleep(5);
            }
            if (!answer.isDone()) {
                shown++;
                desktop.click(window.ready("Decline"));
                window.awaitNothing();
            }
            assertThat(answer.get().approved()).isFalse();
        }
        assertThat(shown).isEqualTo(2);
        Approvals.askAgain(asking);

        CompletableFuture<Answer> last = asked("emil", "", true);
        desktop.click(window.ready("Not today"));
        assertThat(((Answer.Declined) last.get()).notToday()).isTrue();
        assertThat(asked("emil", "", true).get().outward()).startsWith("not today");
    }

    @Test
    void a_session_has_a_banner_as_long_as_it_lasts_and_stop_ends_it() throws Exception {
        Desktop.Window window = companion();
        OpenSession asked =
                new OpenSession(SESSION, "<html>emil, Acme", "ticket", "control desktop", Optional.empty(), 0, "");
        OpenSession granted = new OpenSession(
                SESSION,
                asked.by(),
                "ticket",
                "control desktop",
                Optional.of(Instant.now().plusSeconds(1_799)),
                2,
                "Bert Kopp (bert)");
        sessions.set(asked);
        asking.changes().happened();
        assertThat(window.parts()).isEmpty();
        sessions.set(granted);
        asking.changes().happened();

        Desktop.Part stop = window.ready("Stop");
        assertThat(window.texts())
                .contains("Remote session: <html>emil, Acme")
                .anyMatch(text ->
                        text.matches("29:\\d\\d left; also watching: Bert Kopp \\(bert\\); 2 connections; control.*"));
        desktop.click(stop);
        while (!sessions.sessions().isEmpty()) {
            Thread.sleep(20);
        }
        asking.changes().happened();
        window.awaitNothing();

        sessions.set(granted);
        asking.changes().happened();
        assertThat(window.ready("Stop").y()).isLessThan(60);
        door.close();
        window.awaitNothing();
    }
}
