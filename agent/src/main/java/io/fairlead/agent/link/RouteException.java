package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A way that does not lead to the server. The message is a sentence for the customer's log. */
final class RouteException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** @param kind how the link tells it */
    RouteException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
