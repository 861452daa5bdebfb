package io.fairlead.enterprise.tunnel;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.identity.TestClock;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A relay on a listener of its own, with an enterprise that signs tickets and a device that signs receipts. */
final class TestTunnel implements AutoCloseable, RelayListener {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    /** Small, so that what is kept beside them is seen. */
    private static final int SOCKET_BUFFER = 64 * 1024;

    static final Duration IDLE = Duration.ofMinutes(10);
    static final String LOG_IN = "aa".repeat(32);
    static final SessionService DESKTOP = new SessionService("desktop", Mode.CONTROL);
    private static final String KEY = "bb".repeat(16);

    final Vertx vertx = Vertx.vertx();
    final TestClock clock = new TestClock(NOON);
    final AtomicLong nanos = new AtomicLong();
    final Signer enterprise = new Signer();
    final Signer device = new Signer();
    final Ids ids = Ids.random();
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    final Map<String, StreamFigures> figures = new ConcurrentHashMap<>();
    final Relay relay;
    private final Map<WebSocket, Future<Integer>> closings = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final WebSocketClient client;

    /** A key and a certificate of its own. */
    static final class Signer {
        final KeyPair pair;
        final X509Certificate certificate;

        Signer() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                pair = generator.generateKeyPair();
                X500Name name = new X500Name("CN=analyser-7");
                certificate = new JcaX509CertificateConverter()
                        .getCertificate(new JcaX509v3CertificateBuilder(
                                        name,
                                        BigInteger.ONE,
                                        Date.from(NOON),
                                        Date.from(NOON.plusSeconds(86_400)),
                                        name,
                                        pair.getPublic())
                                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        PublicKey key() {
            return pair.getPublic();
        }

        String sign(byte[] statement) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(pair.getPrivate());
                signature.update(statement);
                return new SignedText(statement, signature.sign()).header();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    TestTunnel(Timers timers, Function<Ticket, StreamTap> taps) {
        relay = new Relay(
                ids.next(),
                id -> id.equals(KEY) ? Optional.of(enterprise.key()) : Optional.empty(),
                taps,
                this,
                timers,
                nanos::get,
                clock,
                IDLE);
        server = await(vertx.createHttpServer(new HttpServerOptions()
                        .setMaxWebSocketFrameSize(Relay.MOST_FRAME)
                        .setWebSocketClosingTimeout(1)
                        .setWebSocketSubProtocols(List.of(Relay.SUBPROTOCOL))
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setMaxHeaderSize(8_192)
                        .setReceiveBufferSize(SOCKET_BUFFER)
                        .setSendBufferSize(SOCKET_BUFFER))
                .requestHandler(request -> {
                    if (request.getHeader(Relay.TICKET_HEADER) != null) {
                        relay.agent(request, device.certificate);
                    } else {
                        relay.viewer(request, LOG_IN);
                    }
                })
                .listen(0, "127.0.0.1"));
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(Relay.MOST_FRAME)
                .setMaxConnections(5_000)
                .setReceiveBufferSize(SOCKET_BUFFER)
                .setSendBufferSize(SOCKET_BUFFER));
    }

    Ticket ticket(String session, String stream, Ticket.Side side) {
        return new Ticket(
                ids.next(),
                session,
                stream,
                "analyser-7",
                side,
                side == Ticket.Side.AGENT ? ReceiptGate.fingerprint(device.certificate) : LOG_IN,
                DESKTOP,
                Ticket.Kind.RFB,
                relay.start(),
                0,
                true,
                clock.instant().plus(Ticket.LIFE),
                NOON.plus(Duration.ofMinutes(30)),
                KEY);
    }

    String signed(Ticket ticket) {
        return enterprise.sign(ticket.statement());
    }

    Receipt receipt(String session) {
        return new Receipt(
                "analyser-7",
                ReceiptGate.fingerprint(device.certificate),
                session,
                "cc".repeat(32),
                Receipt.Decision.GRANTED,
                List.of(DESKTOP),
                NOON,
                NOON.plus(Duration.ofMinutes(30)),
                Receipt.Means.COMPANION,
                "lab3",
                "dd".repeat(32),
                ids.next(),
                1);
    }

    Future<WebSocket> agent(String ticket, String receipt) {
        return connected(at().addHeader(Relay.TICKET_HEADER, ticket).addHeader(Relay.RECEIPT_HEADER, receipt));
    }

    Future<WebSocket> agent(String session, String stream, UnaryOperator<Ticket> change) {
        return agent(
                signed(change.apply(ticket(session, stream, Ticket.Side.AGENT))),
                device.sign(receipt(session).statement()));
    }

    Future<WebSocket> viewer(String ticket) {
        return connected(at().addSubProtocol(Relay.SUBPROTOCOL).addSubProtocol(Relay.TICKET_SUBPROTOCOL + ticket));
    }

    Future<WebSocket> viewer(String session, String stream, UnaryOperator<Ticket> change) {
        return viewer(signed(change.apply(ticket(session, stream, Ticket.Side.VIEWER))));
    }

    /**
     * Paused: what comes before somebody listens would be lost. Asked for on the event loop that the socket lives on, so that
     * it cannot be closed before its end is listened for.
     */
    private Future<WebSocket> connected(WebSocketConnectOptions to) {
        Promise<WebSocket> connected = Promise.promise();
        vertx.runOnContext(here -> client.connect(to)
                .onSuccess(socket -> {
                    Promise<Integer> code = Promise.promise();
                    closings.put(socket, code.future());
                    socket.closeHandler(gone -> {
                        Short told = socket.closeStatusCode();
                        code.tryComplete(told == null ? -1 : (int) told);
                    });
                    WebSocket unusedSilent = socket.pause();
                })
                .onComplete(connected));
        return connected.future();
    }

    /** With which code a socket is closed. */
    Future<Integer> closing(WebSocket socket) {
        WebSocket unusedListening = socket.resume();
        return Objects.requireNonNull(closings.get(socket));
    }

    /** Sends from a viewer, and waits until the relay has seen it. */
    void passes(WebSocket viewer, Buffer bytes) {
        long wanted = fromViewers() + bytes.length();
        Void unused = await(viewer.writeBinaryMessage(bytes));
        while (fromViewers() < wanted) {
            Thread.onSpinWait();
        }
    }

    private long fromViewers() {
        return relay.open().stream()
                .mapToLong(stream -> stream.figures().fromViewer())
                .sum();
    }

    int port() {
        return server.actualPort();
    }

    private WebSocketConnectOptions at() {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost("127.0.0.1").setPort(server.actualPort()).setURI(Relay.PATH);
        return options;
    }

    @Override
    public void opened(Ticket agent, Ticket viewer) {
        heard.add("opened " + agent.stream());
    }

    @Override
    public void closed(Ticket first, StreamCause cause, StreamFigures carried) {
        figures.put(first.stream(), carried);
        heard.add("closed " + first.stream() + " " + cause);
    }

    @Override
    public void close() {
        Void unusedKept = await(relay.close());
        Void unused = await(vertx.close());
    }
}
