package io.fairlead.enterprise.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.Tokens.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** The enterprise's side: takes a presented token, or shows a stray. */
    private static final class Server {
        private Tokens tokens = Tokens.none();
        private int made;
        private boolean held;
        private Instant now = NOW;

        /** The fresh token; null when the poll came late, or when the identity is held, from then on. */
        String poll(String presented) {
            Verdict verdict = tokens.judge(presented, now);
            held |= verdict == Verdict.STRAY;
            if (held) {
                return null;
            }
            if (verdict == Verdict.LATE) {
                tokens = tokens.without(presented);
                return null;
            }
            String fresh = "t" + ++made;
            tokens = tokens.after(presented, fresh, now);
            return fresh;
        }
    }

    /** A poll that its agent has given up, and when it arrives. */
    private record Underway(String token, Instant until) {}

    /** A holder of the identity: presents what it has forced to disk. */
    private static final class Agent {
        private String disk;
        private int polls;

        Agent(String disk) {
            this.disk = disk;
        }

        void poll(Server server, boolean arrives, boolean answered) {
            polls++;
            if (arrives) {
                String fresh = server.poll(disk);
                disk = fresh != null && answered ? fresh : disk;
            }
        }
    }

    @Test
    void the_table_at_the_type_is_what_it_does() {
        Tokens fresh = Tokens.none();
        assertThat(fresh.judge("", NOW)).isEqualTo(Verdict.STEP);
        assertThat(fresh.judge("x", NOW)).isEqualTo(Verdict.STRAY);
        assertThat(fresh.certain()).isTrue();

        Tokens sure = fresh.after("", "a", NOW);
        assertThat(sure).isEqualTo(new Tokens("", List.of("a")));
        assertThat(List.of("", "a")).allMatch(sure::mayReport);
        assertThat(sure.mayReport("x")).isFalse();
        assertThat(sure.judge("", NOW)).isEqualTo(Verdict.REPEAT);
        assertThat(sure.judge("a", NOW)).isEqualTo(Verdict.STEP);
        assertThat(sure.certain()).isTrue();

        Tokens doubt = sure.after("", "b", NOW);
        assertThat(doubt).isEqualTo(new Tokens("", List.of("a", "b")));
        assertThat(doubt.certain()).isFalse();
        assertThat(List.of("", "a", "b", "x")).noneMatch(doubt::mayReport);
        assertThat(doubt.judge("a", NOW)).isEqualTo(Verdict.STEP);
        assertThat(doubt.judge("b", NOW)).isEqualTo(Verdict.STEP);
        assertThat(doubt.judge("", NOW)).isEqualTo(Verdict.REPEAT);
        assertThat(doubt.judge("x", NOW)).isEqualTo(Verdict.STRAY);

        Tokens gone = doubt.after("b", "c", NOW);
        assertThat(gone).isEqualTo(new Tokens("b", List.of("c"), List.of(), Lately.NONE.with("", NOW)));
        // What was given and never presented is no poll of an honest holder, however late.
        assertThat(gone.judge("a", NOW)).isEqualTo(Verdict.STRAY);
        assertThat(gone.judge("", NOW.plusSeconds(299))).isEqualTo(Verdict.LATE);
        assertThat(gone.judge("", NOW.plusSeconds(300))).isEqualTo(Verdict.STRAY);
        assertThat(gone.without("").judge("", NOW)).isEqualTo(Verdict.STRAY);
        assertThat(List.of("b", "c")).allMatch(gone::mayReport);
        assertThat(List.of("", "a")).noneMatch(gone::mayReport);
        // Polls overtake reports: after steps that were certain, what was presented lately may still be on its way.
        Tokens later = gone.after("c", "d", NOW).after("d", "e", NOW);
        assertThat(List.of("b", "c", "d", "e")).allMatch(later::mayReport);
        assertThat(later.after("e", "f", NOW)
                        .after("f", "g", NOW)
                        .after("g", "h", NOW)
                        .mayReport("b"))
                .isFalse();
        // A copy that came late may not report either.
        assertThat(later.without("c").mayReport("c")).isFalse();

        Tokens released = new Tokens(null, List.of("", "b"));
        assertThat(released.judge("", NOW)).isEqualTo(Verdict.STEP);
        assertThat(released.after("", "d", NOW).judge("b", NOW)).isEqualTo(Verdict.STRAY);
    }

    @Test
    void what_is_remembered_is_bounded_and_the_newest() {
        Tokens tokens = Tokens.none();
        for (int i = 0; i < 100; i++) {
            tokens = tokens.after("", "t" + i, NOW);
        }
        assertThat(tokens.given()).hasSize(Tokens.MOST).contains("t99", "t84").doesNotContain("t83");

        for (int i = 100; i < 200; i++) {
            tokens = tokens.after("t" + (i - 1), "t" + i, NOW);
        }
        assertThat(tokens.lately().text().split(" ")).hasSize(Lately.MOST);
        assertThat(tokens.judge("t197", NOW)).isEqualTo(Verdict.LATE);
        assertThat(tokens.judge("t165", NOW)).isEqualTo(Verdict.STRAY);
        Instant later = NOW.plus(Lately.LONGEST);
        assertThat(tokens.after("t199", "t200", later).lately()).isEqualTo(Lately.NONE.with("t198", later));
    }

    @Test
    void whatever_is_lost_on_the_way_an_honest_device_is_never_held() {
        Random random = new Random(20261121);
        for (int loss = 0; loss < 10; loss++) {
            Server server = new Server();
            Agent honest = new Agent("");
            for (int step = 0; step < 10_000; step++) {
                honest.poll(server, random.nextInt(10) >= loss / 2, random.nextInt(10) >= loss);
            }
            assertThat(server.held).as("loss of %d tenths", loss).isFalse();
        }
    }

    @Test
    void a_poll_that_was_lost_and_arrives_minutes_after_its_agent_went_on_holds_nobody() {
        Random random = new Random(1962);
        for (int loss = 1; loss < 10; loss++) {
            Server server = new Server();
            Agent honest = new Agent("");
            List<Underway> underway = new ArrayList<>();
            int late = 0;
            for (int step = 0; step < 10_000; step++) {
                server.now = server.now.plusSeconds(10 + random.nextInt(50));
                boolean arrives = random.nextInt(10) >= loss;
                String presented = honest.disk;
                honest.poll(server, arrives, random.nextInt(10) >= loss / 2);
                if (!arrives && underway.stream().noneMatch(one -> one.token().equals(presented))) {
                    underway.add(new Underway(presented, server.now.plusSeconds(random.nextInt(240))));
                }
                for (Underway one : List.copyOf(underway)) {
                    if (one.until().isBefore(server.now)) {
                        underway.remove(one);
                        late += server.tokens.judge(one.token(), server.now) == Verdict.LATE ? 1 : 0;
                        String answerToNobody = server.poll(one.token());
                        assertThat(server.held)
                                .as("%s after %s", one, answerToNobody)
                                .isFalse();
                    }
                }
            }
            assertThat(late).as("loss of %d tenths", loss).isGreaterThan(20);
        }
    }

    @Test
    void two_holders_are_held_within_two_polls_of_each_however_they_take_turns() {
        Random random = new Random(4711);
        for (int round = 0; round < 10_000; round++) {
            Server server = new Server();
            Agent one = new Agent("");
            for (int before = random.nextInt(6); before > 0; before--) {
                one.poll(server, true, random.nextInt(4) > 0);
            }
            Agent two = new Agent(one.disk);
            // The copy may sleep for any time.
            for (int alone = random.nextInt(4); alone > 0; alone--) {
                one.poll(server, true, random.nextInt(4) > 0);
            }
            one.polls = 0;
            while (one.polls < 2 || two.polls < 2) {
                boolean first = two.polls == 2 || (one.polls < 2 && random.nextBoolean());
                (first ? one : two).poll(server, true, true);
            }
            assertThat(server.held).as("round %d", round).isTrue();
        }
    }

    @Test
    void a_copy_of_yesterday_shows_at_its_first_poll() {
        Server server = new Server();
        Agent genuine = new Agent("");
        genuine.poll(server, true, true);
        Agent yesterday = new Agent(genuine.disk);
        for (int i = 0; i < 2_000; i++) {
            server.now = server.now.plusSeconds(50);
            genuine.poll(server, true, true);
        }
        yesterday.poll(server, true, true);
        assertThat(server.held).isTrue();
    }

    @Test
    void the_newest_of_many_lost_answers_is_enough_to_go_on() {
        Server server = new Server();
        Agent agent = new Agent("");
        for (int i = 0; i < 50; i++) {
            agent.poll(server, true, false);
        }
        agent.poll(server, true, true);
        agent.poll(server, true, true);
        assertThat(server.held).isFalse();
        assertThat(server.tokens.certain()).isTrue();
    }
}
