package io.fairlead.agent.host;

import java.io.IOException;
import java.util.Optional;

/** A file with a small secret in it, in the operating system's protection. */
public interface SecretFile {
    /**
     * Writes the secret, in place of one before.
     *
     * @param secret 4096 bytes at most; the caller clears it
     */
    void keep(byte[] secret) throws IOException;

    /**
     * Reads it; empty when there is none.
     *
     * @throws IOException when it cannot be read, or other accounts can; the message says what to do
     */
    Optional<byte[]> read() throws IOException;
}
