package io.fairlead.enterprise.identity;

import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * BoringSSL for many short connections: agents resume their sessions by tickets (RFC 8446, section 2.2), whose keys BoringSSL makes and
 * changes every two days, and the server's key is read once and not at each handshake.
 */
final class AgentsEngine extends OpenSSLEngineOptions {
    @Override
    public AgentsEngine copy() {
        return new AgentsEngine();
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new DefaultSslContextFactory(SslProvider.OPENSSL, isSessionCacheEnabled()) {
            @Override
            public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
                return super.keyMananagerFactory(new OpenSslCachingX509KeyManagerFactory(keys));
            }

            @Override
            public SslContext create() throws SSLException {
                SslContext context = super.create();
                if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                    sessions.setTicketKeys();
                }
                return context;
            }
        };
    }
}
