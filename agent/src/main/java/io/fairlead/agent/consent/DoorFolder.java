package io.fairlead.agent.consent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the socket. Until the socket is ready nobody but the agent's account enters; then one group may pass
 * through the data folder and this one to the socket, and list neither.
 *
 * <pre>
 *   DATA/                     0710  agent:GROUP
 *   DATA/approve/             0710  agent:GROUP
 *   DATA/approve/agent.sock   0660  agent:GROUP
 * </pre>
 *
 * Windows: access lists are the installation's; nothing is changed here.
 */
final class DoorFolder {
    private final Path folder;

    DoorFolder(Path folder) {
        this.folder = folder;
    }

    Path socket() {
        return folder.resolve("agent.sock");
    }

    /** Makes the folder, closed, without what an earlier run left. */
    void close() throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Path unused = Files.createDirectory(folder);
        }
        rights(folder, "rwx------");
        Files.deleteIfExists(socket());
    }

    /** @throws IOException with what the customer can do about it */
    void openTo(String groupName) throws IOException {
        if (view(folder) == null) {
            return;
        }
        GroupPrincipal group = group(groupName);
        give(socket(), group, "rw-rw----");
        give(folder, group, "rwx--x---");
        Path data = folder.getParent();
        if (data != null) {
            give(data, group, "rwx--x---");
        }
    }

    private GroupPrincipal group(String name) throws IOException {
        try {
            return folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("this PC has no group \"" + name + "\", which site.conf's approvers.group names", e);
        }
    }

    private static void give(Path path, GroupPrincipal group, String rights) throws IOException {
        PosixFileAttributeView view = view(path);
        if (view == null) {
            return;
        }
        if (!view.readAttributes().group().equals(group)) {
            try {
                view.setGroup(group);
            } catch (IOException e) {
                throw new IOException(
                        "the agent's account is no member of the group \"" + group.getName()
                                + "\" and so cannot let it in: add it (usermod -aG) and start the agent anew",
                        e);
            }
        }
        rights(path, rights);
    }

    private static void rights(Path path, String rights) throws IOException {
        PosixFileAttributeView view = view(path);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(rights));
        }
    }

    private static @Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class);
    }
}
