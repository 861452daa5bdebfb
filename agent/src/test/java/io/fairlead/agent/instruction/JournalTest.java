package io.fairlead.agent.instruction;

import static io.fairlead.agent.instruction.Authority.ENROLMENT;
import static io.fairlead.agent.instruction.Authority.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.contract.agent.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final byte[] ORDER = {1, 2, 3};

    @TempDir
    Path folder;

    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    private Path file;
    private Path begun;
    private LocalAudit audit;

    @BeforeEach
    void enrol() throws IOException {
        file = folder.resolve("journal");
        begun = folder.resolve("begun");
        audit = new LocalAudit(folder.resolve("audit.log"), clock);
        Journal.create(file, ENROLMENT, audit);
    }

    @Test
    void each_step_outlives_a_restart() throws IOException {
        Journal journal = open();
        assertThat(journal.journaled()).isZero();
        journal.received(3, ORDER);
        journal.received(7, ORDER);
        journal = open();
        assertThat(journal.journaled()).isEqualTo(7);
        assertThat(journal.nextToRun()).hasValueSatisfying(waiting -> {
            assertThat(waiting.number()).isEqualTo(3);
            assertThat(waiting.order()).isEqualTo(ORDER);
        });
        journal.intent(3);
        assertThat(journal.nextToRun().orElseThrow().number()).isEqualTo(7);
        Result result = new Result(3, Outcome.DONE, NOON, "Größe 1 µm");
        journal.result(result);
        journal = open();
        assertThat(journal.nextToReport()).contains(result);
        journal.reported(3);
        journal = open();
        assertThat(journal.nextToReport()).isEmpty();
        assertThat(journal.nextToRun().orElseThrow().number()).isEqualTo(7);
    }

    @Test
    void an_intent_without_a_result_is_interrupted_for_ever() throws IOException {
        Journal journal = open();
        journal.received(1, ORDER);
        journal.intent(1);
        for (int start = 0; start < 3; start++) {
            journal = open();
            assertThat(journal.nextToRun()).isEmpty();
            assertThat(journal.nextToReport()).contains(new Result(1, Outcome.INTERRUPTED, NOON, ""));
        }
    }

    @Test
    void nothing_is_begun_or_ended_twice_or_out_of_turn() throws IOException {
        Journal journal = open();
        journal.received(5, ORDER);
        assertThatThrownBy(() -> journal.received(5, ORDER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.received(4, ORDER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.intent(6)).isInstanceOf(IllegalArgumentException.class);
        journal.intent(5);
        assertThatThrownBy(() -> journal.intent(5)).isInstanceOf(IllegalArgumentException.class);
        journal.result(new Result(5, Outcome.DONE, NOON, ""));
        assertThatThrownBy(() -> journal.result(new Result(5, Outcome.FAILED, NOON, "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(open().nextToReport().orElseThrow().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void a_missing_journal_or_one_of_another_enrolment_forces_enrolment() throws IOException {
        open().received(1, ORDER);
        assertThat(Journal.open(file, begun, "f".repeat(32), clock, audit))
                .isInstanceOfSatisfying(
                        JournalOpening.ReEnrol.class,
                        refused ->
                                assertThat(refused.reason()).contains("another enrolment", "enrol this device anew"));
        Files.delete(file);
        assertThat(Journal.open(file, begun, ENROLMENT, clock, audit)).isInstanceOf(JournalOpening.ReEnrol.class);
        assertThat(file).doesNotExist();
        assertThat(Files.readString(folder.resolve("audit.log"))).contains("journal.refused", "the journal is missing");
    }

    @Test
    void an_altered_journal_forces_enrolment_at_every_start_until_then() throws IOException {
        Journal journal = open();
        for (int i = 1; i <= 10; i++) {
            journal.received(i, new byte[40]);
        }
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] altered = whole.clone();
            altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, altered);
            for (int start = 0; start < 2; start++) {
                assertThat(Journal.open(file, begun, ENROLMENT, clock, audit))
                        .isInstanceOf(JournalOpening.ReEnrol.class);
            }
            Journal.create(file, ENROLMENT, audit);
            assertThat(open().journaled()).isZero();
        }
    }

    @Test
    void a_torn_tail_is_what_was_never_acknowledged() throws IOException {
        Journal journal = open();
        journal.received(1, ORDER);
        long before = Files.size(file);
        journal.received(2, ORDER);
        byte[] whole = Files.readAllBytes(file);
        for (int length = (int) before; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(open().journaled()).isEqualTo(1);
        }
    }

    @Test
    void it_is_compacted_to_what_is_unfinished_and_keeps_the_highest_number() throws IOException {
        Journal journal = opened(Journal.open(file, begun, ENROLMENT, clock, audit, 20_000));
        journal.received(1, ORDER);
        journal.received(2, ORDER);
        for (int i = 3; i <= 1000; i++) {
            journal.received(i, new byte[100]);
            journal.intent(i);
            journal.result(new Result(i, Outcome.DONE, NOON, ""));
            journal.reported(i);
            assertThat(journal.size()).isLessThan(21_000);
        }
        journal.intent(2);
        journal.close();
        Journal again = open();
        assertThat(again.journaled()).isEqualTo(1000);
        assertThat(again.nextToRun().orElseThrow().number()).isEqualTo(1);
        assertThat(again.nextToReport().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void an_older_copy_in_which_something_still_waits_that_was_begun_since_is_refused_until_enrolment()
            throws IOException {
        Journal journal = open();
        byte[] empty = Files.readAllBytes(file);
        journal.received(1, ORDER);
        journal.received(2, ORDER);
        byte[] waiting = Files.readAllBytes(file);
        journal.intent(1);
        journal.mark(1);
        byte[] interrupted = Files.readAllBytes(file);
        journal.result(new Result(1, Outcome.DONE, NOON, ""));
        journal.reported(1);
        journal.close();
        assertThat(open().nextToRun().orElseThrow().number()).isEqualTo(2);

        for (byte[] copy : List.of(empty, waiting, empty)) {
            Files.write(file, copy);
            assertThat(Journal.open(file, begun, ENROLMENT, clock, audit))
                    .isInstanceOfSatisfying(
                            JournalOpening.ReEnrol.class,
                            refused -> assertThat(refused.reason())
                                    .contains("older copy: 1 was begun since", "enrol this device anew"));
        }
        // This copy knows that it was begun: nothing runs twice, so it may be taken.
        Files.write(file, interrupted);
        assertThat(open().nextToReport().orElseThrow().outcome()).isEqualTo(Outcome.INTERRUPTED);

        Journal.create(file, "f".repeat(32), audit);
        Journal anew = opened(Journal.open(file, begun, "f".repeat(32), clock, audit));
        anew.received(1, ORDER);
        anew.close();
        assertThat(opened(Journal.open(file, begun, "f".repeat(32), clock, audit))
                        .nextToRun())
                .isPresent();
        Files.writeString(begun, "1\n");
        assertThat(Journal.open(file, begun, "f".repeat(32), clock, audit)).isInstanceOf(JournalOpening.ReEnrol.class);
    }

    private Journal open() throws IOException {
        return opened(Journal.open(file, begun, ENROLMENT, clock, audit));
    }

    private static Journal opened(JournalOpening opening) {
        assertThat(opening).isInstanceOf(JournalOpening.Opened.class);
        return ((JournalOpening.Opened) opening).journal();
    }
}
