package io.fairlead.agent.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/** A file that is open to be sent. What may grow under it does not matter: it is read from the beginning to a size. */
record Source(SeekableByteChannel channel, long size) implements Closeable {
    /**
     * Opens a file below a root.
     *
     * @throws NotPossible when there is none such, or it is none that may be sent
     */
    static Source open(Walk walk, Path root, NamePath path) throws IOException, NotPossible {
        try (Walk.Folder folder = walk.open(root, path.folders())) {
            String name = path.file();
            Walk.Entry before = folder.look(name);
            if (before.link()) {
                throw NotPossible.refused(path + " is a link; links are not followed");
            }
            if (!before.file()) {
                throw NotPossible.refused(path + " is no file");
            }
            requireOneName(root.resolve(path.toString()), path, before);
            SeekableByteChannel channel = folder.read(name);
            try {
                if (!folder.look(name).key().equals(before.key())) {
                    throw NotPossible.failed(path + " was exchanged while it was opened");
                }
                return new Source(channel, channel.size());
            } catch (IOException | NotPossible e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw NotPossible.failed("there is no file " + path);
        } catch (FileSystemException e) {
            throw NotPossible.failed(path + " cannot be opened: " + e.getClass().getSimpleName());
        }
    }

    /** A further name may lie outside every root, or carry no mark of patient data. */
    private static void requireOneName(Path full, NamePath path, Walk.Entry seen) throws IOException, NotPossible {
        if (!full.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        Map<String, Object> file = Files.readAttributes(full, "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
        if (!seen.key().equals(file.get("fileKey"))) {
            throw NotPossible.failed(path + " was exchanged while it was opened");
        }
        if (!Objects.equals(file.get("nlink"), 1)) {
            throw NotPossible.refused(path + " has further names (hard links), which may lie elsewhere");
        }
    }

    /** Opens a content of this room's own. */
    static Source own(Path content) throws IOException, NotPossible {
        try {
            SeekableByteChannel channel = Files.newByteChannel(content, StandardOpenOption.READ);
            return new Source(channel, channel.size());
        } catch (NoSuchFileException e) {
            throw NotPossible.failed("what was prepared is no longer there");
        }
    }

    /**
     * Reads a piece.
     *
     * @throws EOFException when the file has become shorter
     */
    byte[] read(long from, int length) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(length);
        while (piece.hasRemaining()) {
            if (read(piece, from + piece.position()) < 0) {
                throw new EOFException("the file ends at " + channel.size());
            }
        }
        return piece.array();
    }

    /** By position where the system can: what has failed in the middle leaves no position behind. */
    private int read(ByteBuffer piece, long from) throws IOException {
        return channel instanceof FileChannel file
                ? file.read(piece, from)
                : channel.position(from).read(piece);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
