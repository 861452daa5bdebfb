package io.fairlead.agent.link;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a peer showed of itself in a TLS handshake; nobody has judged it.
 *
 * @param protocol such as TLSv1.3; empty where the handshake did not come to its end
 * @param chain its own certificate first; at least one
 * @param flaw what was wrong with it before anybody was asked who signed it, such as another host name; one line
 */
public record Shown(String protocol, List<X509Certificate> chain, Optional<String> flaw) {
    public Shown {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("nothing was shown");
        }
    }

    /** The peer's own certificate. */
    X509Certificate leaf() {
        return chain.get(0);
    }

    /** Who signed it, fit for one line. */
    public String signer() {
        return ServerTrust.printable(leaf().getIssuerX500Principal());
    }

    /** All names, from the peer's own up, fit for one line. */
    public String names() {
        return String.join(
                " < ",
                chain.stream()
                        .map(each -> ServerTrust.printable(each.getSubjectX500Principal()))
                        .toList());
    }
}
