package io.fairlead.agent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Brings a fetched file to its place: copied beside it under a hidden name (so that it has the owner, group and access list
 * that files of that folder have), reckoned over and forced; then its name is claimed by an empty file, which fails when the
 * name is taken, and the claim replaced by the whole file in one step. A name that is taken is never replaced.
 */
record Placing(Desk desk, Transfer transfer, Path root, NamePath path) {
    private static final int PIECE = 65_536;

    enum Placed {
        DONE,
        /** The bytes are not those that were announced; nothing was placed. */
        WRONG
    }

    /** Refuses when the name is taken, or its folder is not there. */
    void requireFree() throws IOException, NotPossible {
        try (Walk.Folder folder = desk.walk().open(root, path.folders())) {
            if (look(folder, path.file()).isPresent()) {
                throw taken();
            }
        }
    }

    /** @param resumed whether a try before this one may have come any far: it found the name free */
    Placed place(Path content, boolean resumed) throws IOException, NotPossible {
        try (Walk.Folder folder = desk.walk().open(root, path.folders())) {
            Optional<Walk.Entry> there = look(folder, path.file());
            if (there.isPresent()) {
                if (resumed && isWhole(folder, there.get())) {
                    discard(folder, part());
                    return Placed.DONE;
                }
                if (!(resumed && there.get().file() && there.get().size() == 0)) {
                    throw taken();
                }
            }
            if (!desk.disks().room(root, transfer.size())) {
                throw new IOException("no room for " + transfer.size() + " bytes in " + root);
            }
            discard(folder, part());
            if (!copy(content, folder)) {
                discard(folder, part());
                return Placed.WRONG;
            }
            folder.share(part());
            if (there.isEmpty()) {
                claim(folder);
            }
            folder.rename(part(), path.file());
            folder.force();
            return Placed.DONE;
        }
    }

    /** Removes what a try has left. */
    void clean() throws IOException, NotPossible {
        try (Walk.Folder folder = desk.walk().open(root, path.folders())) {
            discard(folder, part());
        }
    }

    private String part() {
        return NamePath.OWN + transfer.id() + ".part";
    }

    private NotPossible taken() {
        return NotPossible.failed("there is already a file " + path + "; nothing is replaced");
    }

    private static Optional<Walk.Entry> look(Walk.Folder folder, String name) throws IOException {
        try {
            return Optional.of(folder.look(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void discard(Walk.Folder folder, String name) throws IOException {
        try {
            folder.delete(name);
        } catch (NoSuchFileException e) {
            // Nothing was left.
        }
    }

    private void claim(Walk.Folder folder) throws IOException, NotPossible {
        try (SeekableByteChannel claimed = folder.create(path.file())) {
            claimed.truncate(0);
        } catch (FileAlreadyExistsException e) {
            discard(folder, part());
            throw taken();
        }
    }

    private boolean isWhole(Walk.Folder folder, Walk.Entry there) throws IOException {
        if (!there.file() || there.size() != transfer.size()) {
            return false;
        }
        MessageDigest digest = Sending.sha256();
        try (SeekableByteChannel in = folder.read(path.file())) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (in.read(piece.clear()) >= 0) {
                digest.update(piece.flip());
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(transfer.sha256());
    }

    /** Whether the copy is what was announced. */
    private boolean copy(Path content, Walk.Folder folder) throws IOException {
        MessageDigest digest = Sending.sha256();
        try (SeekableByteChannel in = Files.newByteChannel(content, StandardOpenOption.READ);
                SeekableByteChannel out = folder.create(part())) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (in.read(piece.clear()) >= 0) {
                piece.flip();
                digest.update(piece.duplicate());
                while (piece.hasRemaining()) {
                    int written = out.write(piece);
                    if (written == 0) {
                        throw new IOException("the disk takes nothing");
                    }
                }
            }
            if (out instanceof FileChannel file) {
                file.force(true);
            }
        } catch (IOException e) {
            undo(folder, e);
            throw e;
        }
        return HexFormat.of().formatHex(digest.digest()).equals(transfer.sha256());
    }

    private void undo(Walk.Folder folder, IOException cause) {
        try {
            discard(folder, part());
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
