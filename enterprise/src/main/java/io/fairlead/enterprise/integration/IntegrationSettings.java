package io.fairlead.enterprise.integration;

import java.util.Optional;

/**
 * How the lane is reached.
 *
 * @param enabled whether it is there at all
 * @param published where callers find the people's listener, without a path, such as {@code https://console.example};
 *     empty where the server's own address is the one
 * @param wsdlPublic whether contracts are shown to anybody, and not only to whoever may call
 * @param certificates where it is reached by client certificates; empty for nowhere
 */
public record IntegrationSettings(
        boolean enabled, String published, boolean wsdlPublic, Optional<Certificates> certificates) {
    /**
     * The listener of client certificates.
     *
     * @param published where callers find it, without a path
     */
    public record Certificates(String bind, int port, String published) {}

    /** The same with an address of the server's own where none was said. */
    public IntegrationSettings publishedOr(String own) {
        return published.isEmpty() ? new IntegrationSettings(enabled, own, wsdlPublic, certificates) : this;
    }
}
