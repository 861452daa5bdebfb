package io.fairlead.enterprise.file;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;

/** The room of files on a registry; another object on the same database and folder is another node. */
public class TestFileRoom {
    public static final int CHUNK = BlobStore.CHUNK;

    public final Path folder;
    public final Documents documents = new Documents(XmlReaders.ofJdk());
    public final Instructions instructions;
    public final DirectoryBlobs blobs;
    public final DeviceTransfers device;
    public final Transfers transfers;
    public final Staging staging;
    public final DownloadLinks links;
    public final TransferRetention retention;

    public TestFileRoom(
            Vertx vertx,
            Database database,
            Devices devices,
            Rights rights,
            Audit audit,
            Clock clock,
            Path data,
            Timers timers) {
        DataFolder dataFolder = new DataFolder(data);
        folder = dataFolder.blobs();
        instructions = new Instructions(
                database,
                devices,
                rights,
                bytes -> new SignedBytes(bytes, new byte[] {1, 2}, TestFleet.hex(7), new byte[] {3, 4}),
                documents,
                audit,
                clock,
                new TransferResults(audit, clock));
        blobs = new DirectoryBlobs(
                folder, BlobKeys.open(dataFolder, false, new SecureRandom()), new SecureRandom(), 16 << 20);
        Blocking blocking = new Blocking(vertx);
        Ids ids = Ids.random();
        device = new DeviceTransfers(database, blobs, audit, blocking, ids, clock);
        transfers = new Transfers(database, devices, instructions, blobs, audit, blocking, ids, clock);
        staging = new Staging(devices, transfers, blobs, blocking, ids);
        links = new DownloadLinks(database, devices, blobs, audit, blocking, ids, clock);
        retention = new TransferRetention(database, audit, blobs, blocking, timers, clock, 90);
    }

    /** Bytes that nothing compresses and no other seed has. */
    public static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** How many files there are on the disk, whole or not. */
    public long kept() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    public static Offer offer(String name, byte[] file) {
        return new Offer(name, file.length, sha256(file), Protection.NONE);
    }

    public TransferId upload(DeviceId from) {
        return await(transfers.upload(ANNA, from, "logs/app.log", "ticket 1")).id();
    }

    /** A file that comes from a device whole. */
    public TransferId uploaded(DeviceId from, String name, byte[] file) {
        TransferId id = upload(from);
        Standing standing = await(device.offer(from, id, offer(name, file)));
        while (standing.offset() < file.length) {
            Put put = put(from, id, file, standing.offset(), CHUNK);
            standing = new Standing(id, standing.word(), put.expected());
        }
        return id;
    }

    public Put put(DeviceId from, TransferId id, byte[] file, long offset, int most) {
        int end = (int) Math.min(file.length, offset + most);
        byte[] chunk = Arrays.copyOfRange(file, (int) offset, end);
        return await(device.put(from, id, new ByteRange(offset, end - 1L), file.length, chunk));
    }

    /** A file that a person sends. */
    public TransferId sent(DeviceId to, String name, byte[] file) {
        String staged = await(staging.begin(ANNA, to, file.length));
        int offset = 0;
        do {
            int end = Math.min(file.length, offset + CHUNK);
            long length =
                    await(staging.add(ANNA, staged, offset, Arrays.copyOfRange(file, offset, end), end == file.length));
            offset = (int) length;
        } while (offset < file.length);
        return await(staging.send(ANNA, to, staged, offer(name, file), "ticket 2"))
                .id();
    }
}
