package io.fairlead.perf.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of {@link Identities}. Several threads may add. */
final class IdentityFolder {
    private final Path folder;
    private final Map<String, Identity> devices = new LinkedHashMap<>();
    private @Nullable Authorities authorities;
    private String server = "";
    private int rows;

    /** Reads what is there, and makes the folder when it is not. */
    IdentityFolder(Path folder) throws IOException {
        this.folder = folder;
        make();
        if (!Files.exists(folder.resolve("authorities.pem"))) {
            return;
        }
        try {
            Authorities known = Authorities.of(Authorities.read(Files.readAllBytes(folder.resolve("authorities.pem"))));
            authorities = known;
            server = Files.readString(folder.resolve("server")).strip();
            for (String line : lines()) {
                Identity identity = Identity.ofLine(rows, line, known);
                devices.put(identity.device(), identity);
                rows++;
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IOException("the identities in " + folder + " are damaged; remove that folder", e);
        }
    }

    private void make() throws IOException {
        if (!Files.isDirectory(folder)) {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            Path made = posix
                    ? Files.createDirectories(
                            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                    : Files.createDirectories(folder);
            assert made != null;
        }
    }

    /** Of the devices' file; one that was being written when its program was killed is cut off. */
    private List<String> lines() throws IOException {
        Path file = folder.resolve("devices");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int whole = text.lastIndexOf('\n') + 1;
        if (whole < text.length()) {
            Path cut = Files.writeString(file, text.substring(0, whole), StandardCharsets.US_ASCII);
            assert cut != null;
        }
        return text.substring(0, whole).lines().toList();
    }

    @Nullable
    Authorities authorities() {
        return authorities;
    }

    /** HOST:PORT of the agents' listener. */
    String server() {
        return server;
    }

    synchronized boolean has(String device, Instant until) {
        Identity identity = devices.get(device);
        return identity != null
                && identity.certificate().getNotAfter().toInstant().isAfter(until);
    }

    /** @throws IllegalArgumentException when there is none */
    synchronized Identity identity(String device) {
        Identity identity = devices.get(device);
        if (identity == null) {
            throw new IllegalArgumentException("no identity of " + device + " in " + folder);
        }
        return identity;
    }

    synchronized List<String> devices() {
        return List.copyOf(devices.keySet());
    }

    /** Keeps a device; one of the same name is forgotten. */
    synchronized void add(Enroller.Issued issued, String at) throws IOException {
        try {
            if (authorities == null) {
                authorities = issued.authorities();
                write("authorities.pem", issued.authorities().pem());
            }
            if (!server.equals(at)) {
                server = at;
                write("server", at + "\n");
            }
            Identity identity = issued.inRow(rows);
            Path written = Files.writeString(
                    folder.resolve("devices"),
                    identity.line() + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            assert written != null;
            devices.put(identity.device(), identity);
            rows++;
        } catch (CertificateException e) {
            throw new IOException("a certificate that cannot be written", e);
        }
    }

    private void write(String name, String text) throws IOException {
        Path written = Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
        assert written != null;
    }

    /** Of all rows that there are now. */
    synchronized Memory memory() throws IOException {
        return new Memory(folder.resolve("memory"), rows);
    }
}
