package io.fairlead.enterprise.audit;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * Whom the receiver is believed to be and what is shown to it. The files are read for each connection, so that new ones are
 * taken without a new start. Blocking.
 */
final class SyslogTls {
    private final Vertx vertx;
    private final SyslogTarget target;
    private final Clock clock;

    SyslogTls(Vertx vertx, SyslogTarget target, Clock clock) {
        this.vertx = vertx;
        this.target = target;
        this.clock = clock;
    }

    /** @throws IOException when a file cannot be used */
    SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys(),
                    new PemTrustOptions()
                            .addCertPath(target.ca().toString())
                            .getTrustManagerFactory(vertx)
                            .getTrustManagers(),
                    null);
            return context;
        } catch (Exception unusable) {
            throw new IOException(
                    "The files of audit.syslog cannot be used: " + unusable.getMessage()
                            + ". ca is a PEM file with certificates; certificate and key are PEM files of one key.",
                    unusable);
        }
    }

    private KeyManager[] keys() throws Exception {
        return target.client().isEmpty()
                ? new KeyManager[0]
                : new PemKeyCertOptions()
                        .addCertPath(target.client().get().certificate().toString())
                        .addKeyPath(target.client().get().key().toString())
                        .getKeyManagerFactory(vertx)
                        .getKeyManagers();
    }

    /** @throws IOException when what is to be shown is not valid now: no receiver would take it */
    void mustBeInTime() throws IOException {
        if (target.client().isPresent()) {
            X509Certificate shown = shown(target.client().get());
            Instant end = shown.getNotAfter().toInstant();
            if (end.isBefore(clock.instant())) {
                throw new IOException(
                        "the certificate in " + target.client().get().certificate() + " ended at " + end
                                + "; put a new one and its key in place");
            }
        }
    }

    /** What went wrong on a connection, with what was shown on it: the receiver's own reason is but a word, or none at all. */
    IOException explained(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new IOException("the receiver is not believed: " + failure.getMessage(), failure);
            }
        }
        return new IOException(failure.getMessage() + "; " + said(), failure);
    }

    private String said() {
        if (target.client().isEmpty()) {
            return "no certificate is configured to be shown to the receiver";
        }
        try {
            X509Certificate shown = shown(target.client().get());
            return "the receiver was to be shown the certificate of "
                    + shown.getSubjectX500Principal() + " by " + shown.getIssuerX500Principal() + " in "
                    + target.client().get().certificate();
        } catch (IOException unusable) {
            return String.valueOf(unusable.getMessage());
        }
    }

    private static X509Certificate shown(SyslogTarget.Client client) throws IOException {
        try (InputStream in = Files.newInputStream(client.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException none) {
            throw new IOException(client.certificate() + " holds no certificate", none);
        }
    }
}
