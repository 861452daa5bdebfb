package io.fairlead.enterprise.audit;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A receiver of syslog over TLS (RFC 5425).
 *
 * @param host its name or address, which its certificate must bear
 * @param ca PEM file of the authorities that its certificate may come from; no others are believed
 * @param client the certificate that is shown to it; empty for none
 */
public record SyslogTarget(String host, int port, Path ca, Optional<Client> client) {
    /** PEM files: a certificate with its chain, and its key (PKCS#8). */
    public record Client(Path certificate, Path key) {}

    /** As the cursor is kept under. */
    String name() {
        return host + ":" + port;
    }
}
