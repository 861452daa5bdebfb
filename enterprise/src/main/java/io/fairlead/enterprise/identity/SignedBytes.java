package io.fairlead.enterprise.identity;

/**
 * Bytes and the signature over exactly these bytes. The arrays are shared, not copied: who holds them does not change
 * them.
 *
 * @param bytes what was signed
 * @param signature ECDSA P-256 with SHA-256, ASN.1 DER
 * @param keyId the signer: the first 16 bytes of SHA-256 over its SubjectPublicKeyInfo, 32 hexadecimal digits
 * @param certificate the signer's X.509 certificate, DER: to be kept with the bytes, for the signer may be another by
 *     the time they are delivered
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SignedBytes(byte[] bytes, byte[] signature, String keyId, byte[] certificate) {
    @Override
    public String toString() {
        return "SignedBytes[" + bytes.length + " by " + keyId + "]";
    }
}
