package io.fairlead.agent.link;

import io.fairlead.statements.NotAStatement;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SignedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A receipt as it is kept: its text, the line {@code signature} with base64, and the certificates from the device's to its
 * issuer's in PEM. Whoever has the enterprise's root can tell whether it is genuine, without asking anybody.
 */
public record KeptReceipt(SignedText text, List<X509Certificate> chain) {
    /** Bytes of such a file, at most. */
    public static final int MOST_BYTES = 32 * 1024;

    private static final String SIGNATURE = "\nsignature ";

    public KeptReceipt {
        chain = List.copyOf(chain);
    }

    /** SHA-256 of a certificate, 64 hexadecimal digits: how receipts name a device's. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /** The file. */
    public byte[] file() {
        try {
            String head = new String(text.statement(), StandardCharsets.UTF_8).stripTrailing();
            String signature = Base64.getEncoder().encodeToString(text.signature());
            String pem = new String(Pem.text(chain), StandardCharsets.US_ASCII);
            return (head + SIGNATURE + signature + "\n" + pem).getBytes(StandardCharsets.UTF_8);
        } catch (CertificateException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /**
     * Reads a file back, to the last byte.
     *
     * @throws IOException when it is none; whether it is genuine, {@link #judged} says
     */
    public static KeptReceipt of(byte[] file) throws IOException {
        String all = new String(file, StandardCharsets.UTF_8);
        int signature = all.lastIndexOf(SIGNATURE);
        int end = signature < 0 ? -1 : all.indexOf('\n', signature + 1);
        if (end < 0 || file.length > MOST_BYTES) {
            throw new IOException("this is no receipt");
        }
        try {
            KeptReceipt read = new KeptReceipt(
                    new SignedText(
                            all.substring(0, signature + 1).getBytes(StandardCharsets.UTF_8),
                            Base64.getDecoder().decode(all.substring(signature + SIGNATURE.length(), end))),
                    Pem.certificates(all.substring(end + 1).getBytes(StandardCharsets.US_ASCII)));
            if (Arrays.equals(read.file(), file)) {
                return read;
            }
        } catch (IllegalArgumentException | CertificateException e) {
            throw new IOException("this is no receipt: " + e.getMessage(), e);
        }
        throw new IOException("this is no receipt, or it was changed");
    }

    /**
     * What it says, once it is known that a device signed it whose certificate comes from one of these roots and was good
     * then.
     *
     * @throws CertificateException saying why it is not genuine
     */
    public Receipt judged(List<X509Certificate> roots) throws CertificateException {
        if (chain.size() != 2) {
            throw new CertificateException("it does not come with a device's certificate and its issuer's");
        }
        X509Certificate device = chain.get(0);
        Receipt receipt;
        try {
            receipt = Receipt.of(text.statement());
        } catch (NotAStatement e) {
            throw new CertificateException("its text is none of a receipt: " + e.getMessage(), e);
        }
        if (!text.isBy(device.getPublicKey())) {
            throw new CertificateException("the signature is not the device's");
        }
        if (!receipt.certificate().equals(fingerprint(device))
                || !receipt.device().equals(PinnedCas.commonName(device))
                || !PinnedCas.mayBeUsedFor(PinnedCas.CLIENT_AUTH, device)) {
            throw new CertificateException("the certificate is another one than it names");
        }
        for (X509Certificate root : roots) {
            if (PinnedCas.signedBy(chain.get(1), root)) {
                ServerTrust.requirePath(chain, root, receipt.at());
                return receipt;
            }
        }
        throw new CertificateException("the certificate comes from another root");
    }
}
