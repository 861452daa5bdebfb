package io.fairlead.agent.link;

import java.io.IOException;

/** The relay was reached and does not let a stream in: another way to it would lead to the same. */
final class RelayRefused extends IOException {
    private static final long serialVersionUID = 1L;

    RelayRefused(String message) {
        super(message);
    }
}
