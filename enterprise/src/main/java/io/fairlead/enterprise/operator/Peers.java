package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.people.Actor;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * Who may command the server: root and the user that it runs as, as the kernel names the other end (SO_PEERCRED). The
 * folder and the socket's mode keep others out as well; this holds when those have been loosened.
 */
final class Peers {
    /** The actor where the system cannot name its peers (Windows): there the folder's access list alone decides. */
    static final Actor UNVERIFIED = Actor.operatingSystem("unverified");

    private final Set<UserPrincipal> served;

    Peers(Set<UserPrincipal> served) {
        this.served = Set.copyOf(served);
    }

    /** Root, and the owner of a file that this process has made. */
    static Peers ofOwner(Path own) throws IOException {
        Set<UserPrincipal> served = new HashSet<>();
        served.add(Files.getOwner(own));
        try {
            served.add(own.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root"));
        } catch (UserPrincipalNotFoundException none) {
            // A system without root has nobody to add.
        }
        return new Peers(served);
    }

    /** The actor at the other end, {@code os:<user>}; empty when he is not served. */
    Optional<Actor> actor(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return Optional.of(UNVERIFIED);
        }
        UserPrincipal user =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return served.contains(user) ? Optional.of(Actor.operatingSystem(user.getName())) : Optional.empty();
    }
}
