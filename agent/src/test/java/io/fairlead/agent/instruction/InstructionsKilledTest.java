package io.fairlead.agent.instruction;

import static io.fairlead.agent.instruction.Authority.DOCUMENTS;
import static io.fairlead.agent.instruction.Authority.ENROLMENT;
import static io.fairlead.agent.instruction.Authority.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.instruction.Authority.Signer;
import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.PollResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is ended behind each step, as by kill -9: no instruction acts twice, and each is reported as it was. */
@Timeout(900)
class InstructionsKilledTest {
    @TempDir
    Path folder;

    @Test
    void killed_behind_each_step_nothing_acts_twice_and_what_is_unfinished_is_interrupted() throws Exception {
        prepare(6);
        run("RECEIVED", 1, InstructionsChild.HALTED);
        run("INTENT", 1, InstructionsChild.HALTED);
        run("HANDLED", 1, InstructionsChild.HALTED);
        run("RESULT", 1, InstructionsChild.HALTED);
        // The reports of the first two are on their way before the third's.
        run("SPOOLED", 1, InstructionsChild.HALTED);
        run("REPORTED", 1, InstructionsChild.HALTED);
        run("NONE", 1, 0);
        assertThat(effects())
                .containsOnlyKeys(2L, 3L, 4L, 5L, 6L)
                .allSatisfy((number, lines) -> assertThat(lines).isEqualTo(1));
        assertThat(outcomes())
                .containsEntry(1L, EnumSet.of(Outcome.INTERRUPTED))
                .containsEntry(2L, EnumSet.of(Outcome.INTERRUPTED))
                .containsEntry(3L, EnumSet.of(Outcome.DONE))
                .containsEntry(4L, EnumSet.of(Outcome.DONE))
                .containsEntry(5L, EnumSet.of(Outcome.DONE))
                .containsEntry(6L, EnumSet.of(Outcome.DONE))
                .hasSize(6);
    }

    @Test
    void killed_anywhere_again_and_again_the_same_holds() throws Exception {
        int kills = Boolean.getBoolean("fairlead.long") ? 60 : 6;
        int count = 20;
        prepare(count);
        Random random = new Random(kills);
        for (int i = 0; i < kills; i++) {
            Step step = Step.values()[random.nextInt(Step.values().length)];
            run(step.name(), 1 + random.nextInt(5), InstructionsChild.HALTED, 0);
        }
        run("NONE", 1, 0);
        Map<Long, Integer> effects = effects();
        assertThat(effects.values()).containsOnly(1);
        Map<Long, EnumSet<Outcome>> outcomes = outcomes();
        assertThat(outcomes).hasSize(count);
        outcomes.forEach((number, words) -> {
            assertThat(words).as("instruction %d", number).hasSize(1).containsAnyOf(Outcome.DONE, Outcome.INTERRUPTED);
            if (words.contains(Outcome.DONE)) {
                assertThat(effects).containsEntry(number, 1);
            }
        });
    }

    private void prepare(int count) throws Exception {
        Authority authority = new Authority();
        Signer signer = authority.signer();
        PollResponse answer = new PollResponse();
        answer.setServerTime(NOON);
        answer.setToken(ENROLMENT);
        answer.getSigner().add(signer.der());
        for (int i = 1; i <= count; i++) {
            answer.getInstruction().add(signer.sign(Authority.order(i)));
        }
        Files.write(folder.resolve("issuer"), authority.issuer().getEncoded());
        Files.write(folder.resolve("answer"), DOCUMENTS.write(answer));
        Journal.create(folder.resolve("journal"), ENROLMENT, audit());
    }

    private void run(String step, int times, Integer... expected) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        InstructionsChild.class.getName(),
                        folder.toString(),
                        step,
                        Integer.toString(times))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.out").toFile())
                .start();
        try {
            assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue())
                    .as("%s: %s", step, Files.readString(folder.resolve("child.out")))
                    .isIn((Object[]) expected);
        } finally {
            child.destroyForcibly();
        }
    }

    private Map<Long, Integer> effects() throws IOException {
        Map<Long, Integer> lines = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("effect"))) {
            lines.merge(Long.parseLong(line), 1, Integer::sum);
        }
        return lines;
    }

    private Map<Long, EnumSet<Outcome>> outcomes() throws IOException {
        Map<Long, EnumSet<Outcome>> outcomes = new HashMap<>();
        try (Outbox outbox = new Outbox(folder.resolve("outbox"), 1 << 20, Ids.random(), DOCUMENTS, audit())) {
            List<InstructionResult> results = new ArrayList<>();
            outbox.oldest(10_000, 10_000_000).forEach(message -> results.addAll(message.getResult()));
            for (InstructionResult result : results) {
                outcomes.computeIfAbsent(result.getInstruction(), number -> EnumSet.noneOf(Outcome.class))
                        .add(result.getOutcome());
            }
        }
        return outcomes;
    }

    private LocalAudit audit() {
        return new LocalAudit(folder.resolve("audit.log"), Clock.systemUTC());
    }
}
