package io.fairlead.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Owner and access list of Windows. The JDK does not tell the groups of an account, so whoever is not known to stand
 * above it (administrators, the system, the installer) counts as the account. Such names are English here: a system in
 * another language is denied more than it need be, and the reason names the entry. Not run on Windows yet.
 */
final class NtfsAccess implements FileAccess {
    private static final Set<AclEntryPermission> WRITING = EnumSet.of(
            AclEntryPermission.WRITE_DATA,
            AclEntryPermission.APPEND_DATA,
            AclEntryPermission.WRITE_ACL,
            AclEntryPermission.WRITE_OWNER,
            AclEntryPermission.DELETE);
    private static final Set<AclEntryPermission> REPLACING =
            EnumSet.of(AclEntryPermission.DELETE_CHILD, AclEntryPermission.WRITE_ACL, AclEntryPermission.WRITE_OWNER);
    private static final Set<AclEntryPermission> MOVING =
            EnumSet.of(AclEntryPermission.DELETE, AclEntryPermission.WRITE_ACL, AclEntryPermission.WRITE_OWNER);
    private static final Set<String> ABOVE =
            Set.of("builtin\\administrators", "nt authority\\system", "nt service\\trustedinstaller", "creator owner");

    private final Account account;
    private final Predicate<Path> systemSaysWritable;

    NtfsAccess(Account account, Predicate<Path> systemSaysWritable) {
        this.account = account;
        this.systemSaysWritable = systemSaysWritable;
    }

    @Override
    public Optional<String> writable(Path file) throws IOException {
        if (systemSaysWritable.test(file)) {
            return Optional.of(file + " can be written by the agent's account");
        }
        return owned(file).or(() -> listed(file, acl(file), WRITING));
    }

    @Override
    public Optional<String> replaceable(Path folder, Path entry) throws IOException {
        if (folder.getParent() == null) {
            // The root of a drive lets users add names, never replace those of others.
            return Optional.empty();
        }
        return owned(folder)
                .or(() -> listed(folder, acl(folder), REPLACING))
                .or(() -> listed(entry, acl(entry), MOVING));
    }

    /** The JDK does not show the time at which Windows changed a file's record. */
    @Override
    public String changeMark(Path file) {
        return "";
    }

    private Optional<String> owned(Path file) throws IOException {
        String owner = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
        return isAccount(owner) ? Optional.of(file + " belongs to the agent's account") : Optional.empty();
    }

    private boolean isAccount(String principal) {
        String name = principal.toLowerCase(Locale.ROOT);
        String own = account.name().toLowerCase(Locale.ROOT);
        return name.equals(own) || name.endsWith("\\" + own);
    }

    /** The first entry that lets somebody who may be the account do one of these. */
    static Optional<String> listed(Path file, List<AclEntry> entries, Set<AclEntryPermission> rights) {
        for (AclEntry entry : entries) {
            String who = entry.principal().getName();
            boolean above = ABOVE.contains(who.toLowerCase(Locale.ROOT));
            // Rights that only what is made later inherits are none on this one.
            boolean here = !entry.flags().contains(AclEntryFlag.INHERIT_ONLY);
            boolean lets = here
                    && entry.type() == AclEntryType.ALLOW
                    && entry.permissions().stream().anyMatch(rights::contains);
            if (lets && !above) {
                return Optional.of(file + " can be changed by " + who + " (access list)");
            }
        }
        return Optional.empty();
    }

    private static List<AclEntry> acl(Path file) {
        try {
            AclFileAttributeView view =
                    Files.getFileAttributeView(file, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            return view == null ? List.of() : view.getAcl();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
