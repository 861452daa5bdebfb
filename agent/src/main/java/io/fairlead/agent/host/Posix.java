package io.fairlead.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Linux and what is like it. */
final class Posix implements Host {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Path SELF = Path.of("/proc/self");
    /** The service's data folder; its scripts, its unit and this say the same. */
    static final Path DATA = Path.of("/var/lib/fairlead-agent");

    private final Map<String, String> environment;

    Posix(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
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
        if (root() || Files.isWritable(DATA)) {
            return DATA;
        }
        Path own = Path.of(System.getProperty("user.home", "."), ".local", "share", "fairlead-agent");
        // Who only looks means the service where there is one and nothing of his own.
        return Files.isDirectory(DATA) && !Files.isDirectory(own) ? DATA : own;
    }

    @Override
    public Path site() {
        return Path.of("/etc/fairlead/site.conf");
    }

    /** {@code RUNTIME_DIRECTORY} of systemd.exec(5), which bin/fairlead-agent sets as well when root starts it. */
    @Override
    public Optional<Path> notices() {
        return Optional.ofNullable(environment.get("RUNTIME_DIRECTORY"))
                .filter(folders -> !folders.isEmpty())
                .map(folders -> Path.of(folders.split(":", 2)[0]));
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

    @Override
    public Service service() {
        return new Service(
                "fairlead-agent",
                "systemctl start fairlead-agent",
                "systemctl stop fairlead-agent",
                "systemctl status fairlead-agent");
    }
}
