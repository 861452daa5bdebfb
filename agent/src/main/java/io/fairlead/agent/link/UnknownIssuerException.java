package io.fairlead.agent.link;

import java.security.cert.CertificateException;

/** A server's certificate is signed by nobody whom this device has pinned. */
final class UnknownIssuerException extends CertificateException {
    private static final long serialVersionUID = 1L;

    UnknownIssuerException(String message) {
        super(message);
    }

    /** Whether it is why a call failed. */
    static boolean in(LinkException failure) {
        Throwable cause = failure.getCause();
        while (cause != null && !(cause instanceof UnknownIssuerException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
