package io.fairlead.system.powercut;

import io.fairlead.contract.agent.Collect;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.SignedInstruction;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Someone who may sign instructions. */
final class Signing {
    private final KeyPair issuerKey = keyPair();
    private final KeyPair key = keyPair();
    private final X500Principal name = new X500Principal("CN=issuer");
    private final X509Certificate issuer = certificate(name, issuerKey);
    private final X509Certificate signer = certificate(new X500Principal("CN=signer"), key);

    X509Certificate issuer() {
        return issuer;
    }

    byte[] signer() throws GeneralSecurityException {
        return signer.getEncoded();
    }

    SignedInstruction order(long number) throws GeneralSecurityException {
        Order order = new Order();
        order.setLabel("fairlead instruction 1");
        order.setDevice(Site.DEVICE);
        order.setEnrolment(Site.ENROLMENT);
        order.setSequence(number);
        order.setNotAfter(Instant.now().plus(Duration.ofHours(1)));
        order.setCollect(new Collect());
        byte[] bytes = Site.DOCUMENTS.write(order);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(bytes);
        SignedInstruction signed = new SignedInstruction();
        signed.setOrder(bytes);
        signed.setSignature(signature.sign());
        signed.setSequence(number);
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(key.getPublic().getEncoded());
        signed.setKey(HexFormat.of().formatHex(Arrays.copyOf(hash, 16)));
        return signed;
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(X500Principal subject, KeyPair pair) {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(1))),
                    subject,
                    pair.getPublic());
            KeyPurposeId instructions = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.25.198713.1"));
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(instructions));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
