package io.fairlead.agent.link;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;

/**
 * Which servers this device talks to: those whose certificate a pinned issuer of servers signed, for servers, and that
 * is valid now. The intermediates that a peer sends are not looked at; the pinned ones count.
 *
 * <p>This is a plain {@link X509TrustManager} on purpose. JSSE wraps such a one and adds the host-name check and the
 * algorithm constraints itself; an {@code X509ExtendedTrustManager} would have to do both and is trusted to have done so.
 */
final class ServerTrust implements X509TrustManager {
    private final PinnedCas cas;
    private final Supplier<Instant> now;

    /** @param now the later of the PC's clock and the last trusted server time */
    ServerTrust(PinnedCas cas, Supplier<Instant> now) {
        this.cas = cas;
        this.now = now;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this agent serves nobody");
    }

    /** Empty: a server has no use for the list, and nothing else is promised by it. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /**
     * Judges what a peer showed; also called for each request, because a resumed session shows nothing anew.
     *
     * @throws CertificateException whose message says what is wrong, in words for the customer's log
     */
    void judge(Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate leaf)) {
            throw new CertificateException("the server shows no X.509 certificate");
        }
        Optional<X509Certificate> issuer = PinnedCas.issuerOf(leaf, cas.servers());
        if (issuer.isEmpty()) {
            throw new UnknownIssuerException("the server's certificate \"" + printable(leaf.getSubjectX500Principal())
                    + "\" is signed by \"" + printable(leaf.getIssuerX500Principal())
                    + "\", not by the enterprise: another server, or a proxy that inspects TLS and has to let this"
                    + " server's through as it is");
        }
        Instant judgedAt = now.get();
        requireValid(leaf, judgedAt);
        requireValid(issuer.get(), judgedAt);
        X509Certificate root = cas.rootOf(issuer.get());
        requireValid(root, judgedAt);
        if (!PinnedCas.mayBeUsedFor(PinnedCas.SERVER_AUTH, leaf)) {
            throw new CertificateException("the server's certificate is not for servers");
        }
        requirePath(List.of(leaf, issuer.get()), root, judgedAt);
    }

    /** Path rules of RFC 5280 section 6: constraints, key usage, unknown critical extensions. */
    static void requirePath(List<X509Certificate> path, X509Certificate root, Instant judgedAt)
            throws CertificateException {
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            rules.setRevocationEnabled(false);
            rules.setDate(Date.from(judgedAt));
            Object unused = CertPathValidator.getInstance("PKIX").validate(certPath, rules);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate's path to the root is refused: " + e.getMessage(), e);
        }
    }

    private static void requireValid(X509Certificate certificate, Instant judgedAt) throws CertificateException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (judgedAt.isBefore(from) || judgedAt.isAfter(until)) {
            throw new CertificateException(
                    "the clock of this PC or a certificate is wrong: by the clock it is " + judgedAt
                            + ", and \"" + printable(certificate.getSubjectX500Principal()) + "\" is valid from " + from
                            + " until " + until);
        }
    }

    /** A name out of a certificate that anybody may have made, fit for one line of a log. */
    static String printable(Object name) {
        return oneLine(name.toString().replace('"', '\''), 200);
    }

    static String oneLine(String text, int most) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= most ? plain : plain.substring(0, most) + "...";
    }
}
