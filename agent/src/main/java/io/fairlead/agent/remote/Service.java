package io.fairlead.agent.remote;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.statements.SessionService;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a remote session may be about, as the customer named it.
 *
 * @param at where it listens, as this PC reaches it
 * @param passwordFile with the password of a VNC server on its first line; a desktop's only
 */
public record Service(String name, Kind kind, ServerAddress at, Optional<Path> passwordFile) {
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
