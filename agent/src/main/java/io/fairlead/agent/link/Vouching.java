package io.fairlead.agent.link;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Says who vouches for what a peer showed: the pinned root, an authority that this PC's Java lists, or nobody known. */
public final class Vouching {
    private final Optional<PinnedCas> ours;
    private final Supplier<Instant> now;
    private final Optional<X509TrustManager> listed;

    /** @param ours the enterprise's authorities, where they are known */
    public Vouching(Optional<PinnedCas> ours, Supplier<Instant> now) {
        this.ours = ours;
        this.now = now;
        this.listed = listed();
    }

    /** Whose word it is. */
    public enum Who {
        /** The enterprise's root that this device pinned. */
        OURS,
        /** An authority that this PC's Java lists. */
        LISTED,
        /** Nobody known here. */
        NOBODY,
        /** Somebody known, and by this PC's clock it is not valid. */
        NOT_NOW,
        /** Somebody known, for another host, or not fit for a server. */
        NOT_FOR_THIS
    }

    /**
     * What is said of a server.
     *
     * @param words fit for one line: who signed, or what is wrong
     */
    public record Verdict(Who who, String words) {}

    public Verdict judge(Shown shown) {
        Optional<String> wrong = wrong(shown);
        if (ours.isPresent()
                && PinnedCas.issuerOf(shown.leaf(), ours.get().servers()).isPresent()) {
            return wrong.isPresent() ? refused(shown, wrong.get()) : ours(shown, ours.get());
        }
        try {
            if (listed.isPresent()) {
                listed.get().checkServerTrusted(shown.chain().toArray(X509Certificate[]::new), "UNKNOWN");
                return wrong.isPresent() ? refused(shown, wrong.get()) : new Verdict(Who.LISTED, shown.signer());
            }
        } catch (CertificateException e) {
            // Nobody's, then.
        }
        return new Verdict(Who.NOBODY, shown.signer());
    }

    private Verdict ours(Shown shown, PinnedCas cas) {
        try {
            new ServerTrust(cas, now).judge(shown.chain().toArray(X509Certificate[]::new));
            return new Verdict(Who.OURS, shown.signer());
        } catch (CertificateException e) {
            return refused(shown, String.valueOf(e.getMessage()));
        }
    }

    private Verdict refused(Shown shown, String why) {
        return new Verdict(outOfTime(shown) ? Who.NOT_NOW : Who.NOT_FOR_THIS, ServerTrust.oneLine(why, 300));
    }

    private Optional<String> wrong(Shown shown) {
        return outOfTime(shown)
                ? Optional.of("by this PC's clock it is " + now.get() + ", and the certificate is valid from "
                        + shown.leaf().getNotBefore().toInstant() + " until "
                        + shown.leaf().getNotAfter().toInstant())
                : shown.flaw();
    }

    private boolean outOfTime(Shown shown) {
        Instant at = now.get();
        return at.isBefore(shown.leaf().getNotBefore().toInstant())
                || at.isAfter(shown.leaf().getNotAfter().toInstant());
    }

    private static Optional<X509TrustManager> listed() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore own = null;
            factory.init(own);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
