package io.fairlead.agent.file;

import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * For systems whose folders Java cannot hold open (Windows): the real path must be the one that was written, before a file
 * is opened and after it, so that neither a link nor a junction is on the way. Between two looks a way can be changed and
 * changed back; who can do that can write in the root.
 */
final class RealPaths implements Walk {
    @Override
    public Folder open(Path root, List<String> folders) throws IOException, NotPossible {
        Path real;
        try {
            real = root.toRealPath();
        } catch (NoSuchFileException e) {
            throw NotPossible.failed("the root " + root + " is not there");
        }
        Path path = real;
        for (String name : folders) {
            path = path.resolve(name);
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw NotPossible.failed("there is no folder " + path.getFileName());
        }
        Checked folder = new Checked(path);
        if (!folder.unmoved() || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw NotPossible.refused(path.getFileName() + " is no folder that may be entered; links are not followed");
        }
        return folder;
    }

    private record Checked(Path folder) implements Folder {
        /** Case counts for nothing here: the systems that come this way do not tell it apart. */
        boolean unmoved() throws IOException {
            return folded(folder.toRealPath()).equals(folded(folder));
        }

        private static String folded(Path path) {
            return path.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        }

        private void check() throws IOException {
            if (!unmoved()) {
                throw new IOException("the way to the folder was changed");
            }
        }

        @Override
        public Entry look(String name) throws IOException {
            check();
            BasicFileAttributes seen =
                    Files.readAttributes(folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean special = seen.isSymbolicLink() || seen.isOther();
            return new Entry(
                    seen.isRegularFile() && !special,
                    special,
                    seen.size(),
                    Objects.requireNonNullElse(seen.fileKey(), ""));
        }

        @Override
        public SeekableByteChannel read(String name) throws IOException {
            return open(name, StandardOpenOption.READ);
        }

        @Override
        public SeekableByteChannel create(String name) throws IOException {
            return open(name, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        private SeekableByteChannel open(String name, StandardOpenOption... how) throws IOException {
            check();
            Set<OpenOption> options = new HashSet<>(List.of(how));
            options.add(LinkOption.NOFOLLOW_LINKS);
            SeekableByteChannel channel = Files.newByteChannel(folder.resolve(name), options);
            try {
                check();
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        /** Windows gives a new file the access list of its folder. */
        @Override
        public void share(String name) {}

        @Override
        public void rename(String from, String to) throws IOException {
            check();
            Path unused = Files.move(
                    folder.resolve(from),
                    folder.resolve(to),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void delete(String name) throws IOException {
            check();
            Files.delete(folder.resolve(name));
        }

        @Override
        public void force() throws IOException {
            Durable.forceFolder(folder.resolve("any"));
        }

        @Override
        public void close() {}
    }
}
