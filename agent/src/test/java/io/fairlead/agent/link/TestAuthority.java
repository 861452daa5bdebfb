package io.fairlead.agent.link;

import io.fairlead.contract.agent.Anchors;
import io.fairlead.contract.agent.RootSignature;
import io.fairlead.contract.agent.SignedAnchors;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** An enterprise's authorities, with certificates as the tests want them. */
public final class TestAuthority {
    public static final String EPOCH = "00112233445566778899aabbccddeeff";

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2056-01-01T00:00:00Z");

    public final Holder root;
    public final Holder devices;
    public final Holder servers;
    public final Holder signers;

    /** A certificate and its key. */
    public record Holder(X509Certificate certificate, PrivateKey key, List<X509Certificate> chain) {}

    /** Other issuers under the same root. */
    public TestAuthority(String name, Holder root) {
        this.root = root;
        devices = issuer("CN=Fairlead devices " + name, KeyPurposeId.id_kp_clientAuth);
        servers = issuer("CN=Fairlead servers " + name, KeyPurposeId.id_kp_serverAuth);
        signers = issuer("CN=Fairlead signers " + name, instructions());
    }

    public TestAuthority(String name) {
        KeyPair rootKey = newKey();
        X509Certificate rootCertificate = sign(
                "CN=Fairlead root " + name,
                rootKey.getPublic(),
                "CN=Fairlead root " + name,
                rootKey.getPrivate(),
                FROM,
                UNTIL,
                true,
                null,
                List.of());
        root = new Holder(rootCertificate, rootKey.getPrivate(), List.of(rootCertificate));
        devices = issuer("CN=Fairlead devices " + name, KeyPurposeId.id_kp_clientAuth);
        servers = issuer("CN=Fairlead servers " + name, KeyPurposeId.id_kp_serverAuth);
        signers = issuer("CN=Fairlead signers " + name, instructions());
    }

    public String rootKeyHash() {
        return PinnedCas.keyHash(root.certificate);
    }

    public PinnedCas cas() {
        return new PinnedCas(root.certificate, devices.certificate, servers.certificate, signers.certificate);
    }

    public Holder server(String... names) {
        return server(Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofDays(1)), names);
    }

    public Holder server(Instant from, Instant until, String... names) {
        return leaf(servers, "CN=Fairlead server", from, until, KeyPurposeId.id_kp_serverAuth, dns(names));
    }

    /** A device's certificate, with a host name in it as no enterprise would issue: good for trying to be a server. */
    public Holder device(String id, String... names) {
        List<GeneralName> all = new ArrayList<>(dns(names));
        all.add(epoch(EPOCH));
        return leaf(
                devices,
                "CN=" + id,
                Instant.now().minusSeconds(3600),
                Instant.now().plusSeconds(86_400),
                KeyPurposeId.id_kp_clientAuth,
                all);
    }

    /** Signed by the issuer of servers, but not for servers. */
    public Holder notForServers(String... names) {
        return leaf(
                servers,
                "CN=Fairlead server",
                Instant.now().minusSeconds(3600),
                Instant.now().plusSeconds(86_400),
                KeyPurposeId.id_kp_clientAuth,
                dns(names));
    }

    /** Who signs instructions. */
    public Holder signer() {
        return leaf(
                signers,
                "CN=Fairlead signer",
                Instant.now().minusSeconds(3600),
                Instant.now().plusSeconds(86_400),
                instructions(),
                List.of());
    }

    /** Who signs allowlists. */
    public Holder listSigner() {
        return leaf(
                signers,
                "CN=Fairlead allowlist",
                Instant.now().minusSeconds(3600),
                Instant.now().plusSeconds(86_400),
                KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.25.198713.4")),
                List.of());
    }

    public X509Certificate certify(byte[] request, String id, String epoch) {
        return certify(
                request,
                id,
                epoch,
                Instant.now().minusSeconds(3600),
                Instant.now().plusSeconds(86_400));
    }

    public X509Certificate certify(byte[] request, String id, String epoch, Instant from, Instant until) {
        try {
            PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            return sign(
                    "CN=" + id,
                    key,
                    devices.certificate.getSubjectX500Principal().getName(),
                    devices.key,
                    from,
                    until,
                    false,
                    KeyPurposeId.id_kp_clientAuth,
                    List.of(epoch(epoch)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public Identity identity(ServerAddress server, String id) {
        try {
            Holder device = device(id);
            return Identity.of(server, device.key, device.certificate, cas());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A PKCS#7 without signers: what EST answers. */
    public static byte[] pkcs7(List<X509Certificate> certificates) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addCertificates(new JcaCertStore(certificates));
            return generator.generate(new CMSAbsentContent()).getEncoded("DER");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public List<X509Certificate> all() {
        return List.of(root.certificate, devices.certificate, servers.certificate, signers.certificate);
    }

    /** Bytes that roots sign. */
    public static byte[] statement(long number, List<X509Certificate> certificates) {
        try {
            Anchors anchors = new Anchors();
            anchors.setLabel("fairlead anchors 1");
            anchors.setNumber(number);
            anchors.setIssuedAt(Instant.now());
            for (X509Certificate certificate : certificates) {
                anchors.getCertificate().add(certificate.getEncoded());
            }
            return new Documents(XmlReaders.ofJdk()).write(anchors);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Such bytes with the signature of this authority's root. */
    public SignedAnchors signed(byte[] statement) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(root.key);
            signature.update(statement);
            RootSignature made = new RootSignature();
            made.setKey(Statements.keyId(root.certificate));
            made.setValue(signature.sign());
            SignedAnchors signed = new SignedAnchors();
            signed.setStatement(statement);
            signed.getSignature().add(made);
            return signed;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static KeyPurposeId instructions() {
        return KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.25.198713.1"));
    }

    private Holder issuer(String name, KeyPurposeId purpose) {
        KeyPair key = newKey();
        X509Certificate certificate = sign(
                name,
                key.getPublic(),
                root.certificate.getSubjectX500Principal().getName(),
                root.key,
                FROM,
                UNTIL,
                true,
                purpose,
                List.of());
        return new Holder(certificate, key.getPrivate(), List.of(certificate));
    }

    private static Holder leaf(
            Holder issuer, String name, Instant from, Instant until, KeyPurposeId purpose, List<GeneralName> names) {
        KeyPair key = newKey();
        X509Certificate certificate = sign(
                name,
                key.getPublic(),
                issuer.certificate.getSubjectX500Principal().getName(),
                issuer.key,
                from,
                until,
                false,
                purpose,
                names);
        return new Holder(certificate, key.getPrivate(), List.of(certificate, issuer.certificate));
    }

    private static List<GeneralName> dns(String... names) {
        List<GeneralName> all = new ArrayList<>();
        for (String name : names) {
            all.add(new GeneralName(name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return all;
    }

    private static GeneralName epoch(String epoch) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, "urn:fairlead:enrolment:" + epoch);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate sign(
            String subject,
            PublicKey key,
            String issuer,
            PrivateKey issuerKey,
            Instant from,
            Instant until,
            boolean authority,
            KeyPurposeId purpose,
            List<GeneralName> names) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuer),
                    new BigInteger(120, new SecureRandom()),
                    Date.from(from),
                    Date.from(until),
                    new X500Principal(subject),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
