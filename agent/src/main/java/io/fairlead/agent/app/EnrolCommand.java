package io.fairlead.agent.app;

import io.fairlead.agent.instruction.Journal;
import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Enrolment;
import io.fairlead.agent.link.EnrolmentString;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agent enrol}. */
@Command(
        name = "enrol",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Makes this PC a device of the enterprise that gave the enrolment string.",
        footer = {
            "",
            "The string is good for ten minutes and for one device. After a failure in the network the same",
            "command may be given again.",
            "",
            "A PC whose disk is a copy of another's is a device of its own: ask the enterprise for a string of another name",
            "and give it with --new-device. What the other one left here is moved to DATA/set-aside-TIME.",
            "",
            "Examples:",
            "  agent enrol -              then paste the string; so no other account sees it in the list of processes",
            "  agent enrol - --new-device this PC is a copy, and gets a name of its own",
            "  agent enrol - --data /var/lib/fairlead-agent < enrolment.txt",
            "  agent enrol 'fairlead:1:agents.example:8444:c17:0123456789ABCDEF:...'"
        })
final class EnrolCommand implements Callable<Integer> {
    private static final int LONGEST_STRING = 4096;

    @Parameters(
            paramLabel = "STRING",
            description = "What the enterprise gave, beginning with fairlead:1:, or - to read it from standard input.")
    private @Nullable String string;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Where root starts this by bin/fairlead-agent: who runs the agent, and so enrols. Default:"
                    + " FAIRLEAD_AGENT_USER, or fairlead-agent.")
    private @Nullable String user;

    @Option(
            names = "--new-device",
            description =
                    "This PC is another device than its data folder says, as after its disk was copied: sets aside the"
                            + " identity, spool, journal and token that are there, and starts afresh.")
    private boolean newDevice;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws IOException, LinkException {
        new Logging().quiet();
        EnrolmentString enrolment = parsed(Objects.requireNonNull(string));
        if (options.host().root()) {
            // In a folder of the agent's, root would follow links that the agent's account may have put there.
            throw new CannotStart("the agent does not enrol as root: start it by bin/fairlead-agent, which drops to "
                    + (user == null ? "a user of its own" : user) + ", or as that user");
        }
        Identity identity;
        try (AgentFolder folder = AgentFolder.claim(options.data(), options.host())) {
            RunSettings settings = options.settings();
            Site site = Site.read(settings, folder.data());
            site.requireAllowed(enrolment.server(), enrolment.rootKeyHash());
            identity = enrol(enrolment, folder, site.dialer(settings, folder));
        }
        System.out.println("Enrolled as device " + identity.deviceId() + " at " + identity.server()
                + "; the certificate is valid until "
                + identity.certificate().getNotAfter().toInstant() + ".");
        return 0;
    }

    private static EnrolmentString parsed(String text) throws IOException {
        try {
            return EnrolmentString.parse(text.equals("-") ? standardInput() : text);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    /** The first line; the process's arguments can be read by every account, this cannot. */
    private static String standardInput() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = System.in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_STRING; c = System.in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private Identity enrol(EnrolmentString string, AgentFolder folder, Dialer dialer)
            throws LinkException, IOException {
        LocalAudit audit = new LocalAudit(folder.audit(), clock);
        IdentityFolder identities = new IdentityFolder(folder.identity(), clock);
        Enrolment enrolment = new Enrolment(
                identities,
                dialer,
                // By the PC's clock alone: a person is here, and a wrong server time of before must not lock him out.
                clock::instant,
                identity -> newJournal(folder, identity, audit),
                new Patience(EnrolCommand::busy));
        FormerDevice former = new FormerDevice(folder, identities, options.host(), clock, audit);
        Identity identity =
                newDevice ? enrolment.enrolAsNewDevice(string, () -> tell(former.setAside())) : enrolment.enrol(string);
        deleteOtherJournals(folder, identity);
        new Durable(folder.trustedTime()).delete();
        audit.record(
                LocalAuditCode.ENROLLED,
                "device",
                identity.deviceId(),
                "server",
                identity.server(),
                "enrolment",
                identity.enrolment());
        return identity;
    }

    private static void tell(Path aside) {
        System.out.println(
                "What another device left here lies in " + aside + " now; delete it when nobody needs it any more.");
    }

    private static void busy(Duration time) throws InterruptedException {
        System.err.println("The enterprise is busy; asking again in " + time.toSeconds() + " s.");
        Thread.sleep(time.toMillis());
    }

    /** Before the identity counts: a crash in between leaves a journal that nobody uses, never an identity without one. */
    private static void newJournal(AgentFolder folder, Identity identity, LocalAudit audit) throws IOException {
        Path journal = folder.journal(identity.enrolment());
        Files.createDirectories(journal.getParent());
        Journal.create(journal, identity.enrolment(), audit);
    }

    private static void deleteOtherJournals(AgentFolder folder, Identity identity) throws IOException {
        Path mine = folder.journal(identity.enrolment());
        try (Stream<Path> files = Files.list(Objects.requireNonNull(mine.getParent()))) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith(identity.enrolment())) {
                    Files.delete(file);
                }
            }
        }
    }
}
