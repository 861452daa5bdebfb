package io.fairlead.agent.app;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.stream.Stream;

/** The account that runs the agent, to whom root gives what it writes for it. */
final class ServiceUser {
    private final String name;
    private final UserPrincipal user;

    /** @throws CannotStart when there is no such account */
    ServiceUser(String name, FileSystem files) {
        this.name = name;
        try {
            user = files.getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (IOException e) {
            throw new CannotStart("there is no user " + name + " to run the agent; make one (useradd --system"
                    + " --no-create-home --shell /usr/sbin/nologin " + name + "), or name another with --user");
        }
    }

    /** Gives a folder and all in it away. Links are given, never followed: what they point at stays whose it is. */
    void own(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                PosixFileAttributeView view =
                        Files.getFileAttributeView(each, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
                GroupPrincipal group = group(folder.getFileSystem(), view);
                view.setGroup(group);
                view.setOwner(user);
            }
        }
    }

    /** The group of the same name or number; where there is none, the one that the file has. */
    private GroupPrincipal group(FileSystem files, PosixFileAttributeView view) throws IOException {
        try {
            return files.getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException e) {
            return view.readAttributes().group();
        }
    }
}
