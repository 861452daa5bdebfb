package io.fairlead.agent.file;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The room as a process of its own, to be killed. Arguments: folder; then nothing to go on, or {@code upload PATH} or
 * {@code receive NAME SIZE SHA256}. Ends by 0 when nothing is left to do.
 */
public final class TransfersChild {
    static final String ID = FilesRig.id(7);

    private TransfersChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Identity identity = new IdentityFolder(folder.resolve("identity"), Clock.systemUTC())
                .load()
                .orElseThrow();
        FilesRig rig = new FilesRig(folder);
        Transfers transfers = rig.transfers(identity);
        transfers.start();
        if (args.length > 1) {
            Handled handled = args[1].equals("upload")
                    ? transfers.upload(FilesRig.upload(ID, args[2]))
                    : transfers.receive(FilesRig.receive(ID, args[2], Long.parseLong(args[3]), args[4]));
            Files.writeString(folder.resolve("handled"), handled.outcome() + " " + handled.detail());
        }
        while (!transfers.progress().isEmpty()) {
            Thread.sleep(20);
        }
        transfers.close();
        System.exit(0);
    }
}
