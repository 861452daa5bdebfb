package io.fairlead.enterprise.app;

import io.fairlead.enterprise.identity.Credential;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a listener shows and whom it lets in.
 *
 * @param clients the issuers of client certificates that it takes; none where it asks for none
 */
record Served(Credential credential, List<X509Certificate> clients) {
    Served {
        clients = List.copyOf(clients);
    }
}
