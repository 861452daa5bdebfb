package io.fairlead.enterprise.kernel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL that comes with us, unpacked once per version into {@code DATA/postgres/binaries/HASH}; HASH is of the
 * archive. The folder appears under that name only when everything in it is on disk.
 */
final class PostgresBinaries {
    /** Of the binaries in the archives; a data folder of another major version is refused. */
    static final String MAJOR = "18";

    static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** The program of that name: {@code postgres}, {@code initdb} or {@code pg_ctl}. */
    Path program(String name) {
        return folder.resolve("bin").resolve(WINDOWS ? name + ".exe" : name);
    }

    /** Whether a program's path is that of a PostgreSQL server. */
    static boolean isPostgres(String program) {
        Path name = Path.of(program).getFileName();
        return name != null
                && (name.toString().equals("postgres") || name.toString().equals("postgres.exe"));
    }

    /** Unpacks unless that was done before. Only the holder of the folder's lock calls this. */
    static PostgresBinaries in(Path postgresFolder) {
        String archive = archive();
        Path all = postgresFolder.resolve("binaries");
        try {
            DataFolder.make(all, "rwxr-xr-x");
            Path folder = all.resolve(hash(archive).substring(0, 16));
            if (!Files.isDirectory(folder)) {
                Path fresh = all.resolve("unpacking");
                delete(fresh);
                unpack(archive, fresh);
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
                DataFolder.forceFolder(all);
            }
            return new PostgresBinaries(folder);
        } catch (IOException failure) {
            throw new CannotStart(
                    "The embedded PostgreSQL cannot be unpacked into " + all + ": " + Reason.of(failure), failure);
        }
    }

    private static String archive() {
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean known = machine.equals("amd64") || machine.equals("x86_64");
        if (known && WINDOWS) {
            return "postgres-windows-x86_64.txz";
        }
        if (known && system.equals("linux")) {
            return "postgres-linux-x86_64.txz";
        }
        throw new CannotStart("The embedded PostgreSQL comes for Linux and Windows on x86-64, not for " + system
                + " on " + machine + ". Set database.url to a PostgreSQL of your own.");
    }

    private static InputStream open(String archive) {
        InputStream stream = PostgresBinaries.class.getResourceAsStream("/" + archive);
        if (stream == null) {
            throw new CannotStart("The embedded PostgreSQL (" + archive
                    + ") is not in lib/. Install the complete zip, or set database.url to a PostgreSQL of your own.");
        }
        return stream;
    }

    private static String hash(String archive) throws IOException {
        try (InputStream in = open(archive);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void unpack(String archive, Path into) throws IOException {
        DataFolder.make(into, "rwxr-xr-x");
        List<Path> written = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("the archive names a file outside of it");
                }
                place(tar, entry, target, written);
            }
        }
        force(into, written);
    }

    // A thousand files, each forced by itself, take seconds on a busy disk; the whole file system at once does not.
    private static void force(Path folder, List<Path> written) throws IOException {
        if (!WINDOWS && synced(folder)) {
            return;
        }
        for (Path file : written) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    private static boolean synced(Path folder) throws IOException {
        try {
            return new ProcessBuilder("sync", "-f", folder.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", stop);
        }
    }

    private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path target, List<Path> written)
            throws IOException {
        if (entry.isDirectory()) {
            DataFolder.make(target, "rwxr-xr-x");
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            DataFolder.make(parent, "rwxr-xr-x");
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (!target.toString().endsWith(".a")) {
            Files.copy(tar, target);
            written.add(target);
            if (!WINDOWS) {
                boolean program = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /** Deletes a folder with all that is in it; nothing happens when there is none. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
