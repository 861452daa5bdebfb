package io.fairlead.statements;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/**
 * An ECDSA signature over P-256 with SHA-256, in ASN.1 DER (RFC 3279 section 2.2.3). The two numbers are looked at before
 * the JDK is asked: releases of Java 17 before 17.0.3 take a signature of zeros for any bytes (CVE-2022-21449), and
 * instrument PCs are seldom updated.
 */
public final class EcdsaSignature {
    /** The order of the curve's group. */
    public static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final byte[] der;

    /** @param der not copied */
    public EcdsaSignature(byte[] der) {
        this.der = der;
    }

    /** Whether it was made over exactly these bytes by this key's owner. */
    public boolean over(byte[] bytes, PublicKey key) {
        if (!plausible()) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(bytes);
            return verifier.verify(der);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** SEQUENCE of two INTEGERs from 1 to the order less one, and nothing behind. 72 bytes at most. */
    private boolean plausible() {
        try {
            ByteBuffer in = ByteBuffer.wrap(der);
            return in.get() == 0x30 && in.get() == in.remaining() && number(in) && number(in) && !in.hasRemaining();
        } catch (BufferUnderflowException e) {
            return false;
        }
    }

    private static boolean number(ByteBuffer in) {
        if (in.get() != 0x02) {
            return false;
        }
        int length = in.get();
        if (length < 1 || length > 33) {
            return false;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        BigInteger number = new BigInteger(bytes);
        return number.signum() > 0 && number.compareTo(P256_ORDER) < 0;
    }
}
