package io.fairlead.perf.compare;

import io.fairlead.perf.fleet.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Connections of devices to a server of this machine, each with the device's own certificate. TLS is 1.2 with AES-256:
 * BoringSSL's 1.3 would take AES-128, which Fairlead refuses. The server's certificate is not looked at: a load pays for what is
 * measured, and for nothing else.
 */
final class DeviceClients {
    private final Vertx vertx;
    private final Map<String, NetClient> clients = new HashMap<>();

    DeviceClients(Vertx vertx) {
        this.vertx = vertx;
    }

    /** By a client that is kept: it may resume what it had. */
    Future<NetSocket> connect(Identity identity, int port) {
        return clients.computeIfAbsent(identity.device(), name -> client(identity))
                .connect(port, "127.0.0.1");
    }

    /** By a client that was never there before, and is closed with its connection: a whole handshake. */
    Future<Void> shakeHands(Identity identity, int port) {
        NetClient fresh = client(identity);
        return fresh.connect(port, "127.0.0.1").compose(NetSocket::close).eventually(fresh::close);
    }

    /** A client has one key. */
    private NetClient client(Identity identity) {
        return vertx.createNetClient(new NetClientOptions()
                .setSsl(true)
                .setSslEngineOptions(new OpenSSLEngineOptions())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2"))
                .addEnabledCipherSuite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
                .setKeyCertOptions(key(identity))
                .setTcpNoDelay(true)
                .setTrustAll(true)
                .setHostnameVerificationAlgorithm(""));
    }

    private static PemKeyCertOptions key(Identity identity) {
        try {
            StringBuilder chain = new StringBuilder();
            for (X509Certificate each : identity.chain()) {
                chain.append(pem("CERTIFICATE", each.getEncoded()));
            }
            return new PemKeyCertOptions()
                    .addKeyValue(Buffer.buffer(pem("PRIVATE KEY", identity.key().getEncoded())))
                    .addCertValue(Buffer.buffer(chain.toString()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }
}
