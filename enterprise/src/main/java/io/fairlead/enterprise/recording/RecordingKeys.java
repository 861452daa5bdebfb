package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The keys for whose owner recordings' own keys are sealed: EC P-256, in {@code DATA/secrets/recording.key}, as text
 * (RFC 7468). One PUBLIC KEY is what seals. PRIVATE KEYs open, any of several; a node that only records needs none, and
 * should have none. Sealed is by CMS AuthEnvelopedData (RFC 5083): AES-256-GCM, its key by ephemeral ECDH with AES-256 key
 * wrap (RFC 5753), DER.
 */
public final class RecordingKeys {
    static final String FILE = "recording.key";

    private static final String PUBLIC = "PUBLIC KEY";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final int NAME = 20;

    private final PublicKey sealing;
    private final List<PrivateKey> opening;
    private final Provider provider = new BouncyCastleProvider();

    private RecordingKeys(PublicKey sealing, List<PrivateKey> opening) {
        this.sealing = sealing;
        this.opening = opening;
    }

    /**
     * Reads them, or makes a pair. Blocks.
     *
     * @param recordings whether there are recordings already: without the private key nobody could ever play them
     * @throws CannotStart when the file cannot be read, or is missing although there are recordings
     */
    public static RecordingKeys open(DataFolder folder, boolean recordings) {
        try {
            if (folder.readText(FILE).isEmpty()) {
                if (recordings) {
                    throw new CannotStart("The key of the recordings is missing: " + folder.secretPath(FILE)
                            + ". Restore it from a backup, or move the recordings away.");
                }
                folder.writeSecret(FILE, fresh());
            }
            return parse(folder.readSecret(FILE).orElseThrow());
        } catch (IOException | GeneralSecurityException unfit) {
            throw new CannotStart(
                    "The secret " + folder.secretPath(FILE)
                            + " does not hold one PUBLIC KEY (EC P-256) and the PRIVATE KEYs that open recordings.",
                    unfit);
        }
    }

    private static byte[] fresh() throws IOException, GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = pairs.generateKeyPair();
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject(PUBLIC, pair.getPublic().getEncoded()));
            pem.writeObject(new PemObject(PRIVATE, pair.getPrivate().getEncoded()));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static RecordingKeys parse(byte[] text) throws IOException, GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("EC");
        List<PublicKey> sealing = new ArrayList<>();
        List<PrivateKey> opening = new ArrayList<>();
        try (PemReader pem =
                new PemReader(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.US_ASCII))) {
            for (PemObject block = pem.readPemObject(); block != null; block = pem.readPemObject()) {
                if (block.getType().equals(PUBLIC)) {
                    sealing.add(factory.generatePublic(new X509EncodedKeySpec(block.getContent())));
                } else if (block.getType().equals(PRIVATE)) {
                    opening.add(factory.generatePrivate(new PKCS8EncodedKeySpec(block.getContent())));
                }
            }
        }
        if (sealing.size() != 1) {
            throw new IOException("holds " + sealing.size() + " public keys");
        }
        return new RecordingKeys(sealing.get(0), opening);
    }

    /** Whether this node can play recordings. */
    public boolean canOpen() {
        return !opening.isEmpty();
    }

    byte[] seal(byte[] key) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair once = pairs.generateKeyPair();
            byte[] name = MessageDigest.getInstance("SHA-256").digest(sealing.getEncoded());
            CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(new JceKeyAgreeRecipientInfoGenerator(
                            CMSAlgorithm.ECDH_SHA256KDF, once.getPrivate(), once.getPublic(), CMSAlgorithm.AES256_WRAP)
                    .addRecipient(Arrays.copyOf(name, NAME), sealing)
                    .setProvider(provider));
            OutputAEADEncryptor encryptor =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(provider)
                            .build();
            return generator
                    .generate(new CMSProcessableByteArray(key), encryptor)
                    .getEncoded();
        } catch (GeneralSecurityException | CMSException | IOException e) {
            throw new IllegalStateException("the recordings' key does not seal", e);
        }
    }

    byte[] unseal(byte[] sealed) throws RecordingDamaged {
        try {
            for (RecipientInformation recipient :
                    new CMSAuthEnvelopedData(sealed).getRecipientInfos().getRecipients()) {
                for (PrivateKey key : opening) {
                    byte[] content = tried(recipient, key);
                    if (content.length == 32) {
                        return content;
                    }
                }
            }
        } catch (CMSException | RuntimeException malformed) {
            throw new RecordingDamaged("its sealed key is not what was written", malformed);
        }
        throw new RecordingDamaged(
                "no private key in " + FILE + " opens it, or its sealed key is not what was written");
    }

    /** Empty when it is not the one. */
    private byte[] tried(RecipientInformation recipient, PrivateKey key) {
        try {
            return recipient.getContent(new JceKeyAgreeAuthEnvelopedRecipient(key).setProvider(provider));
        } catch (CMSException | RuntimeException other) {
            return new byte[0];
        }
    }
}
