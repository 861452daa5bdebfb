package io.fairlead.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Windows 10 and Server 2016 or newer. Not run on Windows yet: what is here follows Microsoft's and the JDK's
 * documentation. The service runs under an account of its own that is no administrator ({@code NT SERVICE\FairleadAgent});
 * access lists are made by the installation.
 */
final class Windows implements Host {
    /** The service's name; its scripts say the same. */
    static final String SERVICE = "FairleadAgent";

    private final Map<String, String> environment;

    Windows(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String system() {
        return SystemName.ofThisJava();
    }

    /** The JDK does not tell; {@code site.conf} is judged by its access list instead. */
    @Override
    public boolean root() {
        return false;
    }

    @Override
    public Account account() throws IOException {
        return Account.ofThisProcess();
    }

    @Override
    public FileAccess access(Account account) {
        return new NtfsAccess(account, Files::isWritable);
    }

    @Override
    public Path data() {
        return fairlead().resolve("agent");
    }

    @Override
    public Path site() {
        return fairlead().resolve("site.conf");
    }

    @Override
    public Optional<Path> notices(Path data) {
        return data.equals(data()) ? Optional.of(fairlead().resolve("status")) : Optional.empty();
    }

    /** The folder's access list, made by the installation, lets everybody read. */
    @Override
    public void publish(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path fairlead() {
        return Path.of(environment.getOrDefault("ProgramData", "C:\\ProgramData"), "Fairlead");
    }

    @Override
    public void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
    }

    @Override
    public SecretFile secret(Path file) {
        return new WindowsSecret(file);
    }

    /** Set by the installation, for the program's file. */
    @Override
    public String priority() {
        return "as the installation set it for fairlead-agent.exe (below normal)";
    }

    @Override
    public OptionalLong memory() {
        return OptionalLong.empty();
    }

    @Override
    public Service service() {
        return new Service(SERVICE, "sc start " + SERVICE, "sc stop " + SERVICE, "sc query " + SERVICE);
    }
}
