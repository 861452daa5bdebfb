package io.fairlead.enterprise.audit;

import java.util.List;

/** Signs checkpoints with a key under the server's authority; the room of identities has the keys. */
@FunctionalInterface
public interface CheckpointSigner {
    /** The extended key usage of a certificate whose key signs checkpoints, and nothing else. */
    String USAGE = "2.25.198713.2";

    /** The key that signs now. */
    Key current();

    /** A key, for one signature. */
    interface Key {
        /** The first 16 bytes of SHA-256 over its SubjectPublicKeyInfo, 32 hexadecimal digits. */
        String id();

        /** DER: its own certificate, then its issuer's. */
        List<byte[]> certificates();

        /** ECDSA P-256 with SHA-256 over exactly these bytes, ASN.1 DER. */
        byte[] sign(byte[] statement);
    }
}
