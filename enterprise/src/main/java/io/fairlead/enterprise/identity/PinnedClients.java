package io.fairlead.enterprise.identity;

import io.fairlead.soap.Refusal;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * For a listener whose clients are known by the SHA-256 of their whole certificate, which is judged at every request: who
 * issued it, when, and until when it is valid, is nothing here. What TLS itself proves is that the client has the key; so
 * only keys that prove something, and cost a bounded time to ask, are taken. A server's certificate it takes none: it is no
 * good for a client.
 */
final class PinnedClients extends X509ExtendedTrustManager {
    private static void judge(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("none presented");
        }
        try {
            ClientKey unused = ClientKey.of(chain[0].getPublicKey());
        } catch (Refusal refusal) {
            throw new CertificateException(refusal.getMessage(), refusal);
        }
    }

    private static CertificateException never() {
        return new CertificateException("this trusts no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw never();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw never();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw never();
    }

    /** None: clients are asked for whatever certificate they have. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
