package io.fairlead.enterprise.allowlist;

/** Vouches for documents; {@code identity.AllowlistSigner} does. */
public interface ListSigner {
    /** Blocks on the disk when the key is replaced. */
    Edition.Signature sign(byte[] document);

    /** Whether whoever verifies a signature today finds his way to the root: after a roll-over of authorities he does not. */
    boolean isOfToday(Edition.Signature signature);
}
