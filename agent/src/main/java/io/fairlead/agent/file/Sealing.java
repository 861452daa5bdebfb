package io.fairlead.agent.file;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * Seals content for the owner of a certificate: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), DER, the key by
 * RSA-OAEP with SHA-256 (RFC 3560) or by ephemeral ECDH with AES-256 key wrap (RFC 5753). Nobody else can open it, this agent
 * included. {@code openssl cms -decrypt -inform DER} does.
 */
final class Sealing {
    private static final int LEAST_RSA_BITS = 2048;

    private final X509Certificate to;
    private final Provider provider = new BouncyCastleProvider();

    Sealing(X509Certificate to) {
        this.to = to;
    }

    /** Why nothing can be sealed for this certificate at all; empty when it can. */
    static Optional<String> fault(X509Certificate to) {
        if (to.getPublicKey() instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                    ? Optional.empty()
                    : Optional.of("its RSA key is shorter than " + LEAST_RSA_BITS + " bits");
        }
        return to.getPublicKey() instanceof ECPublicKey
                ? Optional.empty()
                : Optional.of("its key is neither RSA nor EC");
    }

    /**
     * What is written to the stream that comes back goes sealed to {@code out}; closing it ends the seal and leaves
     * {@code out} open.
     *
     * @throws NotPossible when the certificate is not valid at this time
     */
    OutputStream over(OutputStream out, Instant now) throws IOException, NotPossible {
        try {
            to.checkValidity(Date.from(now));
            CMSAuthEnvelopedDataStreamGenerator generator = new CMSAuthEnvelopedDataStreamGenerator();
            generator.addRecipientInfoGenerator(recipient());
            OutputAEADEncryptor encryptor =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(provider)
                            .build();
            return generator.open(out, encryptor);
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw NotPossible.failed("the certificate of upload.encrypt-to is valid from "
                    + to.getNotBefore().toInstant() + " to " + to.getNotAfter().toInstant() + " only");
        } catch (GeneralSecurityException | CMSException e) {
            throw new IOException("cannot seal: " + e.getMessage(), e);
        }
    }

    private RecipientInfoGenerator recipient() throws GeneralSecurityException {
        if (to.getPublicKey() instanceof ECPublicKey ec) {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC", provider);
            pairs.initialize(ec.getParams());
            KeyPair once = pairs.generateKeyPair();
            return new JceKeyAgreeRecipientInfoGenerator(
                            CMSAlgorithm.ECDH_SHA256KDF, once.getPrivate(), once.getPublic(), CMSAlgorithm.AES256_WRAP)
                    .addRecipient(to)
                    .setProvider(provider);
        }
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        RSAESOAEPparams oaep = new RSAESOAEPparams(
                sha256,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256),
                RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM);
        return new JceKeyTransRecipientInfoGenerator(
                        to, new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, oaep))
                .setProvider(provider);
    }
}
