package io.fairlead.enterprise.identity;

import java.util.List;

/**
 * A statement of the authorities that agents are to pin, with the signatures of roots over exactly these bytes. The arrays
 * are shared, not copied.
 *
 * @param number rises with each, from 1
 * @param statement an Anchors element of the contract as a UTF-8 document
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Announcement(long number, byte[] statement, List<RootSigned> signatures) {
    public Announcement {
        signatures = List.copyOf(signatures);
    }

    /**
     * A root's word.
     *
     * @param keyId the first 16 bytes of SHA-256 over the root's SubjectPublicKeyInfo, 32 hexadecimal digits
     * @param signature ECDSA P-256 with SHA-256, ASN.1 DER
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record RootSigned(String keyId, byte[] signature) {}
}
