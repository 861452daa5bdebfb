package io.fairlead.enterprise.identity;

import java.io.IOException;
import java.io.OutputStream;
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
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
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
 * └ signers CA, none below, 10 years, 2.25.198713.1 only   → instruction signer; audit signer, 2.25.198713.2; ticket signer, .3
 * </pre>
 */
final class Template {
    private static final String ENROLMENT = "urn:fairlead:enrolment:";

    /**
     * What an end entity's certificate says beside its key.
     *
     * @param usage whose issuer issues it
     * @param purpose its extended key usage, mostly that of its issuer
     */
    record Leaf(String commonName, Usage usage, String purpose, Duration life, List<GeneralName> names) {
        Leaf(String commonName, Usage usage, Duration life, List<GeneralName> names) {
            this(commonName, usage, usage.oid(), life, names);
        }

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
        return new Credential(key.getPrivate(), List.of(sign(certificate, signer(key.getPrivate()), extensions -> {
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
        return new Credential(
                key.getPrivate(), List.of(issuer(root.leaf(), signer(root.key()), key, usage, notBefore, life)));
    }

    /**
     * The bytes (TBSCertificate, DER) that a root which is not here has to sign, so that {@link #assembled} makes the
     * issuer's certificate of them.
     */
    byte[] issuerToSign(X509Certificate root, KeyPair key, Usage usage, Instant notBefore, Duration life)
            throws GeneralSecurityException {
        X509Certificate unsigned = issuer(root, new NoSigner(), key, usage, notBefore, life);
        return unsigned.getTBSCertificate();
    }

    /**
     * A certificate out of its bytes and the root's signature.
     *
     * @throws GeneralSecurityException when they are none
     */
    static X509Certificate assembled(byte[] toBeSigned, byte[] signature) throws GeneralSecurityException {
        try {
            ASN1EncodableVector parts = new ASN1EncodableVector();
            parts.add(ASN1Primitive.fromByteArray(toBeSigned));
            parts.add(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
            parts.add(new DERBitString(signature));
            return Pem.certificate(new DERSequence(parts).getEncoded());
        } catch (IOException malformed) {
            throw new GeneralSecurityException("no certificate", malformed);
        }
    }

    private X509Certificate issuer(
            X509Certificate root, ContentSigner signer, KeyPair key, Usage usage, Instant notBefore, Duration life)
            throws GeneralSecurityException {
        X500Name name = name("Fairlead " + usage.word() + " " + mark(key.getPublic()));
        return under(root, signer, name, notBefore, life, key.getPublic(), usage.oid(), extensions -> {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    /** Stands where the root's signature will be. */
    private static final class NoSigner implements ContentSigner {
        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public byte[] getSignature() {
            return new byte[64];
        }
    }

    private static ContentSigner signer(PrivateKey key) throws GeneralSecurityException {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        } catch (OperatorCreationException failed) {
            throw new GeneralSecurityException("the key cannot sign", failed);
        }
    }

    X509Certificate leaf(Credential issuer, Instant notBefore, PublicKey key, Leaf leaf)
            throws GeneralSecurityException {
        return under(
                issuer.leaf(),
                signer(issuer.key()),
                name(leaf.commonName()),
                notBefore,
                leaf.life(),
                key,
                leaf.purpose(),
                extensions -> {
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
            X509Certificate issuer,
            ContentSigner signer,
            X500Name subject,
            Instant notBefore,
            Duration life,
            PublicKey key,
            String purpose,
            Extensions more)
            throws GeneralSecurityException {
        Instant wanted = notBefore.plus(life);
        Instant issuerEnds = issuer.getNotAfter().toInstant();
        Instant notAfter = wanted.isBefore(issuerEnds) ? wanted : issuerEnds;
        X500Name by = X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
        return sign(builder(by, notBefore, notAfter, subject, key), signer, extensions -> {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            extensions.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(issuer.getPublicKey()));
            extensions.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            extensions.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose))));
            more.addTo(extensions);
        });
    }

    private JcaX509v3CertificateBuilder builder(
            X500Name issuer, Instant notBefore, Instant notAfter, X500Name subject, PublicKey key) {
        BigInteger serial = new BigInteger(128, random).setBit(0);
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(notBefore), Date.from(notAfter), subject, key);
    }

    private static X509Certificate sign(
            JcaX509v3CertificateBuilder certificate, ContentSigner signer, Extensions extensions)
            throws GeneralSecurityException {
        try {
            extensions.addTo(certificate);
            return Pem.certificate(certificate.build(signer).getEncoded());
        } catch (IOException failed) {
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
