package io.fairlead.enterprise.instruction;

/**
 * An instruction as it is delivered.
 *
 * @param order the exact bytes that were signed; not to be changed by whoever holds them
 * @param signature ECDSA P-256 with SHA-256 over order, ASN.1 DER
 * @param keyId names the signer's key, 32 hexadecimal digits
 */
@SuppressWarnings("ArrayRecordComponent") // passed through as they are, never compared
public record SignedOrder(long sequence, byte[] order, byte[] signature, String keyId) {}
