package io.fairlead.agent.link;

import io.fairlead.agent.kernel.Durable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an {@link Identity} lies on disk.
 * <pre>
 * identity/            0700
 *   current            the name of the folder in use: written last, so an identity counts whole or not at all
 *   SERIAL-NUMBER/     one per certificate and number of pinned authorities
 *     key.pem          0600, PKCS#8
 *     certificate.pem
 *     root.pem  devices.pem  servers.pem  signers.pem     one certificate each, or several
 *     former-roots     hashes of the roots by whose word these are pinned, one a line
 *     server           HOST:PORT
 *   pending            a request by a code whose answer is not here yet: code id, time, key, request
 *   pending-renewal    the same of a renewal: a second key would look like a second holder, so no enrolment that fails
 *                      takes its place
 * </pre>
 */
public final class IdentityFolder {
    /** How long the enterprise answers the same request with the same certificate. */
    static final Duration PENDING = Duration.ofMinutes(10);

    private static final String NAME = "[0-9a-f]{1,64}-[0-9]{1,18}";

    private static final Logger LOG = LoggerFactory.getLogger(IdentityFolder.class);

    private final Path folder;
    private final Durable current;
    private final Durable pending;
    private final Durable pendingRenewal;
    private final Clock clock;
    private final Consumer<String> passed;

    /** @param folder {@code DATA/identity}; made when the first identity is */
    public IdentityFolder(Path folder, Clock clock) {
        this(folder, clock, step -> {});
    }

    /** @param passed told of each file that is on disk, by its name; for tests that end there */
    IdentityFolder(Path folder, Clock clock, Consumer<String> passed) {
        this.folder = folder.toAbsolutePath();
        this.current = new Durable(this.folder.resolve("current"));
        this.pending = new Durable(this.folder.resolve("pending"));
        this.pendingRenewal = new Durable(this.folder.resolve("pending-renewal"));
        this.clock = clock;
        this.passed = passed;
    }

    /**
     * The identity in use; empty when this device never enrolled.
     *
     * @throws IOException when there is one and it cannot be read or is not consistent; the message says which file
     */
    public Optional<Identity> load() throws IOException {
        Optional<byte[]> name = current.read();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String folderName = text(name.get());
        if (!folderName.matches(NAME)) {
            throw new IOException(current.file() + " is damaged; enrol this device anew");
        }
        Path files = folder.resolve(folderName);
        try {
            PinnedCas cas = new PinnedCas(
                    Long.parseLong(folderName.substring(folderName.indexOf('-') + 1)),
                    certificates(files, "root.pem"),
                    certificates(files, "devices.pem"),
                    certificates(files, "servers.pem"),
                    certificates(files, "signers.pem"),
                    Set.copyOf(text(bytes(files, "former-roots")).lines().toList()));
            return Optional.of(Identity.of(
                    ServerAddress.parse(text(bytes(files, "server"))),
                    Pem.privateKey(bytes(files, "key.pem")),
                    certificate(files, "certificate.pem"),
                    cas));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "the identity in " + files + " is damaged: " + e.getMessage() + "; enrol this device anew", e);
        }
    }

    /** Makes an identity the one in use, for good; what was before is deleted. Written whole before it counts. */
    void adopt(Identity identity) throws IOException {
        String name = identity.serial() + "-" + identity.cas().number();
        Path files = folder.resolve(name);
        makePrivate(folder);
        makePrivate(files);
        try {
            write(files, "key.pem", Pem.text(identity.key()));
            write(files, "certificate.pem", Pem.text(List.of(identity.certificate())));
            write(files, "root.pem", Pem.text(identity.cas().roots()));
            write(files, "devices.pem", Pem.text(identity.cas().devices()));
            write(files, "servers.pem", Pem.text(identity.cas().servers()));
            write(files, "signers.pem", Pem.text(identity.cas().signers()));
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
        write(
                files,
                "former-roots",
                String.join("\n", new TreeSet<>(identity.cas().formerRoots())).getBytes(StandardCharsets.US_ASCII));
        write(files, "server", identity.server().toString().getBytes(StandardCharsets.UTF_8));
        current.replace(name.getBytes(StandardCharsets.US_ASCII));
        passed.accept("current");
        tidy(identity, name);
    }

    /** The new identity counts already: what cannot be deleted now, because another program reads it, goes the next time. */
    private void tidy(Identity identity, String name) {
        try {
            boolean enrolled = Files.deleteIfExists(pending.file());
            boolean renewed = !renewalIsOf(identity) && Files.deleteIfExists(pendingRenewal.file());
            LOG.debug("identity=adopted enrolled={} renewed={}", enrolled, renewed);
            deleteOthers(name);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("identity=adopted leftovers=kept cause=\"{}\"", e.toString());
        }
    }

    /**
     * Moves what is of any identity into a folder of this file system; a request whose answer may have to be asked for once
     * more stays. Afterwards this device never enrolled.
     *
     * @param aside is there, and empty
     */
    public void moveTo(Path aside) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (!entry.equals(pending.file())) {
                    Path moved = Files.move(entry, aside.resolve(entry.getFileName()));
                    passed.accept("moved " + moved.getFileName());
                }
            }
        }
    }

    /** The request that went out for this code within ten minutes, if its answer was lost; else a new one, kept. */
    CertificateRequest requestFor(String codeId) throws IOException {
        return request(pending, codeId, PENDING);
    }

    /**
     * The request that succeeds this identity: the same one until it is answered, however long that takes. A second key
     * would look like a second holder.
     */
    CertificateRequest renewalOfKept(Identity identity) throws IOException {
        return request(pendingRenewal, renewalOf(identity), null);
    }

    private static String renewalOf(Identity identity) {
        return "renewal-" + identity.serial();
    }

    private boolean renewalIsOf(Identity identity) throws IOException {
        return pendingRenewal
                .read()
                .filter(kept -> text(kept).startsWith(renewalOf(identity) + "\n"))
                .isPresent();
    }

    private CertificateRequest request(Durable file, String purpose, @Nullable Duration most) throws IOException {
        Instant now = clock.instant();
        Optional<CertificateRequest> before = kept(file, purpose, now, most);
        if (before.isPresent()) {
            return before.get();
        }
        CertificateRequest request = CertificateRequest.withNewKey();
        makePrivate(folder);
        file.replace(
                (purpose + "\n" + now + "\n" + base64(request.key().getEncoded()) + "\n" + base64(request.der()) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
        passed.accept(String.valueOf(file.file().getFileName()));
        return request;
    }

    private static Optional<CertificateRequest> kept(Durable file, String purpose, Instant now, @Nullable Duration most)
            throws IOException {
        Optional<byte[]> kept = file.read();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        String[] lines = text(kept.get()).split("\n", -1);
        try {
            if (lines.length != 4 || !lines[0].equals(purpose)) {
                return Optional.empty();
            }
            Duration age = Duration.between(Instant.parse(lines[1]), now);
            if (most != null && (age.isNegative() || age.compareTo(most) >= 0)) {
                return Optional.empty();
            }
            PrivateKey key = Pem.privateKeyOf(Base64.getDecoder().decode(lines[2]));
            return Optional.of(new CertificateRequest(key, Base64.getDecoder().decode(lines[3])));
        } catch (GeneralSecurityException | IllegalArgumentException | DateTimeException e) {
            // A new request does as well: nothing was issued for one that cannot be read.
            return Optional.empty();
        }
    }

    private void deleteOthers(String name) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                        && !String.valueOf(entry.getFileName()).equals(name)) {
                    deleteFolder(entry);
                }
            }
        }
    }

    private void deleteFolder(Path old) throws IOException {
        try (Stream<Path> files = Files.list(old)) {
            for (Path file : files.toList()) {
                Files.delete(file);
                passed.accept("deleted " + file.getFileName());
            }
        }
        Files.delete(old);
    }

    private static void makePrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }

    private static List<X509Certificate> certificates(Path files, String name)
            throws IOException, CertificateException {
        return Pem.certificates(bytes(files, name));
    }

    private static X509Certificate certificate(Path files, String name) throws IOException, CertificateException {
        List<X509Certificate> found = certificates(files, name);
        if (found.size() != 1) {
            throw new CertificateException(name + " holds " + found.size() + " certificates instead of one");
        }
        return found.get(0);
    }

    private static byte[] bytes(Path files, String name) throws IOException {
        return new Durable(files.resolve(name))
                .read()
                .orElseThrow(() ->
                        new IOException("the identity lacks " + files.resolve(name) + "; enrol this device anew"));
    }

    private void write(Path files, String name, byte[] content) throws IOException {
        new Durable(files.resolve(name)).replace(content);
        passed.accept(name);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).strip();
    }

    private static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }
}
