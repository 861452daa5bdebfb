package io.fairlead.enterprise.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Every certificate that Fairlead makes (RFC 5280), ECDSA P-256 with SHA-256 throughout, with a random serial number of
 * 128 bits.
 *
 * <pre>
 * root      self-signed, CA, at most one CA below, 20 years; its key may lie offline
 * ├ devices CA, none below, 10 years, clientAuth only      → device: CN = id, URI = epoch of enrolment
 * ├ servers CA, none below, 10 years, serverAuth only      → listener: its names and addresses
 * └ signers CA, none below, 10 years, 2.25.198713.1 only   → instruction signer
 * </pre>
 */
final class Template {
    private static final String ENROLMENT = "urn:fairlead:enrolment:";

    /** What an end entity's certificate says beside its key. */
    record Leaf(String commonName, Usage usage, Duration life, List<GeneralName> names) {
        static Leaf device(String device, String epoch, Duration life) {
            GeneralName enrolment = new GeneralName(GeneralName.uniformResourceIdentifier, ENROLMENT + epoch);
            return new Leaf(device, Usage.DEVICES, life, List.of(enrolment));
        }
    }

    private final SecureRandom random;

    Template(SecureRandom random) {
        this.random = random;
    }

    KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    Credential root(Instant notBefore, Duration life) throws GeneralSecurityException {
        KeyPair key = newKey();
        X500Name name = name("Fairlead root " + mark(key.getPublic()));
        JcaX509v3CertificateBuilder certificate = builder(name, notBefore, notBefore.plus(life), name, key.getPublic());
        return new Credential(key.getPrivate(), List.of(sign(certificate, key.getPrivate(), extensions -> {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            extensions.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
        })));
    }

    Credential issuer(Credential root, Usage usage, Instant notBefore, Duration life) throws GeneralSecurityException {
        KeyPair key = newKey();
        X500Name name = name("Fairlead " + usage.word() + " " + mark(key.getPublic()));
        X509Certificate certificate = under(root, name, notBefore, life, key.getPublic(), usage, extensions -> {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
        return new Credential(key.getPrivate(), List.of(certificate));
    }

    X509Certificate leaf(Credential issuer, Instant notBefore, PublicKey key, Leaf leaf)
            throws GeneralSecurityException {
        return under(issuer, name(leaf.commonName()), notBefore, leaf.life(), key, leaf.usage(), extensions -> {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            if (!leaf.names().isEmpty()) {
                extensions.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(leaf.names().toArray(new GeneralName[0])));
            }
        });
    }

    /** The prefix of the URI that carries the epoch of enrolment. */
    static String enrolmentPrefix() {
        return ENROLMENT;
    }

    private interface Extensions {
        void addTo(JcaX509v3CertificateBuilder certificate) throws IOException, GeneralSecurityException;
    }

    private X509Certificate under(
            Credential issuer,
            X500Name subject,
            Instant notBefore,
            Duration life,
            PublicKey key,
            Usage usage,
            Extensions more)
            throws GeneralSecurityException {
        Instant wanted = notBefore.plus(life);
        Instant issuerEnds = issuer.leaf().getNotAfter().toInstant();
        Instant notAfter = wanted.isBefore(issuerEnds) ? wanted : issuerEnds;
        X500Name by =
                X500Name.getInstance(issuer.leaf().getSubjectX500Principal().getEncoded());
        return sign(builder(by, notBefore, notAfter, subject, key), issuer.key(), extensions -> {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            extensions.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(issuer.leaf().getPublicKey()));
            extensions.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            extensions.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(usage.oid()))));
            more.addTo(extensions);
        });
    }

    private JcaX509v3CertificateBuilder builder(
            X500Name issuer, Instant notBefore, Instant notAfter, X500Name subject, PublicKey key) {
        BigInteger serial = new BigInteger(128, random).setBit(0);
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(notBefore), Date.from(notAfter), subject, key);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder certificate, PrivateKey key, Extensions extensions)
            throws GeneralSecurityException {
        try {
            extensions.addTo(certificate);
            byte[] der = certificate
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                    .getEncoded();
            return Pem.certificate(der);
        } catch (IOException | OperatorCreationException failed) {
            throw new GeneralSecurityException("the certificate could not be made", failed);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** Eight digits that tell the authorities of two installations apart. */
    private static String mark(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return HexFormat.of().formatHex(digest, 0, 4);
    }
}
