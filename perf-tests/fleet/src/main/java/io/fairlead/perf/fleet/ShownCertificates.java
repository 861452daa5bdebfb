package io.fairlead.perf.fleet;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Each agent's certificate, by one TLS policy for all: a context of its own for each of ten thousand would cost more than
 * the agents do. Whose connection an engine is for, its peer's port says, which is the agent's number: where the connection
 * really goes is another matter. By the same number TLS sessions are remembered, so that no agent resumes another's.
 */
final class ShownCertificates extends X509ExtendedKeyManager {
    private final List<Identity> identities;

    ShownCertificates(List<Identity> identities) {
        this.identities = identities;
    }

    /** What stands for an agent where a port is expected. */
    static int port(int agent) {
        return agent + 1;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        int agent = engine.getPeerPort() - 1;
        return agent >= 0 && agent < identities.size() ? Integer.toString(agent) : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity(alias).key();
    }

    private Identity identity(String alias) {
        return identities.get(Integer.parseInt(alias));
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(@Nullable String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
