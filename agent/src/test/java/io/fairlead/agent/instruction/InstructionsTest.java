package io.fairlead.agent.instruction;

import static io.fairlead.agent.instruction.Authority.DEVICE;
import static io.fairlead.agent.instruction.Authority.DOCUMENTS;
import static io.fairlead.agent.instruction.Authority.ENROLMENT;
import static io.fairlead.agent.instruction.Authority.NOON;
import static io.fairlead.agent.instruction.Authority.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.instruction.Authority.Signer;
import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.Signers;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.contract.agent.Diagnose;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Restart;
import io.fairlead.contract.agent.SetTuning;
import io.fairlead.contract.agent.SignedInstruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InstructionsTest {
    @TempDir
    Path folder;

    private final Authority authority = new Authority();
    private final Signer signer = authority.signer();
    private final List<Long> ran = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> restarts = new LinkedBlockingQueue<>();
    private final AtomicInteger pulses = new AtomicInteger();
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile Instant now = NOON;
    private TrustedTime time;
    private LocalAudit audit;
    private Outbox outbox;
    private Journal journal;
    private Instructions instructions;

    @BeforeEach
    void enrol() throws IOException {
        audit = new LocalAudit(folder.resolve("audit.log"), clock());
        Journal.create(folder.resolve("journal"), ENROLMENT, audit);
        start();
    }

    @AfterEach
    void stop() throws IOException {
        instructions.close();
        journal.close();
        outbox.close();
    }

    @Test
    void an_instruction_is_run_once_and_its_result_is_in_the_outbox() throws Exception {
        time.heard(NOON);
        assertThat(accept(signer.sign(order(4)), signer.sign(order(9)))).isEqualTo(2);
        await(Step.REPORTED, 2);
        assertThat(instructions.journaled()).isEqualTo(9);
        assertThat(ran).containsExactly(4L, 9L);
        assertThat(results()).extracting(InstructionResult::getInstruction).containsExactly(4L, 9L);
        assertThat(results()).allSatisfy(result -> {
            assertThat(result.getOutcome()).isEqualTo(Outcome.DONE);
            assertThat(result.getDetail()).isEqualTo("collected");
            assertThat(result.getFinishedAt()).isEqualTo(NOON);
        });
        assertThat(accept(signer.sign(order(4)), signer.sign(order(9)))).isZero();
        restartAgent();
        time.heard(NOON);
        assertThat(accept(signer.sign(order(9)), signer.sign(order(10)))).isEqualTo(1);
        await(Step.REPORTED, 1);
        assertThat(ran).containsExactly(4L, 9L, 10L);
    }

    @Test
    void each_step_is_in_the_customer_s_audit() throws Exception {
        time.heard(NOON);
        accept(signer.sign(order(1)));
        await(Step.REPORTED, 1);
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .extracting(line -> line.substring(25))
                .contains(
                        "instruction.received number=1 kind=COLLECT not-after=2026-11-21T13:00:00Z",
                        "instruction.begun number=1 kind=COLLECT",
                        "instruction.finished number=1 outcome=DONE detail=collected",
                        "instruction.reported number=1 message=1");
    }

    @Test
    void nothing_is_run_after_a_start_before_the_server_s_time_is_heard() throws Exception {
        accept(signer.sign(order(1)));
        restartAgent();
        accept(signer.sign(order(2)));
        assertThat(steps.poll(300, TimeUnit.MILLISECONDS)).isEqualTo(Step.RECEIVED);
        assertThat(steps.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(ran).isEmpty();
        time.heard(NOON);
        await(Step.REPORTED, 2);
        assertThat(ran).containsExactly(1L, 2L);
    }

    @Test
    void an_instruction_that_waited_past_its_time_is_refused_and_reported_once() throws Exception {
        accept(signer.sign(order(1)));
        now = NOON.plus(Duration.ofHours(2));
        time.heard(now);
        await(Step.REPORTED, 1);
        accept(signer.sign(order(2)));
        await(Step.REPORTED, 1);
        restartAgent();
        time.heard(now);
        accept(signer.sign(order(2)));
        assertThat(ran).isEmpty();
        assertThat(instructions.journaled()).isEqualTo(2);
        assertThat(results()).hasSize(2).allSatisfy(result -> {
            assertThat(result.getOutcome()).isEqualTo(Outcome.REFUSED);
            assertThat(result.getDetail()).startsWith("out of date");
        });
    }

    @Test
    void a_handler_that_refuses_fails_or_is_missing_is_told() throws Exception {
        time.heard(NOON);
        accept(
                signer.sign(set(1, "refuse")),
                signer.sign(set(2, "throw")),
                signer.sign(set(3, "null")),
                signer.sign(order(4, order -> {
                    order.setCollect(null);
                    order.setDiagnose(new Diagnose());
                    order.getDiagnose().setName("ping");
                })));
        await(Step.REPORTED, 4);
        assertThat(results())
                .extracting(result -> result.getOutcome() + " " + result.getDetail())
                .containsExactly(
                        "REFUSED policy says no",
                        "FAILED the agent failed at it; its log says why",
                        "FAILED the agent failed at it; its log says why",
                        "REFUSED this agent does no such thing");
    }

    @Test
    void a_detail_is_made_fit_for_xml_and_cut() {
        assertThat(Handled.done("a\u0000b\ud800c\ufffe\n").detail()).isEqualTo("a?b?c?\n");
        assertThat(Handled.done("\ud83d\ude00".repeat(1000)).detail()).hasSize(1024);
        assertThat(Handled.done("a" + "\ud83d\ude00".repeat(1000)).detail()).hasSize(1023);
    }

    @Test
    void a_restart_comes_after_its_result_is_safe() throws Exception {
        time.heard(NOON);
        accept(
                signer.sign(order(1, order -> {
                    order.setCollect(null);
                    order.setRestart(new Restart());
                })),
                signer.sign(order(2)));
        assertThat(restarts.poll(60, TimeUnit.SECONDS)).isEqualTo("reported=true spooled=1");
        assertThat(ran).containsExactly(1L);
        restartAgent();
        time.heard(NOON);
        await(Step.REPORTED, 1);
        assertThat(ran).containsExactly(1L, 2L);
        assertThat(results()).hasSize(2);
    }

    @Test
    void what_cannot_be_journaled_is_not_run() throws Exception {
        accept(signer.sign(order(1)));
        journal.close();
        time.heard(NOON);
        assertThat(steps.poll(60, TimeUnit.SECONDS)).isEqualTo(Step.RECEIVED);
        assertThat(steps.poll(500, TimeUnit.MILLISECONDS)).isNull();
        assertThat(ran).isEmpty();
    }

    @Test
    void a_thousand_false_instructions_never_run_and_never_move_the_journal() throws Exception {
        time.heard(NOON);
        accept(signer.sign(order(1)), signer.sign(order(2)));
        await(Step.REPORTED, 2);
        Signer stranger = new Authority().signer();
        Signer server =
                authority.signer(Authority.keyPair("secp256r1"), "1.3.6.1.5.5.7.3.1", false, NOON, Duration.ofDays(1));
        Signer expired = authority.signer(
                Authority.keyPair("secp256r1"),
                Signers.INSTRUCTIONS,
                false,
                NOON.minus(Duration.ofDays(9)),
                Duration.ofDays(8));
        Random random = new Random(20261121);
        for (int i = 0; i < 1000; i++) {
            SignedInstruction signed = signer.sign(order(3));
            byte[] certificate = signer.der();
            switch (i % 12) {
                case 0 -> flip(signed.getOrder(), random);
                case 1 -> flip(signed.getSignature(), random);
                case 2 -> flip(certificate, random);
                case 3 -> signed = signer.sign(order(3, order -> order.setDevice("analyser-2")));
                case 4 -> signed = signer.sign(order(3, order -> order.setEnrolment("e".repeat(32))));
                case 5 -> signed = signer.sign(order(1 + random.nextInt(2)));
                case 6 -> signed.setSignature(new byte[random.nextInt(80)]);
                case 7 -> {
                    signed = stranger.sign(order(3));
                    certificate = stranger.der();
                }
                case 8 -> {
                    signed = server.sign(order(3));
                    certificate = server.der();
                }
                case 9 -> {
                    signed = expired.sign(order(3));
                    certificate = expired.der();
                }
                case 10 -> signed.setOrder(DOCUMENTS.write(order(3, order -> order.setNotAfter(NOON.plusSeconds(9)))));
                default -> {
                    byte[] noise = new byte[random.nextInt(5000)];
                    random.nextBytes(noise);
                    signed = signer.sign(3, noise);
                }
            }
            int kind = i % 12;
            assertThat(instructions.accept(List.of(signed), List.of(certificate)))
                    .as("try %d of kind %d", i, kind)
                    .isZero();
            assertThat(instructions.journaled()).isEqualTo(2);
        }
        assertThat(instructions.forged()).isEqualTo(1000);
        accept(signer.sign(order(3)));
        await(Step.REPORTED, 1);
        assertThat(ran).containsExactly(1L, 2L, 3L);
        assertThat(results()).hasSize(3);
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .filteredOn(line -> line.contains(" instruction.forged "))
                .as("the clock stands still, so that one entry is all they get")
                .hasSize(1);
    }

    @Test
    void what_comes_while_a_handler_waits_for_a_person_is_journaled_and_run_after_it() throws Exception {
        time.heard(NOON);
        accept(signer.sign(set(1, "ask")));
        await(Step.INTENT, 1);

        assertThat(accept(signer.sign(order(2)), signer.sign(order(3)))).isEqualTo(2);
        assertThat(instructions.journaled()).isEqualTo(3);
        assertThat(ran).isEmpty();
        answered.countDown();

        await(Step.REPORTED, 3);
        assertThat(results()).extracting(InstructionResult::getOutcome).containsOnly(Outcome.DONE);
    }

    @Test
    void an_error_in_a_handler_fails_its_instruction_and_the_worker_lives_and_says_so() throws Exception {
        time.heard(NOON);
        accept(signer.sign(set(1, "error")), signer.sign(order(2)));

        await(Step.REPORTED, 2);
        assertThat(results()).extracting(InstructionResult::getOutcome).containsExactly(Outcome.FAILED, Outcome.DONE);
        assertThat(pulses.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void nothing_is_done_while_the_mark_of_what_was_begun_cannot_be_kept() throws Exception {
        time.heard(NOON);
        Files.createDirectories(folder.resolve("begun.tmp/in-the-way"));
        accept(signer.sign(order(1)));

        await(Step.REPORTED, 1);
        assertThat(ran).isEmpty();
        assertThat(results()).extracting(InstructionResult::getOutcome).containsExactly(Outcome.REFUSED);
    }

    private static void flip(byte[] bytes, Random random) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }

    private static Order set(long number, String value) {
        return order(number, order -> {
            order.setCollect(null);
            SetTuning set = new SetTuning();
            set.setKey("key");
            set.setValue(value);
            order.setSet(set);
        });
    }

    private int accept(SignedInstruction... signed) throws IOException {
        return instructions.accept(List.of(signed), List.of(signer.der()));
    }

    private void await(Step step, int times) throws InterruptedException {
        int left = times;
        while (left > 0) {
            Step passed = steps.poll(60, TimeUnit.SECONDS);
            assertThat(passed).as("waiting for " + step).isNotNull();
            left -= passed == step ? 1 : 0;
        }
    }

    private List<InstructionResult> results() throws IOException {
        List<InstructionResult> results = new ArrayList<>();
        outbox.oldest(1000, 1_000_000).forEach(message -> results.addAll(message.getResult()));
        return results;
    }

    private void restartAgent() throws IOException {
        stop();
        steps.clear();
        start();
    }

    private void start() throws IOException {
        time = new TrustedTime(folder.resolve("time"), clock(), audit);
        outbox = new Outbox(folder.resolve("outbox"), 1 << 20, Ids.random(), DOCUMENTS, audit);
        journal = ((JournalOpening.Opened)
                        Journal.open(folder.resolve("journal"), folder.resolve("begun"), ENROLMENT, clock(), audit))
                .journal();
        OrderVerifier verifier = new OrderVerifier(authority.issuer(), DEVICE, ENROLMENT, time, DOCUMENTS);
        Map<Kind, Handler> handlers = Map.of(
                Kind.COLLECT, order -> ran(order, Handled.done("collected")),
                Kind.RESTART, order -> ran(order, Handled.doneThenRestart("restarting")),
                Kind.SET, this::tune);
        Consumer<Step> passed = steps::add;
        instructions = new Instructions(
                journal,
                verifier,
                time,
                outbox,
                handlers,
                this::restart,
                pulses::incrementAndGet,
                clock(),
                audit,
                passed);
        instructions.start();
    }

    private Handled ran(Order order, Handled handled) {
        ran.add(order.getSequence());
        return handled;
    }

    private Handled tune(Order order) throws InterruptedException {
        switch (order.getSet().getValue()) {
            case "refuse":
                return Handled.refused("policy says no");
            case "error":
                throw new AssertionError("a worse bug");
            case "ask":
                answered.await();
                return Handled.done("answered");
            case "throw":
                throw new IllegalStateException("a bug");
            default:
                return null;
        }
    }

    private void restart() {
        try {
            restarts.add("reported=" + journal.nextToReport().isEmpty() + " spooled="
                    + results().size());
        } catch (IOException e) {
            restarts.add(e.toString());
        }
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
