package io.fairlead.agent.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A small file that is replaced whole: after a power cut it has the old content or the new, never a part or nothing.
 * Only the agent's account may read it. One writer at a time is the caller's duty.
 */
public final class Durable {
    private final Path file;
    private final Path draft;

    public Durable(Path file) {
        this.file = file.toAbsolutePath();
        this.draft = this.file.resolveSibling(this.file.getFileName() + ".tmp");
    }

    public Path file() {
        return file;
    }

    /** The content; empty when there is no such file. */
    public Optional<byte[]> read() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Replaces the content; on return it is on disk. A rename alone leaves a file without content after a power cut, so
     * the draft is forced before and the folder after.
     *
     * @throws StorageFailure when the old content stands
     */
    public void replace(byte[] content) throws IOException {
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, ownerOnly(file));
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discardDraft(e);
            throw new StorageFailure("cannot replace", file, e);
        }
        forceFolder(file);
    }

    /** Removes the file, if it is there; on return it stays away. */
    public void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            forceFolder(file);
        }
    }

    /** Makes a creation, a rename or a deletion in the file's folder last. */
    public static void forceFolder(Path file) throws IOException {
        if (!posix(file)) {
            // Windows opens no folders; NTFS journals its names itself.
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** To make a file with that only its owner may read, whatever the process' mask is; nothing on Windows. */
    public static FileAttribute<?>[] ownerOnly(Path file) {
        return modes(file, "rw-------");
    }

    /** Makes a folder, and those above it, that only their owner may enter; those that are there stay as they are. */
    public static void makePrivate(Path folder) throws IOException {
        Path made = Files.createDirectories(folder, modes(folder, "rwx------"));
        assert Files.isDirectory(made);
    }

    private static FileAttribute<?>[] modes(Path path, String modes) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(modes))}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private void discardDraft(IOException cause) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
