package io.fairlead.agent.link;

import io.fairlead.agent.link.HttpsExchange.Answer;
import io.fairlead.agent.link.LinkException.Loss;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Tries what lies between this PC and a server, a step at a time, for a report to people. Each step goes over a connection
 * of its own by the site's routes, and ends with it. Blocks; thread-safe.
 */
public final class Sounder {
    /** Where an enterprise answers whoever shows a device's certificate, at once or after some seconds. */
    static final String HOLD = "/reach/hold?seconds=";
    /** Where it lets a WebSocket in, says a word and closes. */
    static final String UPGRADE = "/reach/socket";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_FRAME = 125;

    private final Dialer dialer;
    private final Supplier<Instant> now;

    /** @param now by which certificates are judged */
    public Sounder(Dialer dialer, Supplier<Instant> now) {
        this.dialer = dialer;
        this.now = now;
    }

    /** The ways that are tried to a server, in this order. */
    public List<Route> routes(ServerAddress server) throws Obstructed {
        try {
            return dialer.routes(server);
        } catch (IOException e) {
            throw new Obstructed(Obstacle.PROXY_UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Connects, and says by which route. */
    public Route connect(ServerAddress server) throws Obstructed {
        try {
            Dialer.Way way = dialer.way(server, CONNECT, ANSWER);
            way.socket().close();
            return way.route();
        } catch (IOException e) {
            throw Obstructed.connecting(e);
        }
    }

    /** Shakes hands by TLS with whoever is there; the caller judges what it shows. */
    public Shown shown(ServerAddress server) throws Obstructed {
        try (Socket way = way(server)) {
            return TlsSockets.shownAt(way, server, Math.toIntExact(ANSWER.toMillis()));
        } catch (SSLException e) {
            boolean hungUp = String.valueOf(e.getMessage()).contains("terminated the handshake");
            throw new Obstructed(
                    hungUp ? Obstacle.CUT : Obstacle.NO_TLS,
                    (hungUp ? "the connection was cut in the TLS handshake: " : "no TLS: ")
                            + ServerTrust.oneLine(String.valueOf(e.getMessage()), 200),
                    e);
        } catch (SocketTimeoutException e) {
            throw new Obstructed(
                    Obstacle.CUT, "connected, and then silent: no TLS within " + ANSWER.toSeconds() + " s", e);
        } catch (IOException e) {
            throw new Obstructed(Obstacle.CUT, "the connection was cut in the TLS handshake: " + Dialer.words(e), e);
        }
    }

    private Socket way(ServerAddress server) throws Obstructed {
        try {
            return dialer.openBlockable(server, CONNECT, ANSWER);
        } catch (IOException e) {
            throw Obstructed.connecting(e);
        }
    }

    /**
     * Something fetched from a server that nobody has judged.
     *
     * @param shown what the server showed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Fetched(int status, byte[] body, Shown shown) {}

    /** Fetches something public of at most 256 KiB, without a word about who asks. */
    public Fetched fetch(ServerAddress server, String path) throws LinkException {
        BootstrapPeer peer = new BootstrapPeer();
        Answer answer = new HttpsExchange(server, dialer, TlsSockets.forBootstrap(peer), null).get(path, ANSWER);
        return new Fetched(
                answer.status(), answer.body().readAllBytes(), new Shown("", peer.chain(), Optional.empty()));
    }

    /**
     * The authorities of the enterprise whose root has this key, as the server itself names them.
     *
     * @param rootKeyHash base64url of SHA-256 over the root's SubjectPublicKeyInfo
     * @throws LinkException when it names none under that root
     */
    public PinnedCas authorities(ServerAddress server, String rootKeyHash) throws LinkException {
        Fetched fetched = fetch(server, "/.well-known/est/cacerts");
        try {
            return PinnedCas.find(
                    fetched.status() == 200
                            ? Pem.certificates(Base64.getMimeDecoder().decode(fetched.body()))
                            : List.of(),
                    rootKeyHash);
        } catch (CertificateException | IllegalArgumentException e) {
            throw LinkException.tlsRefused(
                    server
                            + " names no root whose key has that hash: another enterprise's server, or not one for agents",
                    e);
        }
    }

    /**
     * What came of a request that a server holds.
     *
     * @param here whether there is a place at that server that answers devices
     * @param time the server's
     */
    public record Held(boolean here, Instant time) {}

    /**
     * Has a server hold a request, under mutual TLS, for so long.
     *
     * @param seconds 0 to 60
     * @throws Obstructed with {@link Obstacle#CUT} when the answer never came
     */
    public Held hold(Identity shown, ServerAddress server, int seconds) throws Obstructed {
        ServerTrust trust = new ServerTrust(shown.cas(), now);
        HttpsExchange exchange = new HttpsExchange(
                server, dialer, TlsSockets.trusting(trust, new ClientKey(shown.key(), shown.chain())), trust);
        try {
            // A POST: the JDK may repeat a GET whose connection was cut.
            Answer answer = exchange.post(HOLD + seconds, Map.of(), new byte[0], ANSWER.plusSeconds(seconds));
            String time = answer.own().getOrDefault("fairlead-time", "");
            if (answer.status() == 204 && !time.isEmpty()) {
                return new Held(true, Instant.parse(time));
            }
            String fault = answer.own().getOrDefault("fairlead-fault", "");
            if (!fault.isEmpty()) {
                throw new Obstructed(
                        answer.status() >= 500 ? Obstacle.BAD_ANSWER : Obstacle.DEVICE_REFUSED,
                        "the server refuses this device's certificate or request: " + ServerTrust.oneLine(fault, 60),
                        new IOException("HTTP " + answer.status()));
            }
            return new Held(false, Instant.EPOCH);
        } catch (LinkException e) {
            throw e.loss().map(loss -> lost(loss, e)).orElseGet(() -> Obstructed.asking(e));
        } catch (DateTimeException e) {
            throw new Obstructed(Obstacle.BAD_ANSWER, "the server's time cannot be read", e);
        }
    }

    private static Obstructed lost(Loss loss, LinkException e) {
        return new Obstructed(
                Obstacle.CUT, loss == Loss.SILENT ? "the answer never came" : "the connection was closed", e);
    }

    /**
     * Opens a WebSocket under mutual TLS, as remote sessions do, and hears the server's word.
     *
     * @throws Obstructed also with {@link Obstacle#BAD_ANSWER}: something answers, and not with a WebSocket
     */
    public void upgrade(Identity shown, ServerAddress server) throws Obstructed {
        TlsSockets sockets =
                TlsSockets.trusting(new ServerTrust(shown.cas(), now), new ClientKey(shown.key(), shown.chain()));
        try (Socket way = way(server)) {
            way.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
            try (Socket tls = sockets.over(way, server)) {
                String key = key();
                tls.getOutputStream().write(request(server, key));
                tls.getOutputStream().flush();
                InputStream in = new BufferedInputStream(tls.getInputStream());
                TunnelAnswer.read(in).require(key);
                word(in);
            }
        } catch (RelayRefused e) {
            throw new Obstructed(Obstacle.BAD_ANSWER, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Obstructed(Obstacle.CUT, "no WebSocket: " + Dialer.words(e), e);
        }
    }

    /** A text frame of at most 125 bytes, unmasked (RFC 6455 section 5.2). */
    private static void word(InputStream in) throws IOException {
        int first = in.read();
        int length = in.read();
        if (first != 0x81 || length < 1 || length > MOST_FRAME || in.readNBytes(length).length < length) {
            throw new IOException("no frame came through");
        }
    }

    private static String key() {
        byte[] nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        return Base64.getEncoder().encodeToString(nonce);
    }

    private static byte[] request(ServerAddress server, String key) {
        return String.join(
                        "\r\n",
                        "GET " + UPGRADE + " HTTP/1.1",
                        "Host: " + server,
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: " + key,
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
