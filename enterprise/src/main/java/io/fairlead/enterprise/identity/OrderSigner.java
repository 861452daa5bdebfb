package io.fairlead.enterprise.identity;

/**
 * Signs instructions when they are created; nobody else does. A signature takes about half a millisecond of the calling
 * thread. The key is replaced at two thirds of its certificate's life, and when
 * another issuer issues. Safe for use by several threads.
 */
public final class OrderSigner {
    private final SigningKey key;

    /** Loads the key or makes it; blocks on the disk, as {@link #sign} does when it replaces the key. */
    public OrderSigner(OwnCertificates certificates) {
        this.key = new SigningKey(certificates, certificates::signer);
    }

    /** Signs one order; the bytes are delivered exactly as they are here. */
    public SignedBytes sign(byte[] order) {
        SigningKey.Current by = key.current();
        return new SignedBytes(
                order, by.sign(order), by.keyId(), Pem.der(by.credential().leaf()));
    }

    /** The key that signs now: the first 16 bytes of SHA-256 over its SubjectPublicKeyInfo, 32 hexadecimal digits. */
    public String keyId() {
        return key.current().keyId();
    }

    /** The certificate of the key that signs now, DER. */
    public byte[] certificate() {
        return Pem.der(key.current().credential().leaf());
    }
}
