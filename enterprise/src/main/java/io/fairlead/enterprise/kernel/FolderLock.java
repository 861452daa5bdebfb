package io.fairlead.enterprise.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server away from a folder. The operating system gives the lock up when the process ends, however it
 * ends, so there is nothing to clean.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws CannotStart when another server has it */
    static FolderLock take(Path file) {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new CannotStart("The file " + file + " cannot be written: " + Reason.of(failure), failure);
        }
        try {
            @Nullable FileLock lock = tried(channel);
            if (lock == null) {
                channel.close();
                throw new CannotStart("Another Fairlead runs on " + file.getParent()
                        + ". Stop it first, or choose another folder with --data.");
            }
            return new FolderLock(channel);
        } catch (IOException failure) {
            throw new CannotStart("The file " + file + " cannot be locked: " + Reason.of(failure), failure);
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException harmless) {
            // Closed or not, the lock ends with the process.
        }
    }
}
