package io.fairlead.agent.reach;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.link.TlsServer;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.format.JsonList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A server as far as a check asks it: it publishes a list, knows devices, holds requests and lets WebSockets in. */
public final class TestEnterprise implements AutoCloseable {
    private final TlsServer server;
    private final TestAuthority authority;
    private volatile TestAuthority.Holder signer;
    private volatile byte[] list = new byte[0];
    private volatile byte[] signed = new byte[0];
    private volatile Optional<Row[]> then = Optional.empty();
    /** How it answers beyond the handshake. */
    volatile boolean upgrades = true;

    volatile boolean holds = true;

    public TestEnterprise(TestAuthority authority) {
        this.authority = authority;
        this.signer = authority.listSigner();
        this.server = new TlsServer(authority.server("localhost", "127.0.0.1"), this::answer);
    }

    public ServerAddress address() {
        return server.address("localhost");
    }

    /** Has it publish these rows, signed as they should be. */
    public TestEnterprise publishes(Row... rows) {
        list = text(rows);
        signed = list;
        return this;
    }

    /** Has it show other rows than those that were signed. */
    public void forges(Row... rows) {
        list = text(rows);
    }

    /** Has it publish other rows when somebody has just fetched the list. */
    void publishesThen(Row... rows) {
        then = Optional.of(rows);
    }

    /** Has it sign with another key. */
    public void signsBy(TestAuthority.Holder other) {
        signer = other;
    }

    private static byte[] text(Row... rows) {
        return new JsonList(
                        new Remark("Example"),
                        new Word("2026112201"),
                        Instant.now(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(rows))
                .text()
                .getBytes(StandardCharsets.UTF_8);
    }

    private void answer(TlsServer.Request request, OutputStream out) throws Exception {
        switch (request.path()) {
            case "/firewall/endpoints?format=json" -> {
                byte[] now = list;
                Optional<TestEnterprise> unused = then.map(this::publishes);
                then = Optional.empty();
                TlsServer.http(out, 200, "application/json", now);
            }
            case "/firewall/signature" -> TlsServer.http(out, 200, "application/octet-stream", signature());
            case "/firewall/signer.pem" ->
                TlsServer.http(out, 200, "application/pem-certificate-chain", pem(signer.chain()));
            case "/.well-known/est/cacerts" ->
                TlsServer.http(
                        out,
                        200,
                        "application/pkcs7-mime",
                        Base64.getMimeEncoder().encode(TestAuthority.pkcs7(authority.all())));
            default -> device(request, out);
        }
    }

    private byte[] signature() throws GeneralSecurityException {
        Signature made = Signature.getInstance("SHA256withECDSA");
        made.initSign(signer.key());
        made.update(signed);
        return made.sign();
    }

    private static byte[] pem(List<X509Certificate> chain) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : chain) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(each.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void device(TlsServer.Request request, OutputStream out) throws Exception {
        boolean hold = request.path().startsWith("/reach/hold?seconds=")
                && request.method().equals("POST");
        if (request.client().length == 0) {
            TlsServer.http(out, 401, "text/plain", new byte[0]);
        } else if (hold && (holds || request.path().endsWith("=0"))) {
            out.write(("HTTP/1.1 204 x\r\nFairlead-Time: " + Instant.now() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } else if (hold) {
            throw new IOException("cut");
        } else if (request.path().equals("/reach/socket") && upgrades) {
            upgrade(request, out);
        } else {
            TlsServer.http(out, 502, "text/plain", new byte[0]);
        }
    }

    private static void upgrade(TlsServer.Request request, OutputStream out) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((request.headers().get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(("HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[] {(byte) 0x81, 2, 'o', 'k'});
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
