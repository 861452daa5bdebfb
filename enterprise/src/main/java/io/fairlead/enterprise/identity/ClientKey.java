package io.fairlead.enterprise.identity;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/**
 * The key of another system's client certificate, if it is one that TLS here takes: RSA of {@value #LEAST_RSA} to
 * {@value #MOST_RSA} bits, or ECDSA on P-256 or P-384. Ed25519 is none: BoringSSL, which serves the agents, refuses it
 * in client certificates, and what one listener takes another should not refuse.
 *
 * @param name as people know it: {@code RSA 2048}, {@code EC P-256}
 */
public record ClientKey(String name) {
    private static final int LEAST_RSA = 2_048;
    /** What a larger one costs at each handshake is paid by us. */
    private static final int MOST_RSA = 8_192;

    private static final int MOST_EXPONENT = 64;

    /** Throws Refusal(INVALID) that says what it is and what is taken. */
    public static ClientKey of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits >= LEAST_RSA && bits <= MOST_RSA && rsa.getPublicExponent().bitLength() <= MOST_EXPONENT) {
                return new ClientKey("RSA " + bits);
            }
            throw refused("RSA of " + bits + " bits");
        }
        if (key instanceof ECPublicKey ec) {
            if (isOn(ec.getParams(), "secp256r1")) {
                return new ClientKey("EC P-256");
            }
            if (isOn(ec.getParams(), "secp384r1")) {
                return new ClientKey("EC P-384");
            }
            throw refused("EC on another curve");
        }
        String algorithm = key.getAlgorithm();
        throw refused(algorithm.equals("EdDSA") ? "Ed25519 or Ed448" : algorithm.replaceAll("[^A-Za-z0-9.-]", "?"));
    }

    private static boolean isOn(ECParameterSpec key, String curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            ECParameterSpec known = parameters.getParameterSpec(ECParameterSpec.class);
            return key.getCurve().equals(known.getCurve())
                    && key.getGenerator().equals(known.getGenerator())
                    && key.getOrder().equals(known.getOrder())
                    && key.getCofactor() == known.getCofactor();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + curve, impossible);
        }
    }

    private static Refusal refused(String what) {
        return new Refusal(
                Fault.INVALID,
                "its key is " + what + ", which TLS does not take here: make one with EC P-256, EC P-384, or RSA of "
                        + LEAST_RSA + " to " + MOST_RSA + " bits");
    }
}
