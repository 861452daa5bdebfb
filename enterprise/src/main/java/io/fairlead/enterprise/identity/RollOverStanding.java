package io.fairlead.enterprise.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * How far a roll-over of authorities has come.
 *
 * @param stage {@code STEADY}, {@code ISSUERS_UNSIGNED}, {@code STATEMENT_UNSIGNED}, {@code ANNOUNCED} or {@code SWITCHED}
 * @param number of the newest statement; 0 before the first
 * @param generations the authorities that agents trust, the oldest first
 * @param toSign what a root has to sign, by name
 * @param signer the root that has to; meaningless when there is nothing to sign
 * @param active devices that have a certificate they could use now
 * @param unconfirmed those among them that have not said yet that they pin the newest statement
 * @param old those among them that may still use a certificate by an issuer that no longer issues
 * @param waiting devices for which instructions wait that a signer under such an issuer has signed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record RollOverStanding(
        String stage,
        long number,
        List<Trusted> generations,
        Map<String, byte[]> toSign,
        X509Certificate signer,
        int active,
        List<String> unconfirmed,
        List<String> old,
        List<String> waiting) {
    public RollOverStanding {
        generations = List.copyOf(generations);
        toSign = Map.copyOf(toSign);
        unconfirmed = List.copyOf(unconfirmed);
        old = List.copyOf(old);
        waiting = List.copyOf(waiting);
    }

    /**
     * A root and its issuers.
     *
     * @param issuing whether it issues
     * @param rootKeyHere whether the root's key lies on this machine
     */
    public record Trusted(int number, boolean issuing, boolean rootKeyHere, List<X509Certificate> certificates) {
        public Trusted {
            certificates = List.copyOf(certificates);
        }
    }
}
