package io.fairlead.agent.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where the JDK's HTTPS client gets its connections to one server: it believes to connect straight, and the
 * {@link Dialer} chooses the way. Then TLS is laid over, under our policy.
 */
final class RoutedSockets extends SSLSocketFactory {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ServerAddress server;
    private final Dialer dialer;
    private final TlsSockets tls;

    RoutedSockets(ServerAddress server, Dialer dialer, TlsSockets tls) {
        this.server = server;
        this.dialer = dialer;
        this.tls = tls;
    }

    /** A connection to our server without TLS; the caller closes it. */
    Socket way() throws IOException {
        return dialer.open(server, CONNECT);
    }

    /** A socket that, whatever it is told to connect to, goes to our server. */
    @Override
    public Socket createSocket() {
        return new Routed();
    }

    @Override
    public Socket createSocket(Socket layered, String host, int port, boolean autoClose) throws IOException {
        if (layered instanceof Routed routed) {
            return tls.over(routed.way(), server);
        }
        throw beside();
    }

    /** When TLS cannot be laid over, the JDK tries a connection of its own, past all proxies. It shall not have one. */
    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw beside();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw beside();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw beside();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw beside();
    }

    private static IOException beside() {
        return new IOException("there is no way beside the routes");
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.cipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.cipherSuites();
    }

    /** Holds the place of the connection that the dialer makes; never connected itself. */
    private final class Routed extends Socket {
        private volatile @Nullable Socket way;

        Routed() {
            super(Proxy.NO_PROXY);
        }

        private Socket way() throws SocketException {
            Socket found = way;
            if (found == null) {
                throw new SocketException("not connected");
            }
            return found;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            way = dialer.open(server, Duration.ofMillis(timeout));
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return way().getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return way().getOutputStream();
        }

        @Override
        public void setTcpNoDelay(boolean on) throws SocketException {
            if (way != null) {
                way().setTcpNoDelay(on);
            }
        }

        @Override
        public synchronized void setSoTimeout(int millis) throws SocketException {
            if (way != null) {
                way().setSoTimeout(millis);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            super.close();
            Socket found = way;
            if (found != null) {
                found.close();
            }
        }
    }
}
