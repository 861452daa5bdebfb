package io.fairlead.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Linux and what is like it. */
final class Posix implements Host {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> DRAFT =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rw-r--r--");
    private static final String MEMORY = "\nVmRSS:";
    private static final Path SELF = Path.of("/proc/self");

    private final Path service;
    private final Path run;

    /** The service's folders; bin/fairlead-agent and the unit of systemd name the same. */
    Posix() {
        this(Path.of("/var/lib/fairlead-agent"), Path.of("/run/fairlead-agent"));
    }

    Posix(Path service, Path run) {
        this.service = service;
        this.run = run;
    }

    @Override
    public String system() {
        return SystemName.ofThisJava();
    }

    @Override
    public boolean root() {
        try {
            return Files.exists(SELF) && Integer.valueOf(0).equals(Files.getAttribute(SELF, "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    @Override
    public Account account() throws IOException {
        return Account.ofThisProcess();
    }

    @Override
    public FileAccess access(Account account) {
        return new PosixAccess(account, Files::isWritable);
    }

    @Override
    public Path data() {
        if (root() || Files.isWritable(service)) {
            return service;
        }
        Path own = Path.of(System.getProperty("user.home", "."), ".local", "share", "fairlead-agent");
        // Who only looks means the service where there is one and nothing of his own.
        return Files.isDirectory(service) && !Files.isDirectory(own) ? service : own;
    }

    @Override
    public Path site() {
        return Path.of("/etc/fairlead/site.conf");
    }

    @Override
    public Optional<Path> notices(Path data) {
        return data.equals(service) ? Optional.of(run) : Optional.empty();
    }

    @Override
    public void publish(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(draft);
        // Made for its owner alone whatever the mask of the process is, and opened to others when it is whole.
        Files.createFile(draft, DRAFT);
        Files.write(draft, content);
        Path whole = Files.setPosixFilePermissions(draft, FOR_ALL);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
    }

    @Override
    public SecretFile secret(Path file) {
        return new PosixSecret(file);
    }

    /** Field 19 of proc(5)'s stat: nice, from -20 (most urgent) to 19. The command in field 2 may hold blanks. */
    @Override
    public String priority() {
        try {
            String stat = Files.readString(SELF.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            int nice = Integer.parseInt(fields[16]);
            return "nice " + nice + (nice > 0 ? ", below normal" : nice == 0 ? ", normal" : ", above normal");
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return "unknown";
        }
    }

    /** {@code VmRSS:} of proc(5), in kB. */
    @Override
    public OptionalLong memory() {
        try {
            String status = Files.readString(SELF.resolve("status"));
            int from = status.indexOf(MEMORY) + MEMORY.length();
            String kilobytes =
                    status.substring(from, status.indexOf(" kB", from)).strip();
            return OptionalLong.of(1024 * Long.parseLong(kilobytes));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            // Not Linux.
            return OptionalLong.empty();
        }
    }

    @Override
    public Service service() {
        return new Service(
                "fairlead-agent",
                "systemctl start fairlead-agent",
                "systemctl stop fairlead-agent",
                "systemctl status fairlead-agent");
    }
}
