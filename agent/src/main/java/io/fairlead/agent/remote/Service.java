package io.fairlead.agent.remote;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.terminal.SshHostKey;
import io.fairlead.statements.SessionService;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a remote session may be about, as the customer named it.
 *
 * @param at where it listens, as this PC reaches it; empty for a program on a terminal
 * @param passwordFile with the password of a VNC or SSH server on its first line
 * @param ending where a terminal ends; empty for all else
 */
public record Service(
        String name, Kind kind, Optional<ServerAddress> at, Optional<Path> passwordFile, Optional<Ending> ending) {
    /** One that is dialled: a desktop, or bytes. */
    public Service(String name, Kind kind, ServerAddress at, Optional<Path> passwordFile) {
        this(name, kind, Optional.of(at), passwordFile, Optional.empty());
    }

    /** Where a terminal ends. */
    public sealed interface Ending {
        /** At a program on this PC, with the rights of the agent's account. */
        record Shell(List<String> command) implements Ending {
            public Shell {
                command = List.copyOf(command);
            }
        }

        /**
         * At a log-in by SSH.
         *
         * @param keyFile with a private key; else the password counts
         */
        record Ssh(String user, SshHostKey hostKey, Optional<Path> keyFile) implements Ending {}
    }

    /** What is spoken there. */
    public enum Kind {
        /** A desktop (VNC); it is always filtered. */
        RFB,
        /** A terminal that ends at the agent. */
        TERMINAL,
        /** Bytes, as they are. */
        RAW
    }

    /** Whether such a service can be used so. */
    public boolean takes(SessionService.Mode mode) {
        return switch (mode) {
            case VIEW, CONTROL -> kind == Kind.RFB;
            case TERMINAL -> kind == Kind.TERMINAL;
            case USE -> kind == Kind.RAW;
        };
    }
}
