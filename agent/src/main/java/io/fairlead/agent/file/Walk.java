package io.fairlead.agent.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.List;

/**
 * Goes from a root down to a file without leaving it: no link is followed below the root, whoever swaps one in at whatever
 * moment.
 */
interface Walk {
    /**
     * Opens a folder below a root.
     *
     * @throws NotPossible when there is none, or a link stands in the way
     */
    Folder open(Path root, List<String> folders) throws IOException, NotPossible;

    /** What a name in a folder stands for, links not followed. */
    record Entry(boolean file, boolean link, long size, Object key) {}

    /** A folder that stays the same one, wherever it is moved meanwhile. */
    interface Folder extends Closeable {
        /** What a name stands for now; a NoSuchFileException when for nothing. */
        Entry look(String name) throws IOException;

        /** Opens a file to read; never a link. */
        SeekableByteChannel read(String name) throws IOException;

        /** Makes a file to write; never over another. */
        SeekableByteChannel create(String name) throws IOException;

        /**
         * Lets those read a file whom its folder lets look around, and its group write where it may write there, unless
         * the folder's access list has let anybody in already: our own mask must not hide it from the instrument.
         */
        void share(String name) throws IOException;

        /** Gives a file another name in the same folder; what has that name is replaced. */
        void rename(String from, String to) throws IOException;

        void delete(String name) throws IOException;

        /** Makes renames last. */
        void force() throws IOException;
    }

    /** As this system can: through open folders (Linux), else by comparing real paths. */
    static Walk ofSystem() {
        try (DirectoryStream<Path> probe = Files.newDirectoryStream(Path.of("").toAbsolutePath())) {
            return probe instanceof SecureDirectoryStream ? new OpenFolders() : new RealPaths();
        } catch (IOException e) {
            return new RealPaths();
        }
    }
}
