package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.file.BlobKeys;
import io.fairlead.enterprise.file.BlobStore;
import io.fairlead.enterprise.file.DeviceTransfers;
import io.fairlead.enterprise.file.DirectoryBlobs;
import io.fairlead.enterprise.file.DownloadLinks;
import io.fairlead.enterprise.file.Staging;
import io.fairlead.enterprise.file.TransferRetention;
import io.fairlead.enterprise.file.Transfers;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** The room of files, built on one store of their bytes. */
record FileRoom(
        DeviceTransfers device,
        Transfers transfers,
        Staging staging,
        DownloadLinks links,
        TransferRetention retention) {
    /** Threads that read and write files: so many disks will hardly keep busy. */
    private static final int THREADS = 8;

    private static final long MIB = 1L << 20;

    /** Opens the store; blocks. */
    static FileRoom open(
            DataFolder folder,
            EnterpriseConfig.Files config,
            Database database,
            Devices devices,
            Instructions instructions,
            Audit audit,
            Blocking anywhere,
            Timers timers,
            Ids ids,
            Clock clock,
            SecureRandom random)
            throws IOException {
        Path path = folder.blobs();
        BlobKeys keys = BlobKeys.open(folder, DirectoryBlobs.any(path), random);
        BlobStore blobs = new DirectoryBlobs(path, keys, random, config.floorMegabytes() * MIB);
        Blocking blocking = anywhere.ofThreads("files", THREADS);
        Transfers transfers = new Transfers(database, devices, instructions, blobs, audit, blocking, ids, clock);
        return new FileRoom(
                new DeviceTransfers(database, blobs, audit, blocking, ids, clock),
                transfers,
                new Staging(devices, transfers, blobs, blocking, ids),
                new DownloadLinks(database, devices, blobs, audit, blocking, ids, clock),
                new TransferRetention(database, audit, blobs, blocking, timers, clock, config.keepDays()));
    }
}
