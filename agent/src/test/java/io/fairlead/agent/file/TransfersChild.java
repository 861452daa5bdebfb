package io.fairlead.agent.file;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The room as a process of its own, to be killed. Arguments: folder; then nothing to go on, or {@code upload PATH} or
 * {@code receive NAME SIZE SHA256}. Ends by 0 when nothing is left to do.
 */
public final class TransfersChild {
    static final String ID = FilesRig.id(7);

    /** Instead of {@code upload}: the order comes when a file of this name is in the folder, and again while it fails. */
    static final String WHEN_TOLD = "upload-when-told";

    private TransfersChild() {}

    private static Handled uploaded(Transfers transfers, String path) throws InterruptedException {
        while (true) {
            try {
                return transfers.upload(FilesRig.upload(ID, path));
            } catch (IOException e) {
                System.out.println("the order fails: " + e);
                Thread.sleep(20);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Identity identity = new IdentityFolder(folder.resolve("identity"), Clock.systemUTC())
                .load()
                .orElseThrow();
        FilesRig rig = new FilesRig(folder);
        Transfers transfers = rig.transfers(identity);
        transfers.start();
        if (args.length > 1) {
            Files.writeString(folder.resolve("waits"), "");
            while (args[1].equals(WHEN_TOLD) && !Files.exists(folder.resolve(WHEN_TOLD))) {
                Thread.sleep(20);
            }
            Handled handled = args[1].equals("receive")
                    ? transfers.receive(FilesRig.receive(ID, args[2], Long.parseLong(args[3]), args[4]))
                    : uploaded(transfers, args[2]);
            Files.writeString(folder.resolve("handled"), handled.outcome() + " " + handled.detail());
        }
        while (!transfers.progress().isEmpty()) {
            Thread.sleep(20);
        }
        transfers.close();
        System.exit(0);
    }
}
