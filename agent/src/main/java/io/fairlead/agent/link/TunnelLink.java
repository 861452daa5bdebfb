package io.fairlead.agent.link;

import io.fairlead.statements.SignedText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Opens one stream of a remote session at a relay: a WebSocket (RFC 6455) over the site's routes, under this device's mutual
 * TLS with the pinned issuers of servers and the host name checked. Nothing is sent twice and no redirect followed. Blocks;
 * thread-safe.
 */
public final class TunnelLink {
    private static final String PATH = "/tunnel";
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_.\\-]{1,8192}");
    /** Where there is another way. */
    private static final Haste HASTE = new Haste(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(6));
    /** Where there is none. */
    private static final Haste PATIENCE =
            new Haste(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(15));

    private static final int BUFFER = 16 * 1024;

    private final Dialer dialer;
    private final Supplier<Instant> now;
    private final Duration ping;
    private final Duration silence;
    private final Haste haste;
    private final SecureRandom random = new SecureRandom();

    /**
     * How long the parts of a beginning may take.
     *
     * @param connect one connection, to an address of a proxy or of the relay
     * @param proxy until a proxy has reached the relay for us
     * @param handshake each answer of TLS and of the relay
     */
    record Haste(Duration connect, Duration proxy, Duration handshake) {}

    /** @param now the later of the PC's clock and the last trusted server time */
    public TunnelLink(Dialer dialer, Supplier<Instant> now) {
        this(dialer, now, TunnelSocket.PING, TunnelSocket.SILENCE, HASTE);
    }

    TunnelLink(Dialer dialer, Supplier<Instant> now, Duration ping, Duration silence, Haste haste) {
        this.dialer = dialer;
        this.now = now;
        this.haste = haste;
        this.ping = ping;
        this.silence = silence;
    }

    /**
     * Goes to the relay; the caller closes what comes back.
     *
     * @param shown whose certificate is shown: the one that signed the receipt
     * @param ticket as the order had it
     * @param scribe says what is carried
     * @param last whether there is no other way: then it may take its time
     * @throws RelayRefused when the relay does not let this stream in
     * @throws IOException when the relay cannot be reached, or is not the enterprise's
     */
    TunnelSocket open(
            Identity shown, ServerAddress relay, String ticket, SignedText receipt, Scribe scribe, boolean last)
            throws IOException {
        if (!HEADER.matcher(ticket).matches()) {
            throw new IOException("the ticket is none");
        }
        TlsSockets sockets =
                TlsSockets.trusting(new ServerTrust(shown.cas(), now), new ClientKey(shown.key(), shown.chain()));
        Haste most = last ? PATIENCE : haste;
        Socket way = dialer.openBlockable(relay, most.connect(), most.proxy());
        try {
            way.setSoTimeout(Math.toIntExact(most.handshake().toMillis()));
            Socket tls = sockets.over(way, relay);
            InputStream in = new BufferedInputStream(tls.getInputStream(), BUFFER);
            String key = key();
            tls.getOutputStream().write(request(relay, key, ticket, receipt));
            tls.getOutputStream().flush();
            TunnelAnswer.read(in).require(key);
            return new TunnelSocket(way, tls, in, random, ping, silence, scribe);
        } catch (IOException | RuntimeException e) {
            way.close();
            throw e;
        }
    }

    private String key() {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        return Base64.getEncoder().encodeToString(nonce);
    }

    private static byte[] request(ServerAddress relay, String key, String ticket, SignedText receipt) {
        return String.join(
                        "\r\n",
                        "GET " + PATH + " HTTP/1.1",
                        "Host: " + relay,
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: " + key,
                        "Fairlead-Ticket: " + ticket,
                        "Fairlead-Receipt: " + receipt.header(),
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
