package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.kernel.CannotStart;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A root and three issuers under it, as they lie in one folder:
 * <pre>
 * root.crt root.key                 the root; its key lies where the root was made, unless it was taken away
 * devices.key devices.crt           the issuer of device certificates
 * servers.key servers.crt           of the listeners' certificates
 * signers.key signers.crt           of the instruction signers' certificates
 * </pre>
 *
 * @param number from 1
 */
record Generation(int number, X509Certificate root, Map<Usage, Credential> issuers) {
    Generation {
        issuers = Map.copyOf(issuers);
    }

    Credential issuer(Usage usage) {
        Credential issuer = issuers.get(usage);
        if (issuer == null) {
            throw new IllegalStateException("no issuer of " + usage.word());
        }
        return issuer;
    }

    /** The root and the three issuers. */
    List<X509Certificate> certificates() {
        List<X509Certificate> all = new ArrayList<>();
        all.add(root);
        for (Usage usage : Usage.values()) {
            all.add(issuer(usage).leaf());
        }
        return all;
    }

    /**
     * Reads a folder.
     *
     * @throws CannotStart when a file is missing, damaged or does not belong to the others; the message names it
     */
    static Generation load(int number, SecretFiles files) {
        X509Certificate root = certificate(files, "root.crt");
        mustBeSigned(files.path("root.crt"), root, root);
        Map<Usage, Credential> issuers = new EnumMap<>(Usage.class);
        for (Usage usage : Usage.values()) {
            X509Certificate certificate = certificate(files, usage.word() + ".crt");
            mustBeSigned(files.path(usage.word() + ".crt"), certificate, root);
            PrivateKey key = key(files, usage.word() + ".key");
            if (!KeyMatch.matches(key, certificate.getPublicKey())) {
                throw new CannotStart(
                        files.path(usage.word() + ".key") + " is not the key of " + usage.word() + ".crt beside it.");
            }
            issuers.put(usage, new Credential(key, List.of(certificate)));
        }
        return new Generation(number, root, issuers);
    }

    static void write(SecretFiles files, String name, Credential credential) throws IOException {
        files.write(name + ".key", Pem.of(credential.key()));
        files.write(name + ".crt", Pem.of(credential.chain()));
    }

    static X509Certificate certificate(SecretFiles files, String name) {
        try {
            return Pem.certificates(files.read(name)).get(0);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw unreadable(files, name, unreadable);
        }
    }

    static PrivateKey key(SecretFiles files, String name) {
        try {
            return Pem.key(files.read(name));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw unreadable(files, name, unreadable);
        }
    }

    private static CannotStart unreadable(SecretFiles files, String name, Exception cause) {
        return new CannotStart(
                files.path(name) + " cannot be read. Every agent trusts this authority: restore it from a backup.",
                cause);
    }

    private static void mustBeSigned(Path file, X509Certificate certificate, X509Certificate by) {
        try {
            certificate.verify(by.getPublicKey());
        } catch (GeneralSecurityException foreign) {
            throw new CannotStart(file + " is not signed by the root in root.crt beside it.", foreign);
        }
    }
}
