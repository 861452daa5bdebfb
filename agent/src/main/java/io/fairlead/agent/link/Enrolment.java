package io.fairlead.agent.link;

import io.fairlead.agent.link.HttpsExchange.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes this PC a device, by EST (RFC 7030) with a one-time code:
 * <ol>
 *   <li>a provisional connection on which nothing secret is sent: which authorities does the server name?
 *   <li>offline: is there a root with the key that the enrolment string carries, and issuers under it?
 *   <li>a connection that these authorities vouch for: the secret and the certificate request go out
 *   <li>offline: is the certificate for our key, by the issuer of devices? Then it is kept, with the authorities.
 * </ol>
 * A man in the middle ends at step 2 or 3 and never sees the secret.
 */
public final class Enrolment {
    private static final String EST = "/.well-known/est/";
    private static final Duration READ = Duration.ofSeconds(30);

    private final IdentityFolder folder;
    private final Dialer dialer;
    private final Supplier<Instant> now;
    private final Preparation preparation;
    private final Patience patience;

    /** What a new epoch of enrolment needs on disk before its identity is the one in use. */
    @FunctionalInterface
    public interface Preparation {
        void prepare(Identity identity) throws IOException;
    }

    /** Puts all that a device before this one left out of the way, so that nothing of it becomes the new device's. */
    @FunctionalInterface
    public interface Removal {
        void setAside() throws IOException;
    }

    /**
     * @param now the later of the PC's clock and the last trusted server time
     * @param patience waits where the enterprise is busy
     */
    public Enrolment(
            IdentityFolder folder, Dialer dialer, Supplier<Instant> now, Preparation preparation, Patience patience) {
        this.folder = folder;
        this.dialer = dialer;
        this.now = now;
        this.preparation = preparation;
        this.patience = patience;
    }

    /**
     * Enrols, and keeps the identity. After a failure the same call with the same string may be made again.
     *
     * @throws LinkException when the enterprise cannot be reached, is another, or refuses
     * @throws IOException when the identity cannot be kept, or the folder is another device's
     */
    public Identity enrol(EnrolmentString string) throws LinkException, IOException {
        Identity identity = asked(string);
        Optional<Identity> before = readable();
        if (before.isPresent()) {
            requireSameDevice(before.get(), identity);
        }
        return kept(before, identity);
    }

    /**
     * As {@link #enrol}, for a PC that is to be another device than the folder says, such as a copy of another PC. What is
     * there is set aside when the new certificate is here: whatever fails before leaves it as it was.
     *
     * @throws IOException as well when the code is for the device that the folder belongs to already
     */
    public Identity enrolAsNewDevice(EnrolmentString string, Removal removal) throws LinkException, IOException {
        Identity identity = asked(string);
        Optional<Identity> before = readable();
        if (before.isPresent() && before.get().enrolment().equals(identity.enrolment())) {
            // Done already: the same string was given twice.
            return kept(before, identity);
        }
        if (before.isPresent()) {
            requireOtherDevice(before.get(), identity);
        }
        removal.setAside();
        return kept(Optional.empty(), identity);
    }

    private Identity asked(EnrolmentString string) throws LinkException, IOException {
        PinnedCas cas = authorities(string);
        CertificateRequest request = folder.requestFor(string.codeId());
        return certified(string, cas, request);
    }

    private Identity kept(Optional<Identity> before, Identity identity) throws IOException {
        if (before.isEmpty() || !before.get().enrolment().equals(identity.enrolment())) {
            preparation.prepare(identity);
        }
        folder.adopt(identity);
        return identity;
    }

    private PinnedCas authorities(EnrolmentString string) throws LinkException {
        BootstrapPeer peer = new BootstrapPeer();
        HttpsExchange provisional = new HttpsExchange(string.server(), dialer, TlsSockets.forBootstrap(peer), null);
        Answer answer = patience.ask(() -> provisional.get(EST + "cacerts", READ));
        try {
            return PinnedCas.find(pkcs7(answer, string.server()), string.rootKeyHash());
        } catch (CertificateException e) {
            throw LinkException.tlsRefused(
                    string.server() + " is not the enterprise of this enrolment string (its certificate is signed by \""
                            + peer.signer() + "\"): " + e.getMessage() + "; the secret was not sent",
                    e);
        }
    }

    private Identity certified(EnrolmentString string, PinnedCas cas, CertificateRequest request) throws LinkException {
        ServerTrust trust = new ServerTrust(cas, now);
        HttpsExchange pinned = new HttpsExchange(string.server(), dialer, TlsSockets.trusting(trust, null), trust);
        String basic = Base64.getEncoder()
                .encodeToString((string.codeId() + ":" + string.secret()).getBytes(StandardCharsets.US_ASCII));
        Map<String, String> headers = Map.of(
                "Authorization", "Basic " + basic,
                "Content-Type", "application/pkcs10",
                "Content-Transfer-Encoding", "base64",
                "Accept", "application/pkcs7-mime");
        byte[] body = Base64.getMimeEncoder().encode(request.der());
        Answer answer = patience.ask(() -> pinned.post(EST + "simpleenroll", headers, body, READ));
        try {
            List<X509Certificate> issued = pkcs7(answer, string.server());
            if (issued.isEmpty()) {
                throw new CertificateException("no certificate in the answer");
            }
            return Identity.of(string.server(), request.key(), own(issued, cas), cas);
        } catch (CertificateException e) {
            throw LinkException.badAnswer(
                    string.server() + " issued what this device cannot use: " + e.getMessage(), null, e);
        }
    }

    /** EST allows the issuers beside the certificate; an authority is not what we asked for. */
    private static X509Certificate own(List<X509Certificate> issued, PinnedCas cas) {
        return issued.stream()
                .filter(certificate -> certificate.getBasicConstraints() < 0)
                .filter(certificate ->
                        PinnedCas.issuerOf(certificate, cas.devices()).isPresent())
                .findFirst()
                .orElse(issued.get(0));
    }

    private static List<X509Certificate> pkcs7(Answer answer, ServerAddress server)
            throws LinkException, CertificateException {
        if (answer.status() == 401 || answer.status() == 403) {
            throw LinkException.fault(
                    "enrolment-refused",
                    answer.retryAfter(),
                    server + " refuses the code: it is unknown, used, out of date or mistyped; ask for a new one");
        }
        if (answer.status() == 503) {
            throw LinkException.badAnswer(
                    server + " is busy; the same string may be given again", answer.retryAfter(), null);
        }
        if (answer.status() != 200 || !answer.contentType().equals("application/pkcs7-mime")) {
            throw LinkException.badAnswer(
                    server + " answered HTTP " + answer.status() + " \"" + ServerTrust.printable(answer.contentType())
                            + "\" where certificates were expected",
                    answer.retryAfter(),
                    null);
        }
        try {
            return Pem.certificates(Base64.getMimeDecoder().decode(answer.body().readAllBytes()));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the certificates are not base64", e);
        }
    }

    private static void requireSameDevice(Identity before, Identity identity) throws IOException {
        if (!before.deviceId().equals(identity.deviceId())) {
            throw new IOException("this data folder belongs to the device " + before.deviceId()
                    + ", and the code is for " + identity.deviceId()
                    + "; its spool and journal are not the new device's. If this PC is to be " + identity.deviceId()
                    + " from now on, as one must whose disk is a copy, give the same string again within ten minutes"
                    + " with --new-device, which sets aside what is " + before.deviceId()
                    + "'s; else use another --data folder");
        }
    }

    private static void requireOtherDevice(Identity before, Identity identity) throws IOException {
        if (before.deviceId().equals(identity.deviceId())) {
            throw new IOException("the code is for " + identity.deviceId()
                    + ", which is the device of this data folder and no new one; nothing was set aside. For a copy of that"
                    + " PC, ask the enterprise for a code of a device of its own; for the same device, leave out"
                    + " --new-device");
        }
    }

    /** A damaged identity is what enrolling anew is for. */
    private Optional<Identity> readable() {
        try {
            return folder.load();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
