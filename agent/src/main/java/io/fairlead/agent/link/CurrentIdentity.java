package io.fairlead.agent.link;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;

/**
 * The identity that this process shows, while it changes: a renewed certificate, other authorities. What is new is forced
 * to disk before anybody uses it. Thread-safe.
 * <pre>
 *   kept     the newest, on disk; a start would begin with it
 *   get()    what calls show: becomes the kept one at {@link #turn}
 * </pre>
 * A new certificate waits for {@link #turn}, because the old one dies at the enterprise when the new one is first used: a
 * poll that is parked under the old one would be refused. Authorities count at once.
 */
public final class CurrentIdentity implements Supplier<Identity> {
    private final IdentityFolder folder;
    private Identity kept;
    private volatile Identity used;

    /** @param identity as {@link IdentityFolder#load} found it */
    public CurrentIdentity(IdentityFolder folder, Identity identity) {
        this.folder = folder;
        this.kept = identity;
        this.used = identity;
    }

    /** What to show now. */
    @Override
    public Identity get() {
        return used;
    }

    /** The newest. */
    public synchronized Identity kept() {
        return kept;
    }

    /** Takes the newest certificate into use. To be called where no call is under way that the old one's end would harm. */
    public synchronized void turn() {
        used = kept;
    }

    /** The request that asks for the next certificate; the same until it is answered. */
    synchronized CertificateRequest request() throws IOException {
        return folder.renewalOfKept(kept);
    }

    /**
     * Keeps the next certificate, to be used from the next {@link #turn} on.
     *
     * @throws CertificateException when it is not this device's
     * @throws IOException when it is not on disk; all stays as it was
     */
    synchronized Identity renewed(PrivateKey key, X509Certificate certificate)
            throws CertificateException, IOException {
        Identity next = kept.renewed(key, certificate);
        folder.adopt(next);
        kept = next;
        return next;
    }

    /**
     * Pins other authorities, at once.
     *
     * @throws CertificateException when they lack the issuer of this device's certificate
     * @throws IOException when they are not on disk; all stays as it was
     */
    synchronized void pin(PinnedCas cas) throws CertificateException, IOException {
        Identity shown = used.pinning(cas);
        Identity next = kept.pinning(cas);
        folder.adopt(next);
        kept = next;
        used = shown;
    }
}
