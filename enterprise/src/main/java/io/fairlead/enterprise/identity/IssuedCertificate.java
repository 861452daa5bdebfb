package io.fairlead.enterprise.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device certificate as it was issued, and what became of it.
 *
 * @param serial 32 hexadecimal digits
 * @param issuer the common name of the issuer that signed it
 * @param keySha256 of its public key, 64 hexadecimal digits
 * @param current whether it belongs to the enrolment that counts
 * @param firstUsedAt the first request that it was judged for; null when it was never used
 * @param revokedAt null while it is good
 * @param renewed whether it came by renewal, not by a code
 */
public record IssuedCertificate(
        String serial,
        String issuer,
        String keySha256,
        boolean current,
        Instant notBefore,
        Instant notAfter,
        Instant issuedAt,
        @Nullable Instant firstUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedWhy,
        boolean renewed) {
    /** Whether it passes at a moment. */
    public boolean isGoodAt(Instant now) {
        return current && revokedAt == null && !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }
}
