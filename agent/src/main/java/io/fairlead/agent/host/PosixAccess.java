package io.fairlead.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Owner and mode by number, and the system's own answer (access(2)), which knows access lists. The owner of a file can
 * give himself every right, so owning is being able to write. A file system mounted read-only does not count: it may be
 * mounted otherwise tomorrow.
 */
public final class PosixAccess implements FileAccess {
    private static final int OTHERS_WRITE = 0002;
    private static final int GROUP_WRITE = 0020;
    private static final int STICKY = 01000;

    private final Account account;
    private final Predicate<Path> systemSaysWritable;

    /** @param systemSaysWritable whether the system would let this process write; {@code Files::isWritable} */
    public PosixAccess(Account account, Predicate<Path> systemSaysWritable) {
        this.account = account;
        this.systemSaysWritable = systemSaysWritable;
    }

    @Override
    public Optional<String> writable(Path file) throws IOException {
        return writable(file, Owned.of(file));
    }

    private Optional<String> writable(Path file, Owned owned) {
        if (account.uid().isEmpty()) {
            return Optional.of("the system does not say which account runs the agent (no /proc/self/status), so " + file
                    + " may be its own");
        }
        if (owns(owned)) {
            return Optional.of(file + " belongs to the agent's account");
        }
        if (modeLets(owned)) {
            return Optional.of(file + " can be written by the agent's account (mode " + owned.octal() + ")");
        }
        return !Files.isSymbolicLink(file) && systemSaysWritable.test(file)
                ? Optional.of(file + " can be written by the agent's account (access list)")
                : Optional.empty();
    }

    /** In a folder with the sticky bit, such as /tmp, only the entry's owner may replace it. */
    @Override
    public Optional<String> replaceable(Path folder, Path entry) throws IOException {
        Owned owned = Owned.of(folder);
        Optional<String> writable = writable(folder, owned);
        boolean guarded = (owned.mode() & STICKY) != 0 && !owns(owned) && !owns(Owned.of(entry));
        return guarded ? Optional.empty() : writable;
    }

    @Override
    public String changeMark(Path file) throws IOException {
        // Times of change can be set at will, those of the inode cannot.
        return String.valueOf(Files.getAttribute(file, "unix:ctime"));
    }

    private boolean owns(Owned owned) {
        return owned.uid() == account.uid().orElse(-1);
    }

    private boolean modeLets(Owned owned) {
        return (owned.mode() & OTHERS_WRITE) != 0
                || ((owned.mode() & GROUP_WRITE) != 0 && account.groups().contains(owned.gid()));
    }

    private record Owned(long uid, long gid, int mode) {
        static Owned of(Path path) throws IOException {
            Map<String, Object> unix = Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
            // Every link has mode 777, which lets nobody do anything.
            int mode = Files.isSymbolicLink(path) ? 0 : (int) number(unix.get("mode"));
            return new Owned(number(unix.get("uid")), number(unix.get("gid")), mode);
        }

        private static long number(@Nullable Object value) {
            return value instanceof Integer number ? Integer.toUnsignedLong(number) : -2;
        }

        String octal() {
            return Integer.toOctalString(mode & 07777);
        }
    }
}
