package io.fairlead.system.powercut;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.agent.instruction.Instructions;
import io.fairlead.agent.instruction.Journal;
import io.fairlead.agent.instruction.JournalOpening;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.instruction.OrderVerifier;
import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.contract.agent.Order;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** The parts of an agent that keep things on a disk, opened on one. */
final class Site implements AutoCloseable {
    static final Documents DOCUMENTS = new Documents(XmlReaders.ofJdk());
    static final String ENROLMENT = "0123456789abcdef0123456789abcdef";
    static final String DEVICE = "analyser-1";
    static final long SPOOL_BYTES = 16L << 20;

    private final Outbox outbox;
    private final Journal journal;
    private final TrustedTime time;
    private final Instructions instructions;

    /** @throws IllegalStateException when the journal asks for a new enrolment */
    Site(Path disk, Signing signing, Consumer<Order> act) throws IOException {
        Clock clock = Clock.systemUTC();
        LocalAudit audit = new LocalAudit(disk.resolve("audit.log"), clock);
        time = new TrustedTime(disk.resolve("time"), clock, audit);
        outbox = new Outbox(disk.resolve("outbox"), SPOOL_BYTES, Ids.random(), DOCUMENTS, audit);
        JournalOpening opening = Journal.open(journalOf(disk), disk.resolve("begun"), ENROLMENT, clock, audit);
        if (!(opening instanceof JournalOpening.Opened opened)) {
            throw new IllegalStateException(opening.toString());
        }
        journal = opened.journal();
        OrderVerifier verifier = new OrderVerifier(signing.issuer(), DEVICE, ENROLMENT, time, DOCUMENTS);
        Handler handler = order -> {
            act.accept(order);
            return Handled.done("");
        };
        instructions = new Instructions(
                journal, verifier, time, outbox, Map.of(Kind.COLLECT, handler), () -> {}, () -> {}, clock, audit);
    }

    static void enrol(Path disk) throws IOException {
        Journal.create(journalOf(disk), ENROLMENT, new LocalAudit(disk.resolve("audit.log"), Clock.systemUTC()));
    }

    private static Path journalOf(Path disk) {
        return disk.resolve("journal");
    }

    Outbox outbox() {
        return outbox;
    }

    Instructions instructions() {
        return instructions;
    }

    /** Starts running instructions. */
    void start() {
        time.heard(Instant.now());
        instructions.start();
    }

    @Override
    public void close() throws IOException {
        instructions.close();
        journal.close();
        outbox.close();
    }
}
