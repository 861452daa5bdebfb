package io.fairlead.enterprise.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which authority a server's certificate must come from.
 *
 * @param kind {@code ca} with certificates in PEM, {@code root-key} with the SHA-256 of the root's public key in base64url,
 *     or {@code system} for those of the Java that runs this
 */
record Trust(String kind, String value) {
    static final Trust SYSTEM = new Trust("system", "");

    /** Checks the chain and the name. */
    TrustManager manager() throws GeneralSecurityException {
        return switch (kind) {
            case "ca" -> of(certificates());
            case "root-key" -> new Pinned(value);
            default -> standard(null);
        };
    }

    private List<X509Certificate> certificates() throws CertificateException {
        List<X509Certificate> all = new ArrayList<>();
        for (var one : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8)))) {
            all.add((X509Certificate) one);
        }
        if (all.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return all;
    }

    private static X509ExtendedTrustManager of(List<X509Certificate> anchors) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("anchor" + i, anchors.get(i));
            }
            return standard(store);
        } catch (IOException impossible) {
            throw new CertificateException("an empty store is always made", impossible);
        }
    }

    private static X509ExtendedTrustManager standard(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager one : factory.getTrustManagers()) {
            if (one instanceof X509ExtendedTrustManager manager) {
                return manager;
            }
        }
        throw new CertificateException("this Java has no trust manager");
    }

    /** Trusts the certificate in the chain whose key is the pinned one, and nothing else. */
    private static final class Pinned extends X509ExtendedTrustManager {
        private final String keySha256;

        Pinned(String keySha256) {
            this.keySha256 = keySha256;
        }

        private X509ExtendedTrustManager by(X509Certificate[] chain) throws CertificateException {
            try {
                for (X509Certificate one : chain) {
                    byte[] digest = MessageDigest.getInstance("SHA-256")
                            .digest(one.getPublicKey().getEncoded());
                    if (keySha256.equals(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))) {
                        return of(List.of(one));
                    }
                }
            } catch (GeneralSecurityException failed) {
                throw new CertificateException(failed);
            }
            throw new CertificateException("no certificate in the chain has the root key that was named");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            by(chain).checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            by(chain).checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("without a name nothing is trusted");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
