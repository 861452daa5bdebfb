package io.fairlead.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.SignedAnchors;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.soap.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PollLoopTest {
    private static final String ENROLMENT = "e".repeat(32);
    private static final Instant SERVER_TIME = Instant.now().plus(Duration.ofHours(2));

    @TempDir
    Path data;

    private final Enterprise enterprise = new Enterprise();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Box box = new Box();
    private final Papers papers = new Papers();
    private TrustedTime time;

    @BeforeEach
    void prepare() {
        time = Enterprise.time(data);
    }

    @AfterEach
    void close() throws IOException {
        enterprise.close();
    }

    @Test
    void an_answer_gives_the_time_the_token_and_the_instructions() throws Exception {
        after(1, poll -> answer("a", 1, 2));

        Poll first = enterprise.polls.get(0);
        assertThat(first.getDevice()).isEqualTo("device-1");
        assertThat(first.getHold()).isZero();
        assertThat(first.getJournaled()).isZero();
        assertThat(first.getToken()).isNull();
        assertThat(first.getAgentVersion()).isEqualTo("0.1.0");
        assertThat(box.accepted).containsExactly(1L, 2L);
        assertThat(time.fresh()).isTrue();
        assertThat(time.now()).isAfterOrEqualTo(SERVER_TIME);
        assertThat(Files.readString(data.resolve("token")).strip()).isEqualTo(ENROLMENT + " " + "a".repeat(32));
    }

    @Test
    void the_next_poll_says_what_is_journaled_and_returns_the_token() throws Exception {
        after(2, poll -> answer("a", poll.getJournaled() + 1));

        assertThat(enterprise.polls.get(1).getJournaled()).isEqualTo(1);
        assertThat(enterprise.polls.get(1).getToken()).isEqualTo("a".repeat(32));
        assertThat(pauses).isEmpty();
    }

    @Test
    void new_authorities_and_a_wish_for_a_new_key_are_handed_on_and_the_next_poll_says_the_number() throws Exception {
        after(2, poll -> {
            PollResponse answer = answer("a", poll.getJournaled() + 1);
            if (poll.getAnchors() == 0) {
                SignedAnchors anchors = new SignedAnchors();
                anchors.setStatement(new byte[] {1});
                answer.setAnchors(anchors);
                answer.setRenew(true);
            }
            return answer;
        });

        assertThat(papers.told).containsExactly("between", "anchors", "renew", "between", "between");
        assertThat(enterprise.polls.get(1).getAnchors()).isEqualTo(1);
    }

    @Test
    void the_token_outlives_the_process_but_not_the_enrolment() throws Exception {
        after(1, poll -> answer("a", 1));

        assertThat(new RollingToken(data.resolve("token"), ENROLMENT).current()).contains("a".repeat(32));
        assertThat(new RollingToken(data.resolve("token"), "f".repeat(32)).current())
                .isEmpty();
    }

    @Test
    void a_token_that_cannot_be_kept_is_never_used_and_nothing_is_polled_meanwhile() throws Exception {
        // A folder where the draft would be: the file cannot be replaced.
        Path block = Files.createDirectories(data.resolve("token.tmp/x"));
        enterprise.onPoll = poll -> answer("a", 1);
        untilPause(5, () -> {});

        assertThat(enterprise.polls).hasSize(1);

        Files.delete(block);
        Files.delete(block.getParent());
        after(2, poll -> answer("b", poll.getJournaled() + 1));
        assertThat(enterprise.polls.get(1).getToken()).isNull();
    }

    @Test
    void a_token_that_is_none_is_a_bad_answer_and_does_not_stop_the_polls_after_it() throws Exception {
        Iterator<String> tokens = List.of("A", "ab").iterator();
        after(3, poll -> tokens.hasNext() ? answer(tokens.next(), 1) : answer("b", poll.getJournaled() + 1));

        assertThat(pauses).hasSize(2);
        assertThat(box.accepted).containsExactly(1L);
        assertThat(Files.readString(data.resolve("token")).strip()).isEqualTo(ENROLMENT + " " + "b".repeat(32));
    }

    @Test
    void an_instruction_that_is_not_journaled_does_not_make_the_loop_spin() throws Exception {
        box.full = true;
        enterprise.onPoll = poll -> answer("a", 1);
        untilPause(4, () -> {});

        assertThat(enterprise.polls).hasSizeBetween(4, 5);
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
        assertThat(pauses.get(3)).isGreaterThan(pauses.get(0));
    }

    @Test
    void a_journal_that_takes_nothing_makes_the_same_instructions_come_again() throws Exception {
        box.broken = true;
        enterprise.onPoll = poll -> answer("a", 1);
        untilPause(2, () -> box.broken = false);
        assertThat(box.accepted).isEmpty();

        box.broken = false;
        after(2, poll -> answer("b", poll.getJournaled() + 1));
        assertThat(box.accepted).startsWith(1L);
    }

    @Test
    void an_empty_answer_that_comes_at_once_is_not_asked_for_again_at_once() throws Exception {
        enterprise.onPoll = poll -> answer("a");
        untilPause(2, () -> {});

        assertThat(pauses.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        // But for the two by which it shows, after a start or a loss, that nobody else has its token.
        assertThat(enterprise.polls).hasSize(4);
    }

    @Test
    void nothing_is_reported_until_two_polls_have_shown_that_nobody_else_has_the_token() throws Exception {
        RollingToken token = new RollingToken(data.resolve("token"), ENROLMENT);
        List<Boolean> shown = new ArrayList<>();
        Iterator<Object> answers = List.<Object>of(
                        answer("a"),
                        answer("b"),
                        answer("c"),
                        Fault.IDENTITY_HELD,
                        Fault.JOURNAL_BEHIND,
                        // Also said to a second holder, first: its reports bear the numbers of the other's.
                        Fault.BUSY)
                .iterator();
        Stop stop = new Stop();
        enterprise.onPoll = poll -> {
            shown.add(token.shown());
            if (!answers.hasNext()) {
                stop.request();
                return null;
            }
            return answers.next();
        };
        loop(stop, pauses::add, token).run();

        assertThat(shown).containsExactly(false, false, true, true, false, true, false);
        assertThat(token.shown()).isFalse();
    }

    @Test
    void a_held_identity_says_so_once_and_asks_again_when_it_may() throws Exception {
        enterprise.onPoll = poll -> Fault.IDENTITY_HELD;
        untilPause(4, () -> {});

        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isEqualTo(Duration.ofSeconds(60)));
        assertThat(box.accepted).isEmpty();
        assertThat(data.resolve("token")).doesNotExist();
        assertThat(Files.readAllLines(data.resolve("audit.log")))
                .filteredOn(line -> line.contains("HELD"))
                .hasSize(1);
    }

    @Test
    void an_empty_answer_that_was_held_is_followed_by_the_next_poll() throws Exception {
        after(3, poll -> {
            nanos.addAndGet(Duration.ofSeconds(50).toNanos());
            return answer("a");
        });

        assertThat(pauses).isEmpty();
    }

    @Test
    void polls_that_are_dropped_on_the_way_ask_to_be_held_for_less() throws Exception {
        enterprise.onPoll = poll -> {
            if (poll.getHold() == 0) {
                return answer("a");
            }
            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            return null;
        };
        untilPause(3, () -> {});

        // Two that are not held, after the start and after each loss, show who has the token.
        assertThat(enterprise.polls).extracting(Poll::getHold).containsExactly(0, 0, 50, 0, 0, 50, 0, 0, 22);
    }

    @Test
    void a_busy_enterprise_is_left_alone_as_long_as_it_asks() throws Exception {
        enterprise.onPoll = poll -> Fault.BUSY;
        untilPause(1, () -> {});

        assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    }

    @Test
    void a_refused_certificate_waits_quietly_for_a_person_and_is_told_once() throws Exception {
        enterprise.onPoll = poll -> Fault.CERTIFICATE_REVOKED;
        untilPause(4, () -> {});

        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(150)));
        assertThat(Files.readAllLines(data.resolve("audit.log")))
                .filteredOn(line -> line.contains("ENROLMENT_NEEDED"))
                .hasSize(1);
    }

    @Test
    void neither_hang_ups_nor_nonsense_nor_bugs_end_the_loop() throws Exception {
        List<Function<Poll, Object>> turns = new ArrayList<>();
        turns.add(poll -> null);
        turns.add(poll -> {
            throw new IllegalStateException("at the enterprise");
        });
        turns.add(poll -> new Poll());
        turns.add(poll -> new PollResponse());
        turns.add(poll -> answer("a", 666));
        turns.add(poll -> Fault.INTERNAL);
        Iterator<Function<Poll, Object>> next = turns.iterator();

        after(8, poll -> next.hasNext() ? next.next().apply(poll) : answer("b", poll.getJournaled() + 1));

        assertThat(box.accepted).startsWith(1L);
        assertThat(pauses).hasSize(6);
    }

    /** Runs the loop until the enterprise has answered so many polls and one more has come in. */
    private void after(int polls, Function<Poll, Object> answers) throws Exception {
        int before = enterprise.polls.size();
        Stop stop = new Stop();
        enterprise.onPoll = poll -> {
            if (enterprise.polls.size() - before > polls) {
                stop.request();
                return null;
            }
            return answers.apply(poll);
        };
        loop(stop, pauses::add).run();
        if (!pauses.isEmpty()) {
            pauses.remove(pauses.size() - 1); // the one after the last poll, which is hung up on
        }
    }

    /** Runs the loop until it has paused so often. */
    private void untilPause(int times, Runnable then) throws Exception {
        Stop stop = new Stop();
        loop(stop, pause -> {
                    pauses.add(pause);
                    if (pauses.size() >= times) {
                        then.run();
                        stop.request();
                    }
                })
                .run();
    }

    @Test
    void each_return_of_the_enterprise_is_told_once() throws Exception {
        Iterator<Boolean> lost = List.of(true, false, false, true, false).iterator();
        Stop stop = new Stop();
        enterprise.onPoll = poll -> {
            if (!lost.hasNext()) {
                stop.request();
                return null;
            }
            return lost.next() ? null : answer("a", poll.getJournaled() + 1);
        };
        List<Integer> returns = new ArrayList<>();
        PollLoop loop = loop(stop, pauses::add);
        loop.whenOnline(() -> returns.add(enterprise.polls.size()));

        loop.run();

        assertThat(returns).containsExactly(2, 5);
    }

    private PollLoop loop(Stop stop, Pause pause) throws IOException {
        return loop(stop, pause, new RollingToken(data.resolve("token"), ENROLMENT));
    }

    private PollLoop loop(Stop stop, Pause pause, RollingToken token) throws IOException {
        return new PollLoop(
                enterprise.link(time),
                "device-1",
                "0.1.0",
                token,
                papers,
                box,
                time,
                Enterprise.audit(data),
                new Rhythm(() -> 0.5, nanos::get, pause, stop, () -> {}));
    }

    private static PollResponse answer(String token, long... instructions) {
        PollResponse answer = new PollResponse();
        answer.setServerTime(SERVER_TIME);
        answer.setToken(token.repeat(32));
        for (long sequence : instructions) {
            SignedInstruction instruction = new SignedInstruction();
            instruction.setSequence(sequence);
            instruction.setKey("0".repeat(32));
            instruction.setOrder(new byte[] {1});
            instruction.setSignature(new byte[] {2});
            answer.getInstruction().add(instruction);
        }
        return answer;
    }

    /** Notes what it is told. */
    private static final class Papers implements Credentials {
        final List<String> told = new CopyOnWriteArrayList<>();
        volatile long number;

        @Override
        public void betweenPolls() {
            told.add("between");
        }

        @Override
        public long anchors() {
            return number;
        }

        @Override
        public void offered(SignedAnchors anchors) {
            told.add("anchors");
            number++;
        }

        @Override
        public void renewNow() {
            told.add("renew");
        }
    }

    /** Takes whatever comes, as long as it is told to. */
    private static final class Box implements Inbox {
        final List<Long> accepted = new CopyOnWriteArrayList<>();
        volatile boolean full;
        volatile boolean broken;
        private volatile long journaled;

        @Override
        public long journaled() {
            return journaled;
        }

        @Override
        public int accept(List<SignedInstruction> instructions, List<byte[]> signers) throws IOException {
            int taken = 0;
            if (broken) {
                throw new IOException("no space left");
            }
            for (SignedInstruction instruction : instructions) {
                if (instruction.getSequence() == 666) {
                    throw new IllegalStateException("a bug");
                }
                if (!full && instruction.getSequence() > journaled) {
                    taken++;
                    accepted.add(instruction.getSequence());
                    journaled = Math.max(journaled, instruction.getSequence());
                }
            }
            return taken;
        }
    }
}
