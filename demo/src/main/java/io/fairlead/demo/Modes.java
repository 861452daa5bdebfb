package io.fairlead.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Modes of files, whatever the umask; without effect on systems without them. */
final class Modes {
    private Modes() {}

    /** Makes the folder; everyone may read it, only its owner may write. */
    static void readableFolder(Path folder) throws IOException {
        Path made = Files.createDirectories(folder);
        set(made, "rwxr-xr-x");
    }

    static void readableFile(Path file) throws IOException {
        set(file, "rw-r--r--");
    }

    /** Makes a file that only its owner reads, from its first byte on. */
    static void secretFile(Path file, String text) throws IOException {
        Path starting = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(starting);
        Files.createFile(starting);
        set(starting, "rw-------");
        Files.writeString(starting, text);
        Files.move(starting, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static void set(Path path, String mode) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString(mode));
        }
    }
}
