package io.fairlead.perf.fleet;

import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Each agent's certificate, by one TLS policy for all: a context of its own for each of ten thousand would cost more than
 * the agents do. Whose connection an engine is for, its peer's port says, which is the agent's number: where the connection
 * really goes is another matter. By the same number TLS sessions are remembered, so that no agent resumes another's.
 *
 * <p>TLS is BoringSSL's, which takes a third of the memory and a seventh of the time of the JDK's that agents have. Of TLS 1.3
 * it offers the smaller suites as well, which the enterprise refuses, so that this is TLS 1.2; for the server both cost the
 * same signatures.
 */
public final class ShownCertificates extends X509ExtendedKeyManager {
    private static final String SUITE = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";

    private final List<Identity> identities;

    /** @param identities by the agents' numbers, from 0 */
    public ShownCertificates(List<Identity> identities) {
        this.identities = identities;
    }

    /** Has the client of these options show them; which servers it believes is for others to say. */
    public <O extends ClientOptionsBase> O by(O options) {
        options.setSsl(true)
                .setSslEngineOptions(new OpenSSLEngineOptions())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2"))
                .addEnabledCipherSuite(SUITE)
                .setKeyCertOptions(KeyCertOptions.wrap(this));
        return options;
    }

    /** What stands for an agent where a port is expected. */
    public static int port(int agent) {
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
