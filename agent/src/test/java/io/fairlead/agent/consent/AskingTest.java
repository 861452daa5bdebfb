package io.fairlead.agent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.statements.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class AskingTest {
    private static final Person ANN = new Person("ann", Person.Kind.ORDINARY);
    private static final Receipt.Means TYPED = Receipt.Means.COMMAND_LINE;
    private static final Question RECEIVE =
            new Question("receive", "Service Desk", "new method", "place /in/method.xml", OptionalLong.of(12));

    @TempDir
    private Path folder;

    private final HeldTime time = new HeldTime();
    private Path audit;
    private Asking asking;

    @BeforeEach
    void build() {
        audit = folder.resolve("audit.log");
        asking = started();
    }

    /** As the agent does at each start. */
    private Asking started() {
        return new Asking(
                time, time::nanos, new Random(1)::nextInt, folder.resolve("muted"), new LocalAudit(audit, time));
    }

    private CompletableFuture<Answer> asked(Question question) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return asking.ask(question);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<Asked> open(int count) throws InterruptedException {
        while (asking.open().size() != count) {
            Thread.sleep(5);
        }
        return asking.open();
    }

    private String only() throws InterruptedException {
        return open(1).get(0).id();
    }

    private List<String> audited() throws IOException {
        return Files.readAllLines(audit).stream()
                .map(line -> line.substring(25))
                .toList();
    }

    @Test
    void a_yes_in_time_is_a_yes_and_the_audit_names_everything() throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        Asked shown = open(1).get(0);
        assertThat(shown.since()).isEqualTo(HeldTime.START);
        assertThat(shown.until()).isEqualTo(HeldTime.START.plusSeconds(60));
        time.pass(Duration.ofMillis(59_999));

        // Typed as a person types.
        Taken taken = asking.answer(" " + shown.id().toLowerCase(java.util.Locale.ROOT), Verdict.APPROVE, ANN, TYPED);

        assertThat(taken.counts()).isTrue();
        assertThat(answer.get()).isEqualTo(new Answer.Approved(ANN, false, false, TYPED));
        assertThat(answer.get().outward()).isEqualTo("approved at the instrument");
        assertThat(audited())
                .containsExactly(
                        "consent.asked id=" + shown.id() + " action=receive by=\"Service Desk\" reason=\"new method\""
                                + " what=\"place /in/method.xml\" bytes=12",
                        "consent.approved id=" + shown.id()
                                + " answer=approved approver=ann account=ORDINARY means=\"command line\"");
    }

    @Test
    void a_no_is_a_no() throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        String id = only();

        assertThat(asking.answer(id, Verdict.DECLINE, ANN, TYPED).counts()).isTrue();

        assertThat(answer.get().approved()).isFalse();
        assertThat(answer.get().outward()).isEqualTo("declined at the instrument");
        assertThat(audited().get(1))
                .isEqualTo("consent.declined id=" + id
                        + " answer=declined approver=ann account=ORDINARY means=\"command line\"");
    }

    static final List<Consumer<HeldTime>> MINUTES = List.of(
            time -> time.pass(Asking.PATIENCE),
            time -> time.sleep(Asking.PATIENCE),
            time -> time.passUnseen(Asking.PATIENCE));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void sixty_seconds_of_silence_are_a_no_whichever_clock_says_so_and_a_late_answer_does_nothing(int which)
            throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        String id = only();
        MINUTES.get(which).accept(time);

        // Before the caller has woken, or after: it is late by the clock.
        Taken late = asking.answer(id, Verdict.APPROVE, ANN, TYPED);
        assertThat(late.counts()).isFalse();
        assertThat(answer.get()).isEqualTo(new Answer.Unanswered());
        assertThat(asking.open()).isEmpty();

        Taken later = asking.answer(id, Verdict.APPROVE, ANN, TYPED);
        assertThat(later.counts()).isFalse();
        assertThat(later.text())
                .isEqualTo(id + " has ended: nobody answered at the instrument within 60 s. This changes nothing.");
        assertThat(audited()).contains("consent.expired id=" + id);
        // One entry for both: who answers late again and again must not fill the file.
        assertThat(audited().stream().filter(line -> line.startsWith("consent.late-answer")))
                .containsExactly("consent.late-answer id=" + id + " answer=approved approver=ann since-last-entry=1");
    }

    @Test
    void the_first_answer_counts_and_no_other() throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        String id = only();
        List<CompletableFuture<Taken>> racers = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(4);
        for (int i = 0; i < 4; i++) {
            boolean yes = i % 2 == 0;
            racers.add(CompletableFuture.supplyAsync(() -> {
                try {
                    int unused = start.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return asking.answer(id, yes ? Verdict.APPROVE : Verdict.DECLINE, ANN, TYPED);
            }));
        }
        List<Boolean> counted = new ArrayList<>();
        for (CompletableFuture<Taken> racer : racers) {
            counted.add(racer.get().counts());
        }

        assertThat(counted.stream().filter(counts -> counts)).hasSize(1);
        assertThat(answer.get().approved()).isEqualTo(counted.indexOf(true) % 2 == 0);
    }

    @Test
    void several_questions_wait_side_by_side_and_a_ninth_is_refused() throws Exception {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < Asking.MOST_OPEN; i++) {
            answers.add(asked(RECEIVE));
        }
        List<Asked> open = open(Asking.MOST_OPEN);
        Set<String> ids = new HashSet<>(open.stream().map(Asked::id).toList());
        assertThat(ids).hasSize(Asking.MOST_OPEN);

        assertThat(asking.ask(RECEIVE).outward()).isEqualTo("8 questions wait at the instrument already");
        assertThat(asking.answer(open.get(3).id(), Verdict.APPROVE, ANN, TYPED).counts())
                .isTrue();
        assertThat(open(Asking.MOST_OPEN - 1)).doesNotContain(open.get(3));
        time.pass(Asking.PATIENCE);

        int yes = 0;
        for (CompletableFuture<Answer> each : answers) {
            yes += each.get().approved() ? 1 : 0;
        }
        assertThat(yes).isEqualTo(1);
    }

    @Test
    void an_agent_that_ends_answers_no_for_whoever_waits_and_asks_nobody_any_more() throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        String id = only();

        asking.close();

        assertThat(answer.get()).isEqualTo(new Answer.NotAsked("the agent stopped before anybody answered"));
        assertThat(asking.ask(RECEIVE).approved()).isFalse();
        assertThat(asking.answer(id, Verdict.APPROVE, ANN, TYPED).counts()).isFalse();
        assertThat(audited().get(1)).startsWith("consent.expired id=" + id + " why=");
        assertThat(audited().get(2)).startsWith("consent.not-asked action=receive");
    }

    @Test
    void what_was_approved_in_time_stays_so_though_the_agent_ends_before_the_caller_wakes() throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        String id = only();
        assertThat(asking.answer(id, Verdict.DECLINE, ANN, TYPED).counts()).isTrue();
        asking.close();

        assertThat(answer.get()).isEqualTo(new Answer.Declined(ANN, false, TYPED));
    }

    @Test
    void after_two_noes_nobody_is_asked_about_it_for_half_an_hour_unless_somebody_there_wants_to_be() throws Exception {
        Question other = new Question("restart", "", "", "restart", OptionalLong.empty());
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Answer> answer = asked(RECEIVE);
            String id = only();
            if (i == 0) {
                assertThat(asking.answer(id, Verdict.DECLINE, ANN, TYPED).counts())
                        .isTrue();
            } else {
                time.pass(Asking.PATIENCE);
            }
            assertThat(answer.get().approved()).isFalse();
        }

        assertThat(asking.ask(RECEIVE).outward())
                .isEqualTo(
                        "two questions about receive were declined or not answered at the instrument; nobody there is"
                                + " asked again for 30 min");
        assertThat(asking.muted()).startsWith("Not asked about receive for 30 min");
        CompletableFuture<Answer> elsewhere = asked(other);
        assertThat(asking.answer(only(), Verdict.APPROVE, ANN, TYPED).counts()).isTrue();
        assertThat(elsewhere.get().approved()).isTrue();

        time.pass(Mute.QUIET.minusSeconds(1));
        assertThat(asking.ask(RECEIVE).outward()).endsWith("again for 1 min");
        time.pass(Duration.ofSeconds(1));
        CompletableFuture<Answer> again = asked(RECEIVE);
        assertThat(asking.answer(only(), Verdict.APPROVE, ANN, TYPED).counts()).isTrue();
        assertThat(again.get().approved()).isTrue();

        for (int i = 0; i < 2; i++) {
            CompletableFuture<Answer> answer = asked(RECEIVE);
            assertThat(asking.answer(only(), Verdict.DECLINE, ANN, TYPED).counts())
                    .isTrue();
            assertThat(answer.get().approved()).isFalse();
        }
        assertThat(asking.askAgain(ANN)).isEqualTo("You will be asked again.");
        assertThat(asking.muted()).isEmpty();
        CompletableFuture<Answer> lifted = asked(RECEIVE);
        assertThat(asking.answer(only(), Verdict.APPROVE, ANN, TYPED).counts()).isTrue();
        assertThat(lifted.get().approved()).isTrue();
        assertThat(audited()).contains("consent.ask-again approver=ann account=ORDINARY");
    }

    @Test
    void not_today_lasts_until_midnight_on_the_wall_or_a_word_at_the_instrument() throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        String id = only();
        CompletableFuture<Answer> beside = asked(RECEIVE);
        assertThat(open(2)).hasSize(2);

        assertThat(asking.answer(id, Verdict.NOT_TODAY, ANN, TYPED).counts()).isTrue();

        assertThat(answer.get()).isEqualTo(new Answer.Declined(ANN, true, TYPED));
        assertThat(answer.get().outward()).isEqualTo("declined at the instrument: not today");
        assertThat(beside.get()).isEqualTo(new Answer.Declined(ANN, true, TYPED));
        time.pass(Duration.ofHours(12).minusSeconds(1));
        assertThat(asking.ask(RECEIVE).outward())
                .isEqualTo("not today: nobody at the instrument is asked about receive until midnight there");
        assertThat(asking.muted()).startsWith("Not asked about receive until midnight");
        time.pass(Duration.ofSeconds(1));
        CompletableFuture<Answer> tomorrow = asked(RECEIVE);
        assertThat(asking.answer(only(), Verdict.NOT_TODAY, ANN, TYPED).counts())
                .isTrue();
        assertThat(tomorrow.get().approved()).isFalse();

        assertThat(asking.askAgain(ANN)).isEqualTo("You will be asked again.");
        CompletableFuture<Answer> again = asked(RECEIVE);
        assertThat(asking.answer(only(), Verdict.NOT_TODAY, ANN, TYPED).counts())
                .isTrue();
        assertThat(again.get().approved()).isFalse();
        // A clock that somebody sets back does not make the day longer than a day.
        time.passUnseen(Mute.LONGEST_DAY);
        CompletableFuture<Answer> late = asked(RECEIVE);
        assertThat(asking.answer(only(), Verdict.APPROVE, ANN, TYPED).counts()).isTrue();
        assertThat(late.get().approved()).isTrue();
    }

    @Test
    void no_restart_makes_anybody_be_asked_again() throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        assertThat(asking.answer(only(), Verdict.NOT_TODAY, ANN, TYPED).counts())
                .isTrue();
        assertThat(answer.get().approved()).isFalse();
        time.sleep(Duration.ofHours(12).minusSeconds(1));
        asking = started();
        assertThat(asking.ask(RECEIVE).outward()).startsWith("not today: nobody at the instrument is asked");

        time.sleep(Duration.ofSeconds(1));
        asking = started();
        CompletableFuture<Answer> killed = asked(RECEIVE);
        assertThat(only()).isNotEmpty();
        // Killed with a question open; and once more, with a question that is taken back.
        asking = started();
        Thread taken = new Thread(() -> {
            try {
                Answer unused = asking.ask(RECEIVE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        taken.start();
        assertThat(only()).isNotEmpty();
        taken.interrupt();
        taken.join();
        asking = started();
        assertThat(asking.muted()).startsWith("Not asked about receive for 30 min");
        time.sleep(Mute.QUIET.minusSeconds(1));
        asking = started();
        assertThat(asking.ask(RECEIVE).outward()).endsWith("again for 1 min");

        // Neither does a clock that was set back, but for a word at the instrument.
        time.sleep(Duration.ofDays(-1));
        asking = started();
        assertThat(asking.ask(RECEIVE).outward()).endsWith("again for 30 min");
        assertThat(asking.askAgain(ANN)).isEqualTo("You will be asked again.");
        asking = started();
        CompletableFuture<Answer> again = asked(RECEIVE);
        assertThat(asking.answer(only(), Verdict.APPROVE, ANN, TYPED).counts()).isTrue();
        assertThat(again.get().approved()).isTrue();
        assertThat(killed).isNotDone();
    }

    @Test
    void what_cannot_be_read_of_it_mutes_nothing() throws Exception {
        Path unused = Files.writeString(folder.resolve("muted"), "noes receive many 2026\n");
        asking = started();
        assertThat(asking.muted()).isEmpty();
    }

    @Test
    void a_yes_for_viewing_only_is_taken_where_there_is_something_to_view() throws Exception {
        CompletableFuture<Answer> answer = asked(RECEIVE);
        assertThat(asking.answer(only(), Verdict.VIEW_ONLY, ANN, TYPED).text())
                .contains("is not about controlling a desktop");
        assertThat(asking.answer(only(), Verdict.DECLINE, ANN, TYPED).counts()).isTrue();
        assertThat(answer.get().approved()).isFalse();

        CompletableFuture<Answer> session =
                asked(new Question("session", "", "", "control desktop", OptionalLong.empty(), true, false));
        assertThat(asking.answer(only(), Verdict.VIEW_ONLY, ANN, TYPED).text()).contains("approved for viewing only");
        assertThat(session.get()).isEqualTo(new Answer.Approved(ANN, true, false, TYPED));
    }

    @Test
    void a_yes_with_the_clipboard_is_taken_where_it_was_asked_about() throws Exception {
        CompletableFuture<Answer> kept =
                asked(new Question("session", "", "", "control desktop", OptionalLong.empty(), true, false));
        assertThat(asking.answer(only(), Verdict.WITH_CLIPBOARD, ANN, TYPED).text())
                .contains("site.conf shares no clipboard");
        assertThat(asking.answer(only(), Verdict.APPROVE, ANN, TYPED).counts()).isTrue();
        assertThat(kept.get()).isEqualTo(new Answer.Approved(ANN, false, false, TYPED));

        CompletableFuture<Answer> shared =
                asked(new Question("session", "", "", "control desktop", OptionalLong.empty(), true, true));
        assertThat(asking.answer(only(), Verdict.WITH_CLIPBOARD, ANN, TYPED).text())
                .contains("approved with the clipboard");
        assertThat(shared.get()).isEqualTo(new Answer.Approved(ANN, false, true, TYPED));
    }

    @Test
    void an_answer_to_nothing_is_told_so() throws Exception {
        assertThat(asking.answer("AAAA", Verdict.APPROVE, ANN, TYPED).text()).isEqualTo("There is no question AAAA.");
        assertThat(asking.answer("\u001b[31mrm -rf", Verdict.APPROVE, ANN, TYPED)
                        .text())
                .isEqualTo("There is no question of that name.");
        assertThat(audited().get(0)).startsWith("consent.late-answer id=AAAA answer=approved approver=ann");
    }
}
