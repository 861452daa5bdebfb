package io.fairlead.agent.instruction;

import static io.fairlead.agent.instruction.Authority.DEVICE;
import static io.fairlead.agent.instruction.Authority.DOCUMENTS;
import static io.fairlead.agent.instruction.Authority.ENROLMENT;
import static io.fairlead.agent.instruction.Authority.NOON;

import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.PollResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An agent's instruction room as a process, which dies without a word behind a named step, as if by kill -9. Arguments:
 * folder, step or NONE, how manieth time. Ends by 0 when nothing is left to do.
 */
public final class InstructionsChild {
    static final int HALTED = 137;

    private InstructionsChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
        LocalAudit audit = new LocalAudit(folder.resolve("audit.log"), clock);
        TrustedTime time = new TrustedTime(folder.resolve("time"), clock, audit);
        Outbox outbox = new Outbox(folder.resolve("outbox"), 1 << 20, Ids.random(), DOCUMENTS, audit);
        JournalOpening opening =
                Journal.open(folder.resolve("journal"), folder.resolve("begun"), ENROLMENT, clock, audit);
        Journal journal = ((JournalOpening.Opened) opening).journal();
        X509Certificate issuer = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("issuer"))));
        OrderVerifier verifier = new OrderVerifier(issuer, DEVICE, ENROLMENT, time, DOCUMENTS);
        Map<Kind, Handler> handlers = Map.of(Kind.COLLECT, order -> effect(folder, order));
        Semaphore passed = new Semaphore(0);
        Consumer<Step> halt = haltAt(args[1], Integer.parseInt(args[2]));
        Instructions instructions =
                new Instructions(journal, verifier, time, outbox, handlers, () -> {}, () -> {}, clock, audit, step -> {
                    halt.accept(step);
                    passed.release();
                });
        time.heard(NOON);
        instructions.start();
        PollResponse answer = DOCUMENTS.read(Files.readAllBytes(folder.resolve("answer")), PollResponse.class);
        instructions.accept(answer.getInstruction(), answer.getSigner());
        while (journal.unfinished() > 0) {
            passed.acquire();
        }
        System.exit(0);
    }

    private static Consumer<Step> haltAt(String name, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return step -> {
            if (step.name().equals(name) && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(HALTED);
            }
        };
    }

    private static Handled effect(Path folder, Order order) throws IOException {
        Files.writeString(
                folder.resolve("effect"),
                order.getSequence() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
        return Handled.done("wrote a line");
    }
}
