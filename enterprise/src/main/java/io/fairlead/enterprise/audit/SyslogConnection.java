package io.fairlead.enterprise.audit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One connection of syslog over TLS, framed by counts of octets (RFC 5425 section 4.3): {@code LENGTH SP MESSAGE}. Blocks.
 *
 * <p>Syslog has no acknowledgement. The nearest to one is the receiver's own close: it comes after the receiver has read
 * everything up to ours; a receiver that dies with something unread resets the connection instead.
 */
final class SyslogConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int BUFFER = 64 * 1024;

    private final SSLSocket socket;
    private final OutputStream out;

    SyslogConnection(SyslogTarget target, SSLContext context) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(target.host(), target.port()), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            socket = (SSLSocket) context.getSocketFactory().createSocket(plain, target.host(), target.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            // The certificate must bear the name that was configured.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        out.write((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
    }

    void flush() throws IOException {
        out.flush();
    }

    /**
     * Ends our side and waits for the receiver's end.
     *
     * @throws IOException when it does not come: then nobody knows what arrived
     */
    void confirm() throws IOException {
        out.flush();
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        byte[] unasked = new byte[512];
        int read = in.read(unasked);
        while (read >= 0) {
            read = in.read(unasked);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
