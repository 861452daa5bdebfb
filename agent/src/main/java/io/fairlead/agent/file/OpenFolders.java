package io.fairlead.agent.file;

import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Each folder is opened through the one before it, by openat(2) with O_NOFOLLOW; files through their folder. */
final class OpenFolders implements Walk {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> SHARED = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ);

    @Override
    public Folder open(Path root, List<String> folders) throws IOException, NotPossible {
        SecureDirectoryStream<Path> here = root(root);
        Path path = root;
        for (String name : folders) {
            path = path.resolve(name);
            try (SecureDirectoryStream<Path> parent = here) {
                here = parent.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                throw NotPossible.failed("there is no folder " + name);
            } catch (FileSystemException e) {
                throw NotPossible.refused(name + " is no folder that may be entered; links are not followed");
            }
        }
        return new Opened(here, path);
    }

    @SuppressWarnings("StreamResourceLeak") // whoever asked for the folder closes it
    private static SecureDirectoryStream<Path> root(Path root) throws IOException, NotPossible {
        DirectoryStream<Path> stream;
        try {
            stream = Files.newDirectoryStream(root);
        } catch (NoSuchFileException e) {
            throw NotPossible.failed("the root " + root + " is not there");
        }
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException(root + " cannot be entered safely");
    }

    /** @param path for forcing only: what is opened by it is not read, nor is anything written there */
    private record Opened(SecureDirectoryStream<Path> folder, Path path) implements Folder {
        @Override
        public Entry look(String name) throws IOException {
            BasicFileAttributes seen = folder.getFileAttributeView(
                            Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            return new Entry(
                    seen.isRegularFile(),
                    seen.isSymbolicLink(),
                    seen.size(),
                    Objects.requireNonNullElse(seen.fileKey(), ""));
        }

        @Override
        public SeekableByteChannel read(String name) throws IOException {
            return folder.newByteChannel(Path.of(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public SeekableByteChannel create(String name) throws IOException {
            return folder.newByteChannel(
                    Path.of(name),
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public void share(String name) throws IOException {
            PosixFileAttributeView file =
                    folder.getFileAttributeView(Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributeView here = folder.getFileAttributeView(PosixFileAttributeView.class);
            if (file != null
                    && here != null
                    && OWNER.containsAll(file.readAttributes().permissions())) {
                Set<PosixFilePermission> rights = EnumSet.copyOf(OWNER);
                here.readAttributes().permissions().stream()
                        .filter(SHARED::contains)
                        .forEach(rights::add);
                file.setPermissions(rights);
            }
        }

        @Override
        public void rename(String from, String to) throws IOException {
            folder.move(Path.of(from), folder, Path.of(to));
        }

        @Override
        public void delete(String name) throws IOException {
            folder.deleteFile(Path.of(name));
        }

        @Override
        public void force() throws IOException {
            Durable.forceFolder(path.resolve("any"));
        }

        @Override
        public void close() throws IOException {
            folder.close();
        }
    }
}
