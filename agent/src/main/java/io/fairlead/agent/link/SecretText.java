package io.fairlead.agent.link;

import java.io.IOException;

/** A secret that is kept outside the program, and read each time it is needed. */
@FunctionalInterface
public interface SecretText {
    /**
     * The secret as it is now.
     *
     * @throws IOException when it cannot be read or is not kept safely; the message says so without the secret
     */
    String read() throws IOException;
}
