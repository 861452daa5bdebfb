package io.fairlead.enterprise.file;

import io.fairlead.enterprise.file.BlobFile.Place;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Blobs as files of one folder, each in a subfolder by the first two digits of its id: a {@link BlobHeader}, then a
 * {@link BlobRecord} for each chunk. Nothing in them can be read without {@link BlobKeys}. The file itself knows how far
 * it has come: a record that opens was forced, what does not open was torn. Nodes share the folder; a lock on the file
 * keeps one that has stalled from writing into what another went on with.
 */
public final class DirectoryBlobs implements BlobStore {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final boolean MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final BlobHeader header;
    private final SecureRandom random;
    private final long floor;

    /**
     * @param folder exists, closed to other users; on Linux a local disk or NFS 4, which know locks
     * @param floor bytes of its disk that are not for blobs
     */
    public DirectoryBlobs(Path folder, BlobKeys keys, SecureRandom random, long floor) {
        this.folder = folder;
        this.header = new BlobHeader(keys, random);
        this.random = random;
        this.floor = floor;
    }

    /** Whether a folder has blobs, or anything else. */
    public static boolean any(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isPresent();
        }
    }

    @Override
    public long append(String blob, long offset, byte[] bytes, boolean last) throws IOException {
        if (bytes.length > CHUNK) {
            throw new IllegalArgumentException("bytes=" + bytes.length);
        }
        Path path = path(blob);
        if (offset > 0 && !Files.exists(path)) {
            return 0;
        }
        mustHaveRoom(bytes.length);
        try (FileChannel channel = openToWrite(path);
                FileLock lock = lock(channel, blob)) {
            assert lock.isValid();
            BlobFile file = begun(blob, channel, path, offset);
            Place tail = file.tail();
            long end = tail == null ? 0 : tail.record().end();
            if (end != offset || (tail != null && tail.record().last())) {
                return end;
            }
            long position = tail == null ? BlobHeader.LENGTH : tail.next();
            BlobRecord record =
                    new BlobRecord(tail == null ? 0 : tail.record().number() + 1, offset, bytes.length, last);
            write(channel, position, record.seal(blob, file.key(), bytes, random));
            return record.end();
        }
    }

    private static FileLock lock(FileChannel channel, String blob) throws IOException {
        try {
            return channel.lock();
        } catch (OverlappingFileLockException stalled) {
            throw new Refusal(Fault.BUSY, "another thread writes blob=" + blob, stalled);
        }
    }

    /** The file with a header that opens: at its beginning, a crash may have come before it was there. */
    private BlobFile begun(String blob, FileChannel channel, Path path, long offset) throws IOException {
        byte[] head = new byte[BlobHeader.LENGTH];
        boolean whole = BlobFile.fill(channel, ByteBuffer.wrap(head), 0);
        try {
            return new BlobFile(blob, channel, header.open(blob, whole ? head : new byte[0]));
        } catch (BlobDamaged torn) {
            if (offset > 0) {
                throw torn;
            }
            byte[] fresh = header.make(blob);
            write(channel, 0, ByteBuffer.wrap(fresh));
            forceFolders(path);
            return new BlobFile(blob, channel, header.open(blob, fresh));
        }
    }

    /** All of it and nothing behind it, forced; or, when that fails, nothing of it. */
    private static void write(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
        try {
            channel.truncate(position);
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(true);
        } catch (IOException full) {
            try {
                channel.truncate(position);
            } catch (IOException worse) {
                full.addSuppressed(worse);
            }
            throw full;
        }
    }

    private FileChannel openToWrite(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Path made = Files.createDirectories(parent, modes("rwx------"));
            assert made != null;
        }
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                modes("rw-------"));
    }

    @Override
    public Reader open(String blob) throws IOException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path(blob), StandardOpenOption.READ);
            byte[] head = new byte[BlobHeader.LENGTH];
            if (!BlobFile.fill(channel, ByteBuffer.wrap(head), 0)) {
                throw new BlobDamaged(blob, "its header is cut");
            }
            return new BlobFileReader(blob, channel, new BlobFile(blob, channel, header.open(blob, head)));
        } catch (NoSuchFileException missing) {
            throw new BlobDamaged(blob, "its file is missing", missing);
        } catch (IOException | RuntimeException failed) {
            if (channel != null) {
                channel.close();
            }
            throw failed;
        }
    }

    @Override
    public void delete(String blob) throws IOException {
        boolean there = Files.deleteIfExists(path(blob));
        assert there || !Files.exists(path(blob));
    }

    @Override
    public void mustHaveRoom(long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free - bytes < floor) {
            throw new Refusal(
                    Fault.STORAGE_FULL, "free=" + free + " wanted=" + bytes + " floor=" + floor + " at " + folder);
        }
    }

    @Override
    public List<String> untouchedSince(Instant time) throws IOException {
        try (Stream<Path> files = Files.find(
                folder,
                2,
                (path, file) -> file.isRegularFile()
                        && ID.matcher(String.valueOf(path.getFileName())).matches()
                        && file.lastModifiedTime().toInstant().isBefore(time))) {
            return files.map(path -> String.valueOf(path.getFileName())).toList();
        }
    }

    @Override
    public boolean touch(String blob) throws IOException {
        Path path = path(blob);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, blob)) {
            assert lock.isValid();
            // Whoever deletes holds the lock as well: what is there now stays.
            Path touched = Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
            return Files.exists(touched);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    @Override
    public boolean deleteUntouchedSince(String blob, Instant time) throws IOException {
        Path path = path(blob);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, blob)) {
            assert lock.isValid();
            return Files.getLastModifiedTime(path).toInstant().isBefore(time) && Files.deleteIfExists(path);
        } catch (NoSuchFileException gone) {
            return true;
        } catch (Refusal busy) {
            return false;
        }
    }

    private Path path(String blob) {
        if (!ID.matcher(blob).matches()) {
            throw new IllegalArgumentException("not a blob's id");
        }
        return folder.resolve(blob.substring(0, 2)).resolve(blob);
    }

    private void forceFolders(Path path) throws IOException {
        Path parent = path.getParent();
        if (MODES && parent != null) {
            for (Path each : List.of(parent, folder)) {
                try (FileChannel entries = FileChannel.open(each, StandardOpenOption.READ)) {
                    entries.force(true);
                }
            }
        }
    }

    private static FileAttribute<?>[] modes(String modes) {
        return MODES
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(modes))}
                : new FileAttribute<?>[0];
    }
}
