package io.fairlead.enterprise.identity;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * What is taken from a PKCS#10 request (RFC 2986): a P-256 public key whose private half signed the request. Whatever
 * else it asks for is not even looked at.
 */
public final class CertificateRequest {
    /** The largest request that is looked at, in bytes of DER; an honest one has about 300. */
    public static final int LIMIT = 8 * 1024;

    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512);

    private final PublicKey key;

    private CertificateRequest(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a request.
     *
     * @throws Refusal {@code REQUEST_REFUSED} for anything but a small request with a P-256 key and a good signature
     */
    public static CertificateRequest parse(byte[] der) {
        if (der.length > LIMIT) {
            throw new Refusal(Fault.REQUEST_REFUSED, "request of " + der.length + " bytes");
        }
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
            SubjectPublicKeyInfo asked = request.getSubjectPublicKeyInfo();
            if (!isP256(asked)) {
                throw new Refusal(
                        Fault.REQUEST_REFUSED,
                        "key of algorithm " + asked.getAlgorithm().getAlgorithm());
            }
            if (!SIGNATURES.contains(request.getSignatureAlgorithm().getAlgorithm())) {
                throw new Refusal(
                        Fault.REQUEST_REFUSED,
                        "signature by " + request.getSignatureAlgorithm().getAlgorithm());
            }
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(onItsCurve(asked).getEncoded()));
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new Refusal(Fault.REQUEST_REFUSED, "the signature does not fit the key");
            }
            return new CertificateRequest(key);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException malformed) {
            // The ASN.1 parser answers some nonsense with runtime exceptions of many kinds.
            throw new Refusal(Fault.REQUEST_REFUSED, "not a PKCS#10 request", malformed);
        }
    }

    private static boolean isP256(SubjectPublicKeyInfo key) {
        if (!X9ObjectIdentifiers.id_ecPublicKey.equals(key.getAlgorithm().getAlgorithm())) {
            return false;
        }
        X962Parameters curve = X962Parameters.getInstance(key.getAlgorithm().getParameters());
        return curve.isNamedCurve() && SECObjectIdentifiers.secp256r1.equals(curve.getParameters());
    }

    /** The same key, its point checked to lie on the curve and written uncompressed. */
    private static SubjectPublicKeyInfo onItsCurve(SubjectPublicKeyInfo asked) throws IOException {
        AsymmetricKeyParameter point = PublicKeyFactory.createKey(asked);
        SubjectPublicKeyInfo written = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(point);
        return new SubjectPublicKeyInfo(
                asked.getAlgorithm(), written.getPublicKeyData().getBytes());
    }

    /** The key to be certified. */
    public PublicKey key() {
        return key;
    }

    /** SHA-256 over the key's SubjectPublicKeyInfo, 64 hexadecimal digits: two requests for one key have the same. */
    public String keySha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
