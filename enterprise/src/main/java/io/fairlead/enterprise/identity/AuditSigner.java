package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.audit.CheckpointSigner;
import java.util.List;

/**
 * Signs the checkpoints of the audit, by a key of its own: its certificate is by the issuer of signers, and its extended
 * key usage is good for no instruction.
 */
public final class AuditSigner implements CheckpointSigner {
    private final SigningKey key;

    /** Loads the key or makes it; blocks on the disk, as {@link #current} does when it replaces the key. */
    public AuditSigner(OwnCertificates certificates) {
        this.key = new SigningKey(certificates, certificates::auditSigner);
    }

    private record Now(SigningKey.Current by) implements Key {
        @Override
        public String id() {
            return by.keyId();
        }

        @Override
        public List<byte[]> certificates() {
            return by.credential().chain().stream().map(Pem::der).toList();
        }

        @Override
        public byte[] sign(byte[] statement) {
            return by.sign(statement);
        }
    }

    @Override
    public Key current() {
        return new Now(key.current());
    }
}
