package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.identity.Credential;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A receiver of syslog over TLS that reads frames as RFC 5425 section 4.3.1 has them, and nothing else. */
final class SyslogReceiver implements AutoCloseable {
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<String> faults = new CopyOnWriteArrayList<>();
    /** The subjects of the certificates that were shown and taken. */
    final List<String> shown = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();
    private final SSLServerSocket server;
    /** Resets the connection after so many messages, what is unread with it; negative for never. */
    volatile int resetAfter = -1;

    private volatile SSLSocket current;

    /** @param port 0 for a free one */
    SyslogReceiver(Credential identity, int port) {
        this(identity, port, null);
    }

    /** @param clients whose certificates are demanded; null to ask for none */
    SyslogReceiver(Credential identity, int port, X509Certificate clients) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", identity.key(), new char[0], identity.chain().toArray(new Certificate[0]));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            if (clients != null) {
                trusted.setCertificateEntry("clients", clients);
            }
            trust.init(trusted);
            context.init(keys.getKeyManagers(), clients == null ? null : trust.getTrustManagers(), null);
            server = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(port, 10, InetAddress.getLoopbackAddress());
            server.setNeedClientAuth(clients != null);
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
        Thread thread = new Thread(this::serve, "syslog-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                current = socket;
                socket.startHandshake();
                if (server.getNeedClientAuth()) {
                    shown.add(socket.getSession().getPeerPrincipal().getName());
                }
                connections.incrementAndGet();
                read(socket);
            } catch (IOException refusedOrClosed) {
                // The next connection is looked at by itself.
            }
        }
    }

    private void read(SSLSocket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int taken = 0;
        while (true) {
            int length = length(in);
            if (length < 0) {
                return;
            }
            byte[] message = new byte[length];
            in.readFully(message);
            messages.add(new String(message, StandardCharsets.UTF_8));
            taken++;
            if (taken == resetAfter) {
                socket.setSoLinger(true, 0);
                throw new EOFException("reset");
            }
        }
    }

    /** MSG-LEN: digits, the first not zero, then one blank. */
    private int length(DataInputStream in) throws IOException {
        int digit = in.read();
        if (digit < 0) {
            return -1;
        }
        int length = 0;
        while (digit != ' ') {
            if (digit < '0' || digit > '9' || (length == 0 && digit == '0') || length > 100_000) {
                faults.add("not a length: " + digit);
                throw new IOException("framing");
            }
            length = length * 10 + digit - '0';
            digit = in.read();
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        server.close();
        SSLSocket last = current;
        if (last != null) {
            last.close();
        }
    }
}
