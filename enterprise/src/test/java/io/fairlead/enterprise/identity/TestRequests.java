package io.fairlead.enterprise.identity;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Certificate requests, honest and other. */
public final class TestRequests {
    private TestRequests() {}

    public static KeyPair p256() throws Exception {
        return ec("secp256r1");
    }

    public static KeyPair ec(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    public static byte[] plain(KeyPair key) throws Exception {
        return signed(key, key, "SHA256withECDSA");
    }

    public static byte[] signed(KeyPair key, KeyPair by, String algorithm) throws Exception {
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=whatever"), key.getPublic())
                .build(new JcaContentSignerBuilder(algorithm).build(by.getPrivate()))
                .getEncoded();
    }

    /** Wants to be an authority, a server, another device, with every usage. */
    public static byte[] greedy(KeyPair key) throws Exception {
        ExtensionsGenerator wishes = new ExtensionsGenerator();
        wishes.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        wishes.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.keyAgreement));
        wishes.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.anyExtendedKeyUsage
        }));
        wishes.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "agents.example.org"),
            new GeneralName(
                    GeneralName.uniformResourceIdentifier, "urn:fairlead:enrolment:ffffffffffffffffffffffffffffffff")
        }));
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("O=Elsewhere,CN=another-device"), key.getPublic())
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wishes.generate())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                .getEncoded();
    }

    public static String base64(byte[] der) {
        return Base64.getMimeEncoder().encodeToString(der);
    }
}
