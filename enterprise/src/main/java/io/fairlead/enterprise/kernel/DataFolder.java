package io.fairlead.enterprise.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The folder in which one server keeps everything of its own.
 *
 * <pre>
 * DATA/secrets/       0700: passwords and keys, one file each, 0600
 * DATA/postgres/      binaries and data of the embedded database
 * DATA/blobs/         0700: the contents of files, encrypted
 * DATA/recordings/    0700: recordings of remote sessions, encrypted
 * DATA/fairlead.sock  the door of the command line
 * </pre>
 *
 * Made where it is missing. Blocking; used while the program starts, or through {@link Blocking}.
 */
public final class DataFolder {
    private static final boolean POSIX =
            !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final Path path;
    private final Path secrets;

    /** @throws CannotStart when the folder cannot be made or written, or when others can read its secrets */
    public DataFolder(Path folder) {
        this.path = folder.toAbsolutePath().normalize();
        this.secrets = path.resolve("secrets");
        // Another user runs PostgreSQL when root starts us, and must be able to pass; to list the folder it need not.
        make(path, SystemUser.isRoot() ? "rwx--x--x" : "rwx------");
        make(secrets, "rwx------");
        refuseOpenSecrets();
        if (!Files.isWritable(path) || !Files.isWritable(secrets)) {
            throw new CannotStart("The data folder " + path + " cannot be written by the user that runs Fairlead ("
                    + System.getProperty("user.name") + ").");
        }
    }

    /** {@code /var/lib/fairlead} for root, otherwise {@code ~/.local/share/fairlead}. */
    public static Path standard() {
        return SystemUser.isRoot()
                ? Path.of("/var/lib/fairlead")
                : Path.of(System.getProperty("user.home"), ".local", "share", "fairlead");
    }

    public Path path() {
        return path;
    }

    /** Of the embedded database. */
    public Path postgres() {
        return path.resolve("postgres");
    }

    /** Of the contents of files; made where it is missing. Nodes that share a database share it. */
    public Path blobs() {
        Path blobs = path.resolve("blobs");
        make(blobs, "rwx------");
        return blobs;
    }

    /** Of recordings; made where it is missing. Nodes that share a database share it. */
    public Path recordings() {
        Path recordings = path.resolve("recordings");
        make(recordings, "rwx------");
        return recordings;
    }

    /** Where a secret of that name lies, or would lie. */
    public Path secretPath(String name) {
        Path file = secrets.resolve(name).normalize();
        if (!secrets.equals(file.getParent())) {
            throw new IllegalArgumentException("a secret is a file directly in " + secrets);
        }
        return file;
    }

    /** The bytes of a secret, or empty when it was never written. */
    public Optional<byte[]> readSecret(String name) {
        Path file = secretPath(name);
        try {
            byte[] bytes = Files.readAllBytes(file);
            refuseReadableByOthers(file);
            return Optional.of(bytes);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new CannotStart("The secret " + file + " cannot be read: " + Reason.of(unreadable), unreadable);
        }
    }

    /** A secret that is one line of text, without its line end; empty when it is missing or blank. */
    public Optional<String> readText(String name) {
        return readSecret(name)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .filter(text -> !text.isEmpty());
    }

    /** Writes a secret so that after a power cut either the old bytes are there or the new, never half of them. */
    public void writeSecret(String name, byte[] bytes) {
        Path file = secretPath(name);
        Path fresh = secrets.resolve("." + name + ".new");
        try {
            Files.deleteIfExists(fresh);
            try (FileChannel channel = create(fresh)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(secrets);
        } catch (IOException failure) {
            throw new CannotStart("The secret " + file + " cannot be written: " + Reason.of(failure), failure);
        }
    }

    /** The password of that name; a random one of 128 bits is made and written when there is none. */
    public String password(String name) {
        return readText(name).orElseGet(() -> {
            String made = Ids.random().next();
            writeSecret(name, (made + "\n").getBytes(StandardCharsets.US_ASCII));
            return made;
        });
    }

    static void make(Path folder, String mode) {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (POSIX) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
                // Again, because the umask had a say.
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
            } else {
                Files.createDirectory(folder);
            }
        } catch (IOException failure) {
            throw new CannotStart("The folder " + folder + " cannot be made: " + Reason.of(failure), failure);
        }
    }

    /** Forces a folder's entries to disk. Windows cannot, and does not need it. */
    public static void forceFolder(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** With which a file is made that other users cannot get at. */
    public static FileAttribute<?>[] closedFile() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), closedFile());
    }

    private void refuseOpenSecrets() {
        try {
            refuseReadableByOthers(secrets);
        } catch (IOException unreadable) {
            throw new CannotStart("The folder " + secrets + " cannot be read: " + Reason.of(unreadable), unreadable);
        }
    }

    private static void refuseReadableByOthers(Path path) throws IOException {
        if (!POSIX) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        boolean open = mode.stream()
                .anyMatch(one -> one.name().startsWith("GROUP_") || one.name().startsWith("OTHERS_"));
        if (open) {
            throw new CannotStart("Other users can get at " + path + " (mode " + PosixFilePermissions.toString(mode)
                    + "). It holds the server's secrets. Close it with: chmod go= '" + path + "'");
        }
    }
}
