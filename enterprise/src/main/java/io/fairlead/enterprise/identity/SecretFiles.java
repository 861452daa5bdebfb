package io.fairlead.enterprise.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One folder of files that only the server's account may read (0600 in 0700). Where the file system knows no modes
 * (Windows), the folder's access list has to see to it. A file is there whole or not at all, also after a power cut.
 */
final class SecretFiles {
    private static final boolean MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;

    SecretFiles(Path folder) {
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    void write(String name, byte[] content) throws IOException {
        Path temporary = path(name + ".tmp");
        Files.deleteIfExists(temporary);
        try (FileChannel file = FileChannel.open(
                temporary, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), modes("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                int written = file.write(bytes);
                assert written >= 0;
            }
            file.force(true);
        }
        Path done = Files.move(temporary, path(name), StandardCopyOption.ATOMIC_MOVE);
        assert done != null;
        force(folder);
    }

    /** As {@link #write}, over what is there: the old content or the new, never a part. */
    void replace(String name, byte[] content) throws IOException {
        write(name + ".next", content);
        Path done = Files.move(
                path(name + ".next"), path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assert done != null;
        force(folder);
    }

    /** Makes the folder itself, empty; what an interrupted start left in it goes. */
    void createEmpty() throws IOException {
        remove();
        Path created = Files.createDirectory(folder, modes("rwx------"));
        forceParentOf(created);
    }

    /** Removes the folder with all that is in it; without effect when it is not there. */
    void remove() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }

    /** Gives the whole folder its final name in one step. */
    void becomes(Path target) throws IOException {
        force(folder);
        Path moved = Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        forceParentOf(moved);
    }

    private static void forceParentOf(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            force(parent);
        }
    }

    private static void force(Path folder) throws IOException {
        if (MODES) {
            try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true);
            }
        }
    }

    private static FileAttribute<?>[] modes(String modes) {
        return MODES
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(modes))}
                : new FileAttribute<?>[0];
    }
}
