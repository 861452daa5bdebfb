package io.fairlead.agent.instruction;

import io.fairlead.agent.kernel.Signers;
import io.fairlead.contract.agent.Collect;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The enterprise's side of instructions, as far as a test needs it: an issuer, signers, signed orders. */
public final class Authority {
    static final Documents DOCUMENTS = new Documents(XmlReaders.ofJdk());
    static final String ENROLMENT = "0123456789abcdef0123456789abcdef";
    static final String DEVICE = "analyser-1";
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final KeyPair key = keyPair("secp256r1");
    private final X500Principal name = new X500Principal("CN=Fairlead signers 1");
    private final X509Certificate issuer;

    public Authority() {
        issuer = certificate(name, key, key, name, true, null, NOON, Duration.ofDays(3650));
    }

    public X509Certificate issuer() {
        return issuer;
    }

    /** A signer as it should be. */
    Signer signer() {
        return signer(keyPair("secp256r1"), "2.25.198713.1", false, NOON, Duration.ofDays(90));
    }

    public Signer signer(KeyPair pair, String usage, boolean ca, Instant from, Duration life) {
        return new Signer(pair, certificate(new X500Principal("CN=signer"), pair, key, name, ca, usage, from, life));
    }

    /** Someone who may sign, or not. */
    public static final class Signer {
        private final KeyPair pair;
        private final X509Certificate certificate;

        Signer(KeyPair pair, X509Certificate certificate) {
            this.pair = pair;
            this.certificate = certificate;
        }

        public byte[] der() {
            try {
                return certificate.getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        public String keyId() {
            return Signers.keyId(certificate);
        }

        SignedInstruction sign(Order order) {
            return sign(order.getSequence(), DOCUMENTS.write(order));
        }

        SignedInstruction sign(long hint, byte[] bytes) {
            SignedInstruction signed = new SignedInstruction();
            signed.setOrder(bytes);
            signed.setSequence(hint);
            signed.setKey(keyId());
            signed.setSignature(signature(bytes));
            return signed;
        }

        public byte[] signature(byte[] bytes) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(pair.getPrivate());
                signature.update(bytes);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** An order to collect, good for an hour from noon. */
    static Order order(long number) {
        Order order = new Order();
        order.setLabel(OrderReader.LABEL);
        order.setDevice(DEVICE);
        order.setEnrolment(ENROLMENT);
        order.setSequence(number);
        order.setNotAfter(NOON.plus(Duration.ofHours(1)));
        order.setCollect(new Collect());
        return order;
    }

    static Order order(long number, Consumer<Order> change) {
        Order order = order(number);
        change.accept(order);
        return order;
    }

    public static KeyPair keyPair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(
            X500Principal subject,
            KeyPair pair,
            KeyPair issuerKey,
            X500Principal issuerName,
            boolean ca,
            String usage,
            Instant from,
            Duration life) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuerName,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(from.minus(Duration.ofDays(1))),
                    Date.from(from.plus(life)),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(ca ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            if (usage != null) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        true,
                        new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(usage))));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
