package io.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that other users may pass, for PostgreSQL does not run as root. */
record Folder(Path path) implements AutoCloseable {
    static Folder make(String name) throws IOException {
        Path path = Files.createTempDirectory("fairlead-" + name + "-");
        return new Folder(Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
