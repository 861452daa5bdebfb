package io.fairlead.agent.link;

import io.fairlead.agent.link.HttpsExchange.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Trades this device's certificate for the next one (EST {@code simplereenroll}, RFC 7030 section 4.2.2), with a new key:
 * <ol>
 *   <li>the new key and the request for it are forced to disk
 *   <li>the request goes out over the pinned link, under the old certificate
 *   <li>the answer is checked: our key, our device, our enrolment, a pinned issuer
 *   <li>the new identity is written whole, beside the old, and named as the current one
 * </ol>
 * Whatever is lost or killed between two steps, the same request goes out again, and the enterprise answers it with the
 * same certificate. The old one works until the new one is used.
 */
public final class Renewal {
    private static final String PATH = "/.well-known/est/simplereenroll";
    private static final Duration READ = Duration.ofSeconds(60);

    private final Link link;
    private final CurrentIdentity identity;

    public Renewal(Link link, CurrentIdentity identity) {
        this.link = link;
        this.identity = identity;
    }

    /**
     * Asks once; the new identity is kept, and used from the next {@link CurrentIdentity#turn} on.
     *
     * @throws LinkException when there is no certificate in the answer
     * @throws IOException when something cannot be kept
     */
    public Identity renew() throws LinkException, IOException {
        CertificateRequest request = identity.request();
        Answer answer = link.over(exchange -> exchange.post(
                PATH,
                Map.of(
                        "Content-Type", "application/pkcs10",
                        "Content-Transfer-Encoding", "base64",
                        "Accept", "application/pkcs7-mime"),
                Base64.getMimeEncoder().encode(request.der()),
                READ));
        try {
            return identity.renewed(request.key(), issued(answer));
        } catch (CertificateException e) {
            throw LinkException.badAnswer(
                    "the enterprise issued what this device cannot use: " + e.getMessage(), null, e);
        }
    }

    private static X509Certificate issued(Answer answer) throws LinkException, CertificateException {
        String fault = answer.own().get("fairlead-fault");
        if (answer.status() != 200 && fault != null && fault.matches("[a-z-]{1,64}")) {
            throw LinkException.fault(fault, answer.retryAfter(), "the enterprise refuses to renew: " + words(answer));
        }
        if (answer.status() != 200 || !answer.contentType().equals("application/pkcs7-mime")) {
            throw LinkException.badAnswer(
                    "HTTP " + answer.status() + " \"" + ServerTrust.printable(answer.contentType())
                            + "\" where a certificate was expected",
                    answer.retryAfter(),
                    null);
        }
        try {
            List<X509Certificate> issued = Pem.certificates(
                    Base64.getMimeDecoder().decode(answer.body().readAllBytes()));
            return issued.stream()
                    .filter(certificate -> certificate.getBasicConstraints() < 0)
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("no certificate in the answer"));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the certificates are not base64", e);
        }
    }

    private static String words(Answer answer) {
        String text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        return ServerTrust.oneLine(text, 200);
    }
}
