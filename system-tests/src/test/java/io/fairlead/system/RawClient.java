package io.fairlead.system;

import io.fairlead.agent.link.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Says to the agents' listener whatever a test wants, byte by byte, with a device's certificate or without. */
final class RawClient implements AutoCloseable {
    private static final int LONGEST_SILENCE_MILLIS = 60_000;

    private static final int LONGEST_BODY_MILLIS = 30_000;

    private final SSLSocket socket;

    RawClient(int port, Identity trusted, boolean withCertificate) throws IOException, GeneralSecurityException {
        socket =
                (SSLSocket) context(trusted, withCertificate).getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
        socket.setEnabledCipherSuites(
                new String[] {"TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
    }

    /** Trusts what the device trusts. */
    static SSLContext context(Identity trusted, boolean withCertificate) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(withCertificate ? keys(trusted) : null, trust(trusted).getTrustManagers(), null);
        return context;
    }

    /** An answer: status, headers in lower case, body. */
    record Answer(int status, Map<String, String> headers, String body) {
        /** The stable key of the fault in the body. */
        String fault() {
            int at = body.indexOf(" key=\"");
            return at < 0 ? "" : body.substring(at + 6, body.indexOf('"', at + 6));
        }
    }

    /** The usual head of a call; more lines may be added, each ended by CRLF. */
    static String head(String operation, long length, String more) {
        return "POST /agent HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n"
                + "SOAPAction: \"urn:fairlead:agent-channel:1/" + operation + "\"\r\n"
                + (length < 0 ? "" : "Content-Length: " + length + "\r\n") + more + "\r\n";
    }

    Answer call(String operation, byte[] body) throws IOException {
        return call(operation, body, "");
    }

    Answer call(String operation, byte[] body, String more) throws IOException {
        write(head(operation, body.length, more).getBytes(StandardCharsets.US_ASCII));
        try {
            write(body);
        } catch (IOException closedByServer) {
            return answer();
        }
        return answer();
    }

    void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Reads one answer that has a Content-Length. */
    Answer answer() throws IOException {
        InputStream in = socket.getInputStream();
        List<String> head = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String each : head.subList(1, head.size())) {
            int colon = each.indexOf(':');
            headers.put(
                    each.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    each.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(
                Integer.parseInt(head.get(0).split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    /** All that comes until the server ends the connection, which must not take longer than a slow body may. */
    String rest() throws IOException {
        socket.setSoTimeout(LONGEST_BODY_MILLIS);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException stands) {
            throw stands;
        } catch (IOException ended) {
            // Without a word of TLS, which is an end as well.
            return all.toString(StandardCharsets.UTF_8);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server has ended the connection. */
    boolean isEnded() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended in the head");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static KeyManager[] keys(Identity identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("device", identity.key(), new char[0], new Certificate[] {identity.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        return keys.getKeyManagers();
    }

    private static TrustManagerFactory trust(Identity identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", identity.cas().roots().get(0));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        return trust;
    }

    /** Closes without waiting for what a peer that stands still would say to it. */
    void hangUp() throws IOException {
        socket.setSoTimeout(1);
        try {
            socket.close();
        } catch (SocketTimeoutException said) {
            assert socket.isClosed();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
