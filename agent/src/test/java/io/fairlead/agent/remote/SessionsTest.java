package io.fairlead.agent.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.consent.Answer;
import io.fairlead.agent.consent.Approvals;
import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Question;
import io.fairlead.agent.consent.Verdict;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.link.KeptReceipt;
import io.fairlead.agent.link.TunnelPeer;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Session;
import io.fairlead.contract.agent.SessionState;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.RunningHash;
import io.fairlead.statements.SessionRequest;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Transcript;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionsTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final String STREAM = "ffeeddccbbaa99887766554433221100";

    @TempDir
    private Path folder;

    private SessionsRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new SessionsRig(folder);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private Handled openSession(String services) throws Exception {
        return rig.handle(Kind.OPEN_SESSION, rig.openSession(ID, services));
    }

    private void granted() throws Exception {
        rig.asks = false;
        assertThat(openSession("use/results").outcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.said().getState()).isEqualTo(SessionState.GRANTED);
    }

    private TunnelPeer stream(String id) throws Exception {
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, id, "use/results")))
                .isEqualTo(Handled.done("begun"));
        return rig.peer();
    }

    private static Transcript.Side sum(String text) {
        RunningHash hash = new RunningHash();
        hash.add(ByteBuffer.wrap(text.getBytes(UTF_8)));
        return hash.now();
    }

    @Test
    void copies_are_kept_for_four_hundred_days() throws Exception {
        List<Path> kept = new ArrayList<>();
        for (String name : List.of("receipts/1-a.receipt", "receipts/number-b", "transcripts/a-b.transcript")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            kept.add(Files.setLastModifiedTime(Files.createFile(file), FileTime.from(rig.time.instant())));
        }
        Kept copies = new Kept(folder.resolve("receipts"), folder.resolve("transcripts"));
        copies.prune(rig.time.instant().plus(Duration.ofDays(399)));
        assertThat(kept).allSatisfy(file -> assertThat(file).exists());
        copies.prune(rig.time.instant().plus(Duration.ofDays(401)));
        assertThat(kept).filteredOn(Files::exists).containsExactly(folder.resolve("receipts/number-b"));
    }

    @Test
    void who_is_asked_sees_it_all_and_after_his_yes_bytes_pass_until_he_ends_it() throws Exception {
        assertThat(openSession("use/results")).isEqualTo(Handled.done("asked"));
        assertThat(rig.said().getState()).isEqualTo(SessionState.ASKED);
        assertThat(rig.question()).satisfies(question -> {
            assertThat(question.by()).isEqualTo("Emil Sommer (emil), Acme Instruments");
            assertThat(question.reason()).isEqualTo("ticket 4711");
            assertThat(question.what())
                    .isEqualTo("use results from afar for 30 min; what is used cannot be read, and may reach further");
        });
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, STREAM, "use/results"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);

        rig.answer(true);

        Session word = rig.said();
        assertThat(word.getState()).isEqualTo(SessionState.GRANTED);
        Receipt receipt = Receipt.of(word.getReceipt().getStatement());
        SessionRequest request = new SessionRequest(
                "device-1",
                ID,
                "Emil Sommer (emil)",
                "Acme Instruments",
                "ticket 4711",
                30,
                List.of(new SessionService("results", SessionService.Mode.USE)));
        assertThat(receipt.request()).isEqualTo(request.hash());
        assertThat(receipt.means()).isEqualTo(Receipt.Means.COMMAND_LINE);
        assertThat(receipt.number()).isEqualTo(1);
        assertThat(receipt.policy()).isEqualTo(SessionsRig.POLICY);
        assertThat(Duration.between(receipt.at(), receipt.until())).isEqualTo(Duration.ofMinutes(30));
        byte[] kept = Files.readAllBytes(folder.resolve("receipts/1-" + ID + ".receipt"));
        assertThat(KeptReceipt.of(kept).judged(rig.roots())).isEqualTo(receipt);

        // What comes from afar rests for a second after an answer.
        rig.time.pass(Duration.ofSeconds(1));
        TunnelPeer viewer = stream(STREAM);
        assertThat(rig.relay.requests.get(rig.relay.requests.size() - 1).headers())
                .containsEntry("fairlead-receipt", KeptReceipt.of(kept).text().header());
        viewer.send(TunnelPeer.BINARY, "hello".getBytes(UTF_8));
        assertThat(viewer.read().text()).isEqualTo("HELLO");
        assertThat(rig.sessions.atHand()).hasSize(1);

        assertThat(rig.sessions.end(ID, StreamCause.ENDED_AT_INSTRUMENT)).isTrue();
        SignedText said = SignedText.ofHeader(viewer.read().text(), Transcript.MOST_BYTES);
        assertThat(viewer.read().closeCode()).isEqualTo(4001);
        assertThat(said.isBy(KeptReceipt.of(kept).chain().get(0).getPublicKey()))
                .isTrue();
        assertThat(Transcript.of(said.statement())).satisfies(transcript -> {
            assertThat(transcript.stream()).isEqualTo(STREAM);
            assertThat(transcript.last()).isTrue();
            assertThat(transcript.sent()).isEqualTo(sum("HELLO"));
            assertThat(transcript.received()).isEqualTo(sum("hello"));
        });
        assertThat(Files.readAllLines(folder.resolve("transcripts/" + ID + "-" + STREAM + ".transcript")))
                .contains("-----BEGIN CERTIFICATE-----")
                .endsWith(said.header());
        assertThat(rig.said()).satisfies(ended -> {
            assertThat(ended.getState()).isEqualTo(SessionState.ENDED);
            assertThat(ended.getDetail()).isEqualTo("ended at the instrument");
        });
        rig.untilNone();
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, STREAM, "use/results"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(rig.audit())
                .contains("session.requested", "consent.approved", "session.granted", "session.stream-opened")
                .contains("session.ended session=" + ID);
    }

    @Test
    void a_no_is_signed_and_two_of_them_mute() throws Exception {
        for (int number = 1; number <= 2; number++) {
            assertThat(openSession("use/results").outcome()).isEqualTo(Outcome.DONE);
            assertThat(rig.said().getState()).isEqualTo(SessionState.ASKED);
            rig.answer(false);
            Session word = rig.said();
            assertThat(word.getState()).isEqualTo(SessionState.DECLINED);
            Receipt receipt = Receipt.of(word.getReceipt().getStatement());
            assertThat(receipt.decision()).isEqualTo(Receipt.Decision.DECLINED);
            assertThat(receipt.number()).isEqualTo(number);
            rig.untilNone();
        }

        assertThat(openSession("use/results").outcome()).isEqualTo(Outcome.DONE);
        Session word = rig.saidLast();
        assertThat(word.getState()).isEqualTo(SessionState.REFUSED);
        assertThat(word.getDetail()).contains("nobody there is asked again");
        assertThat(word.getReceipt()).isNull();
        assertThat(rig.dialled).hasValue(0);
    }

    @Test
    void who_may_only_look_gets_a_receipt_for_that_and_no_stream_of_anything_else() throws Exception {
        assertThat(openSession("control/desktop use/results").outcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.said().getState()).isEqualTo(SessionState.ASKED);
        assertThat(rig.question().viewOnly()).isTrue();

        rig.answer(Verdict.VIEW_ONLY);

        Session word = rig.said();
        assertThat(word.getState()).isEqualTo(SessionState.GRANTED);
        List<SessionService> view = List.of(new SessionService("desktop", SessionService.Mode.VIEW));
        assertThat(Receipt.of(word.getReceipt().getStatement()).services()).isEqualTo(view);
        assertThat(rig.sessions.atHand().get(0).services()).isEqualTo(view);
        for (String service : List.of("control/desktop", "use/results")) {
            assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, STREAM, service))
                            .outcome())
                    .isEqualTo(Outcome.REFUSED);
        }
    }

    @Test
    void not_today_is_told_and_holds_for_the_next_request() throws Exception {
        assertThat(openSession("view/desktop").outcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.said().getState()).isEqualTo(SessionState.ASKED);
        assertThat(rig.question().viewOnly()).isFalse();
        rig.answer(Verdict.NOT_TODAY);
        Session word = rig.said();
        assertThat(word.getState()).isEqualTo(SessionState.DECLINED);
        assertThat(word.getDetail()).isEqualTo("declined at the instrument: not today");
        assertThat(word.getReceipt()).isNotNull();
        rig.untilNone();

        assertThat(openSession("view/desktop").outcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.saidLast().getDetail()).startsWith("not today: ");
    }

    @Test
    void while_a_connection_is_open_by_which_hands_may_come_from_afar_nothing_more_is_agreed_to() throws Exception {
        granted();
        TunnelPeer viewer = stream(STREAM);
        assertThat(rig.sessions.handsOn()).isPresent();
        rig.asks = true;

        assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession("9" + ID.substring(1), "view/desktop"))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        Session word = rig.saidLast();
        assertThat(word.getState()).isEqualTo(SessionState.REFUSED);
        assertThat(word.getDetail()).startsWith("nobody is asked now: a remote terminal or another remote connection");
        assertThat(rig.asking.open()).isEmpty();

        viewer.close(4002);
        while (rig.sessions.handsOn().isPresent()) {
            Thread.sleep(5);
        }
        assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession("9" + ID.substring(1), "view/desktop"))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(rig.question()).isNotNull();
    }

    @Test
    void bytes_are_held_back_while_a_question_is_shown_and_for_a_second_after() throws Exception {
        granted();
        TunnelPeer viewer = stream(STREAM);
        viewer.send(TunnelPeer.BINARY, "before".getBytes(UTF_8));
        assertThat(viewer.read().text()).isEqualTo("BEFORE");
        Question other = new Question("receive", "", "", "place a", OptionalLong.empty());
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return rig.asking.ask(other);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(rig.question()).isEqualTo(other);
        long served = rig.served.get();
        viewer.send(TunnelPeer.BINARY, "click".getBytes(UTF_8));
        // The agent answers this behind it: it has read both.
        viewer.send(TunnelPeer.PING, new byte[0]);
        rig.answer(false);
        assertThat(answer.get().approved()).isFalse();
        rig.looked();
        assertThat(rig.served).hasValue(served);

        rig.time.pass(Duration.ofSeconds(1));

        assertThat(rig.read(viewer)).isEqualTo("CLICK");
    }

    @Test
    void silence_is_a_no_and_a_late_yes_opens_nothing() throws Exception {
        assertThat(openSession("use/results").outcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.said().getState()).isEqualTo(SessionState.ASKED);
        assertThat(rig.question().action()).isEqualTo("session");
        String question = rig.asking.open().get(0).id();

        rig.time.pass(Asking.PATIENCE);

        assertThatThrownBy(() -> Approvals.answer(rig.asking, question, true)).hasMessageContaining("has ended");
        Session word = rig.said();
        assertThat(word.getState()).isEqualTo(SessionState.UNANSWERED);
        assertThat(word.getReceipt()).isNull();
        assertThatThrownBy(() -> Approvals.answer(rig.asking, question, true)).hasMessageContaining("changes nothing");
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, STREAM, "use/results"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(rig.dialled).hasValue(0);
        assertThat(folder.resolve("receipts"))
                .satisfiesAnyOf(
                        none -> assertThat(none).doesNotExist(),
                        empty -> assertThat(empty).isEmptyDirectory());
    }

    @ParameterizedTest
    @ValueSource(strings = {"use/other", "view/results", "use/desktop", "terminal/results", "terminal/desktop"})
    void what_site_conf_does_not_name_so_is_refused_without_a_question(String services) throws Exception {
        assertThat(openSession(services).outcome()).isEqualTo(Outcome.DONE);

        assertThat(rig.said().getState()).isEqualTo(SessionState.REFUSED);
        assertThat(rig.asking.open()).isEmpty();
    }

    @Test
    void a_thousand_requests_for_hosts_and_ports_that_are_not_named_dial_none() throws Exception {
        rig.asks = false;
        for (int i = 0; i < 100; i++) {
            String id = String.format("%032x", i);
            String service = List.of("use/127.0.0.1:" + i, "use/results:" + i, "terminal/h" + i, "view/results")
                    .get(i % 4);
            assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession(id, service))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(rig.said().getState()).isEqualTo(SessionState.REFUSED);
            rig.untilNone();
        }
        granted();
        for (int i = 0; i < 900; i++) {
            assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, String.format("%032x", i), "use/127.0.0.1:" + i))
                            .outcome())
                    .isEqualTo(Outcome.REFUSED);
        }
        assertThat(rig.dialled).hasValue(0);
        assertThat(rig.relay.requests).noneMatch(request -> request.path().equals("/tunnel"));
    }

    @Test
    void what_the_policy_denies_is_refused() throws Exception {
        rig.refusal = Optional.of("site.conf denies session");

        assertThat(openSession("use/results").outcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.said().getDetail()).isEqualTo("site.conf denies session");
    }

    @Test
    void what_could_not_be_shown_as_it_is_is_refused() throws Exception {
        var order = rig.openSession(ID, "use/results");
        order.setReason("look\u202ehere");

        assertThat(rig.handle(Kind.OPEN_SESSION, order).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(rig.said().getState()).isEqualTo(SessionState.REFUSED);
    }

    @Test
    void of_a_grant_only_what_is_in_it_is_dialled() throws Exception {
        granted();

        for (String service : List.of("use/other", "view/desktop", "control/desktop")) {
            assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, STREAM, service))
                            .outcome())
                    .isEqualTo(Outcome.REFUSED);
        }
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream("0".repeat(32), STREAM, "use/results"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        rig.refusal = Optional.of("everything is denied");
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, STREAM, "use/results")))
                .isEqualTo(Handled.refused("everything is denied"));
        assertThat(rig.dialled).hasValue(0);
        assertThat(rig.relay.requests).noneMatch(request -> request.path().equals("/tunnel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wall", "monotonic", "gap"})
    void either_clock_ends_it_with_its_streams(String clock) throws Exception {
        rig.minutes = 1;
        granted();
        TunnelPeer viewer = stream(STREAM);
        viewer.send(TunnelPeer.BINARY, "a".getBytes(UTF_8));
        assertThat(viewer.read().text()).isEqualTo("A");

        switch (clock) {
            case "wall" -> {
                rig.time.wallOnly(Duration.ofSeconds(29));
                rig.looked();
                rig.time.wallOnly(Duration.ofSeconds(29));
                rig.looked();
                rig.time.wallOnly(Duration.ofSeconds(29));
            }
            case "monotonic" -> {
                rig.time.nanosOnly(Duration.ofSeconds(29));
                rig.looked();
                rig.time.nanosOnly(Duration.ofSeconds(29));
                rig.looked();
                rig.time.nanosOnly(Duration.ofSeconds(29));
            }
            default -> rig.time.pass(Duration.ofSeconds(31));
        }

        assertThat(viewer.last().closeCode()).isEqualTo(StreamCause.EXPIRED.code());
        assertThat(rig.said().getState()).isEqualTo(SessionState.ENDED);
    }

    @Test
    void a_session_in_which_nobody_does_anything_ends_when_the_customer_says() throws Exception {
        rig.idle = Duration.ofSeconds(60);
        granted();
        TunnelPeer viewer = stream(STREAM);
        for (String word : List.of("one", "two", "three")) {
            rig.time.pass(Duration.ofSeconds(25));
            viewer.send(TunnelPeer.BINARY, word.getBytes(UTF_8));
            assertThat(viewer.read().text()).isEqualToIgnoringCase(word);
            rig.looked();
        }
        for (int i = 0; i < 2; i++) {
            rig.time.pass(Duration.ofSeconds(25));
            rig.looked();
            assertThat(rig.sessions.atHand()).hasSize(1);
        }
        rig.time.pass(Duration.ofSeconds(25));
        assertThat(viewer.last().closeCode()).isEqualTo(StreamCause.IDLE.code());
        assertThat(rig.said().getDetail()).isEqualTo(StreamCause.IDLE.words());
    }

    private Handled streamOf(String viewer, String id, String use) throws Exception {
        Order order = rig.openStream(ID, id, use);
        order.setBy(viewer);
        return rig.handle(Kind.OPEN_STREAM, order);
    }

    @Test
    void somebody_else_than_who_asked_may_only_look_is_named_and_keeps_nothing_open() throws Exception {
        rig.asks = false;
        rig.idle = Duration.ofSeconds(60);
        assertThat(openSession("control/desktop use/results").outcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.said().getState()).isEqualTo(SessionState.GRANTED);
        for (String use : List.of("control/desktop", "use/results")) {
            for (String viewer : List.of("Bert Kopp (bert)", "", "Emil Sommer (emil) ")) {
                assertThat(streamOf(viewer, STREAM, use))
                        .isEqualTo(Handled.refused("only who asked for the session may do more than look"));
            }
            assertThat(streamOf(null, STREAM, use).outcome()).isEqualTo(Outcome.REFUSED);
        }
        rig.watchers = false;
        assertThat(streamOf("Bert Kopp (bert)", STREAM, "view/desktop"))
                .isEqualTo(Handled.refused("site.conf lets nobody look on beside who asked for the session"));
        assertThat(rig.relay.requests).noneMatch(request -> request.path().equals("/tunnel"));
        assertThat(rig.dialled).hasValue(0);

        rig.watchers = true;
        for (int i = 0; i < 2; i++) {
            rig.time.pass(Duration.ofSeconds(25));
            rig.looked();
        }
        assertThat(streamOf("Bert Kopp (bert)", STREAM, "view/desktop")).isEqualTo(Handled.done("begun"));
        // By then it is open, and in the audit.
        assertThat(rig.read(rig.peer())).startsWith("RFB");
        assertThat(rig.sessions.atHand().get(0).watchers()).containsExactly("Bert Kopp (bert)");

        rig.time.pass(Duration.ofSeconds(25));
        assertThat(rig.said().getDetail()).isEqualTo(StreamCause.IDLE.words());
        rig.untilNone();
        assertThat(rig.audit())
                .contains("stream=" + STREAM + " by=\"Bert Kopp (bert)\"")
                .contains("stream=" + STREAM + " watcher=\"Bert Kopp (bert)\"");
    }

    @Test
    void what_was_granted_is_signed_again_by_a_renewed_certificate_and_by_that_its_streams_open() throws Exception {
        granted();
        byte[] before = Files.readAllBytes(folder.resolve("receipts/1-" + ID + ".receipt"));
        rig.renew();

        Session word = rig.said();
        assertThat(word.getState()).isEqualTo(SessionState.GRANTED);
        Receipt again = Receipt.of(word.getReceipt().getStatement());
        Receipt first = Receipt.of(KeptReceipt.of(before).text().statement());
        assertThat(again.certificate())
                .isNotEqualTo(first.certificate())
                .isEqualTo(KeptReceipt.fingerprint(rig.identity.certificate()));
        assertThat(again.until()).isEqualTo(first.until());
        assertThat(again.number()).isEqualTo(2);
        TunnelPeer unused = stream(STREAM);
        assertThat(rig.relay
                        .requests
                        .get(rig.relay.requests.size() - 1)
                        .headers()
                        .get("fairlead-receipt"))
                .isEqualTo(KeptReceipt.of(Files.readAllBytes(folder.resolve("receipts/2-" + ID + ".receipt")))
                        .text()
                        .header());
        assertThat(rig.sessions.end(ID, StreamCause.ENDED_AT_INSTRUMENT)).isTrue();
        rig.untilNone();
    }

    @Test
    void an_order_ends_it_and_takes_a_question_back() throws Exception {
        granted();
        TunnelPeer viewer = stream(STREAM);
        assertThat(rig.handle(Kind.END_SESSION, rig.endSession(ID, 4002))).isEqualTo(Handled.done("ended"));
        assertThat(viewer.last().closeCode()).isEqualTo(4002);
        assertThat(rig.said().getState()).isEqualTo(SessionState.ENDED);
        rig.untilNone();

        rig.asks = true;
        assertThat(openSession("use/results").outcome()).isEqualTo(Outcome.DONE);
        assertThat(rig.said().getState()).isEqualTo(SessionState.ASKED);
        assertThat(rig.question().action()).isEqualTo("session");
        assertThat(rig.handle(Kind.END_SESSION, rig.endSession(ID, 4002))).isEqualTo(Handled.done("ended"));
        assertThat(rig.said()).satisfies(word -> {
            assertThat(word.getState()).isEqualTo(SessionState.UNANSWERED);
            assertThat(word.getDetail()).isEqualTo("ended by the engineer");
        });
        rig.untilNone();
        assertThat(rig.asking.open()).isEmpty();
    }

    @Test
    void a_device_that_is_barred_hears_it_from_the_relay_and_ends_the_session() throws Exception {
        granted();
        TunnelPeer viewer = stream(STREAM);
        viewer.close(StreamCause.DEVICE_BARRED.code());

        assertThat(rig.said().getState()).isEqualTo(SessionState.ENDED);
        rig.untilNone();
    }

    @Test
    void the_agents_stop_ends_all() throws Exception {
        granted();
        TunnelPeer viewer = stream(STREAM);

        rig.sessions.close();

        assertThat(viewer.last().closeCode()).isEqualTo(StreamCause.AGENT_STOPS.code());
        assertThat(rig.said().getDetail()).isEqualTo("the agent stops");
    }

    @Test
    void what_an_agent_left_that_was_killed_is_said_by_the_next_one_with_the_end_that_it_had() throws Exception {
        granted();
        Path marks = folder.resolve("receipts/open");
        assertThat(marks.resolve(ID)).isEmptyFile();
        String before = "1" + ID.substring(1);
        Path unused =
                Files.writeString(marks.resolve(before), Integer.toString(StreamCause.ENDED_AT_INSTRUMENT.code()));
        Path old = Files.writeString(marks.resolve("2" + ID.substring(1)), "");
        Path unusedOlder = Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

        try (SessionsRig next = new SessionsRig(folder)) {
            Map<String, String> said = new HashMap<>();
            for (int i = 0; i < 2; i++) {
                Session word = next.said();
                assertThat(word.getState()).isEqualTo(SessionState.ENDED);
                said.put(word.getId(), word.getDetail());
            }
            assertThat(said).isEqualTo(Map.of(ID, "the agent stops", before, StreamCause.ENDED_AT_INSTRUMENT.words()));
            assertThat(next.audit()).containsOnlyOnce("session.ended session=" + ID + " cause=\"the agent stops\"");
            assertThat(next.audit()).doesNotContain("session.ended session=" + before);
            // The enterprise has not said that it takes them for over.
            assertThat(marks).isDirectoryContaining(file -> file.endsWith(ID));
            assertThat(old).doesNotExist();
        }
    }

    @Test
    void a_service_that_does_not_answer_is_told_to_the_viewer() throws Exception {
        granted();
        rig.stopService();

        assertThat(stream(STREAM).last().closeCode()).isEqualTo(StreamCause.SERVICE_UNREACHABLE.code());
    }

    @Test
    void at_most_four_sessions_and_eight_streams_are_open() throws Exception {
        rig.asks = false;
        for (int i = 0; i < Sessions.MOST_SESSIONS; i++) {
            assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession(i + ID.substring(1), "use/results"))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(rig.said().getState()).isEqualTo(SessionState.GRANTED);
        }
        assertThat(rig.handle(Kind.OPEN_SESSION, rig.openSession("9" + ID.substring(1), "use/results"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
        for (int i = 0; i < Sessions.MOST_STREAMS; i++) {
            assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, i + STREAM.substring(1), "use/results")))
                    .isEqualTo(Handled.done("begun"));
            assertThat(rig.peer()).isNotNull();
        }
        assertThat(rig.handle(Kind.OPEN_STREAM, rig.openStream(ID, "9" + STREAM.substring(1), "use/results"))
                        .outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void a_kept_receipt_with_any_byte_changed_is_refused() throws Exception {
        granted();
        byte[] kept = Files.readAllBytes(folder.resolve("receipts/1-" + ID + ".receipt"));
        assertThat(KeptReceipt.of(kept).judged(rig.roots()).device()).isEqualTo("device-1");

        for (int i = 0; i < kept.length; i++) {
            byte[] edited = kept.clone();
            edited[i] ^= 1;
            assertThatThrownBy(() -> {
                        Receipt unused = KeptReceipt.of(edited).judged(rig.roots());
                    })
                    .as("byte " + i)
                    .isInstanceOf(Exception.class);
        }
        assertThatThrownBy(() -> KeptReceipt.of(kept).judged(rig.otherRoots())).hasMessageContaining("another root");
    }
}
