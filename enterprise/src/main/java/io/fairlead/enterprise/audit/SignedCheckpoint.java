package io.fairlead.enterprise.audit;

import io.fairlead.statements.Checkpoint;
import java.util.List;

/**
 * A checkpoint, the signature over exactly its {@link Checkpoint#statement()}, and who vouches for the key. The arrays are
 * shared, not copied: who holds them does not change them.
 *
 * @param signature ECDSA P-256 with SHA-256, ASN.1 DER
 * @param certificates DER: the key's own, then its issuer's
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record SignedCheckpoint(Checkpoint checkpoint, byte[] signature, List<byte[]> certificates) {
    public SignedCheckpoint {
        certificates = List.copyOf(certificates);
    }

    @Override
    public String toString() {
        return "SignedCheckpoint[" + checkpoint + "]";
    }
}
