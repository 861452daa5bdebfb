package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.kernel.FolderLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data folder, claimed by this process as long as it lives. Everything the agent writes is in it.
 * <pre>
 * DATA/                0700
 *   lock               held while an agent runs or enrols here
 *   identity/          link.IdentityFolder
 *   journal/EPOCH      instruction.Journal, one per epoch of enrolment
 *   outbox/            outbox.Outbox
 *   set-aside/         poll.SetAside
 *   approve/           consent.Door: the one part that others enter, where site.conf names approvers
 *   transfers/ID/      file.Transfers: files on their way
 *   witness/ROOT       witness.Witnesses: checkpoints of the enterprise's audit, for each enterprise
 *   receipts/          remote.Receipts: what was agreed to about remote sessions; open/ remote.Unsaid
 *   transcripts/       remote.Transcripts: what their streams carried, in signed sums
 *   token  begun  trusted-time  tuning  bookmarks  pac  expiry-warned  muted
 *   audit.log          kernel.LocalAudit: for the customer
 *   set-aside-TIME/    what another device left here: FormerDevice
 *   log/
 * </pre>
 */
final class AgentFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private static final Logger LOG = LoggerFactory.getLogger(AgentFolder.class);

    private final Path data;
    private final FolderLock lock;

    private AgentFolder(Path data, FolderLock lock) {
        this.data = data;
        this.lock = lock;
    }

    /**
     * Makes the folder when it is not there, and claims it.
     *
     * @throws CannotStart when another agent has it, or it cannot be written to
     */
    static AgentFolder claim(Path data, Host host) {
        Path folder = data.toAbsolutePath().normalize();
        try {
            boolean ours = make(folder, host);
            AgentFolder claimed = new AgentFolder(folder, FolderLock.take(folder));
            if (ours) {
                // Not before: a running agent may have opened it to its approvers.
                claimed.tighten();
            }
            return claimed;
        } catch (IOException e) {
            throw new CannotStart("the data folder " + folder + " cannot be used: " + e.getMessage()
                    + "; stop who has it, give it to this account, or choose another with --data DIR");
        }
    }

    /**
     * Makes the folder where it is missing. Whether it may be closed to others: only what is the agent's already or is
     * empty, for a slip such as {@code --data /tmp} must not close /tmp.
     */
    private static boolean make(Path folder, Host host) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (folder.getParent() != null) {
                Files.createDirectories(folder.getParent());
            }
            host.makePrivate(folder);
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext() || Files.isDirectory(folder.resolve("identity"));
        }
    }

    /** Closes the folder, and all that is in it, to others: who may pass through it to the approvers' socket finds no more. */
    void tighten() throws IOException {
        if (!data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        tighten(data);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(data)) {
            for (Path each : entries) {
                if (!Files.isSymbolicLink(each)) {
                    tightenOwn(each);
                }
            }
        }
    }

    private static void tightenOwn(Path path) {
        try {
            tighten(path);
        } catch (IOException e) {
            // Somebody else's, put there by root: its rights are his.
            LOG.warn("data={} rights=as-they-are cause={}", path, e.toString());
        }
    }

    private static void tighten(Path path) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        if (rights.retainAll(OWNER_ONLY)) {
            Path unused = Files.setPosixFilePermissions(path, rights);
        }
    }

    Path data() {
        return data;
    }

    Path identity() {
        return data.resolve("identity");
    }

    /** All that is of one device beside its identity; the rest is of the PC, whichever device it is. */
    List<Path> ofTheDevice() {
        return List.of(
                journals(),
                begun(),
                token(),
                outbox(),
                setAside(),
                transfers(),
                bookmarks(),
                tuning(),
                trustedTime(),
                expiryWarned());
    }

    private Path journals() {
        return data.resolve("journal");
    }

    Path journal(String enrolment) {
        return journals().resolve(enrolment);
    }

    /** The highest number begun, beside the token and apart from the journal. */
    Path begun() {
        return data.resolve("begun");
    }

    Path outbox() {
        return data.resolve("outbox");
    }

    Path setAside() {
        return data.resolve("set-aside");
    }

    Path token() {
        return data.resolve("token");
    }

    Path trustedTime() {
        return data.resolve("trusted-time");
    }

    /** What nobody here is asked about at present. */
    Path muted() {
        return data.resolve("muted");
    }

    Path tuning() {
        return data.resolve("tuning");
    }

    /** What this PC keeps on the customer's behalf outlives its enrolments. */
    Path witness() {
        return data.resolve("witness");
    }

    Path expiryWarned() {
        return data.resolve("expiry-warned");
    }

    Path bookmarks() {
        return data.resolve("bookmarks");
    }

    /** Where the approvers' socket is: {@link io.fairlead.agent.consent.Door}. */
    Path approve() {
        return data.resolve("approve");
    }

    /** The last PAC file that gave an answer. */
    Path pac() {
        return data.resolve("pac");
    }

    /** {@link io.fairlead.agent.file.Transfers}. */
    Path transfers() {
        return data.resolve("transfers");
    }

    /** {@link io.fairlead.agent.remote.Sessions}: what was agreed to here, which outlives enrolments. */
    Path receipts() {
        return data.resolve("receipts");
    }

    Path transcripts() {
        return data.resolve("transcripts");
    }

    Path audit() {
        return data.resolve("audit.log");
    }

    Path log() {
        return data.resolve("log");
    }

    /** Lets go. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
