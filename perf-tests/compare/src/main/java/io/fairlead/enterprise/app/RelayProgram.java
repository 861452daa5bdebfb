package io.fairlead.enterprise.app;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.identity.Usage;
import io.fairlead.enterprise.kernel.AwsLc;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.enterprise.tunnel.RelayListener;
import io.fairlead.enterprise.tunnel.StreamFigures;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The relay as a process of its own, with the product's two TLS engines, to be measured; it is in
 * this package because the room of recordings is. Argument: a folder. Says its two
 * ports; for each line {@code plain} or {@code recorded} it says the headers by which both ends of a stream come in. Its
 * device shows no certificate: what that costs, it costs once.
 */
public final class RelayProgram implements RelayListener {
    private static final String KEY = "bb".repeat(16);
    private static final String LOG_IN = "aa".repeat(32);
    private static final SessionService SERVICE = new SessionService("disk", SessionService.Mode.USE);

    private final Ids ids = Ids.random();
    private final Clock clock = Clock.systemUTC();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Credential device;
    private final Credential server;
    private final Relay relay;

    private RelayProgram(Path folder) throws Exception {
        DataFolder data = new DataFolder(folder);
        Authority authority = Authority.open(data, clock, new SecureRandom());
        OwnCertificates own = new OwnCertificates(authority, data, clock);
        this.server = own.server("agents", Set.of("localhost"));
        this.device = own.server("people", Set.of("localhost"));
        RecordingRoom recordings = RecordingRoom.open(
                data,
                new EnterpriseConfig.Files(30, 1, 400),
                stream -> Future.succeededFuture("Nobody"),
                (ticket, ended) -> Future.succeededFuture(),
                new Blocking(vertx),
                Timers.of(vertx),
                clock,
                new SecureRandom());
        this.relay = new Relay(
                ids.next(),
                id -> Optional.of(server.leaf().getPublicKey()),
                recordings::tap,
                this,
                Timers.of(vertx),
                System::nanoTime,
                clock,
                Duration.ofMinutes(30));
        int agents = listen(
                TlsOptions.agents(server, authority.issuer(Usage.DEVICES)),
                request -> relay.agent(request, device.leaf()));
        int people = listen(TlsOptions.people(server), request -> relay.viewer(request, LOG_IN));
        System.out.println("ports " + agents + " " + people);
    }

    private int listen(HttpServerOptions options, Handler<HttpServerRequest> handler) {
        options.setMaxWebSocketFrameSize(Relay.MOST_FRAME).setWebSocketSubProtocols(List.of(Relay.SUBPROTOCOL));
        return vertx.createHttpServer(options)
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private void stream(boolean recorded) throws Exception {
        String session = ids.next();
        String stream = ids.next();
        Instant now = clock.instant();
        Instant end = now.plus(Duration.ofMinutes(30));
        String peer = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(device.leaf().getEncoded()));
        Receipt receipt = new Receipt(
                "analyser-7",
                peer,
                session,
                "cc".repeat(32),
                Receipt.Decision.GRANTED,
                List.of(SERVICE),
                now,
                end,
                Receipt.Means.POLICY_RULE,
                "site.conf",
                "dd".repeat(32),
                ids.next(),
                1);
        System.out.println("stream "
                + signed(
                        server,
                        ticket(session, stream, Ticket.Side.AGENT, peer, recorded, end)
                                .statement())
                + " " + signed(device, receipt.statement())
                + " "
                + signed(
                        server,
                        ticket(session, stream, Ticket.Side.VIEWER, LOG_IN, recorded, end)
                                .statement()));
    }

    private Ticket ticket(
            String session, String stream, Ticket.Side side, String bound, boolean recorded, Instant end) {
        return new Ticket(
                ids.next(),
                session,
                stream,
                "analyser-7",
                side,
                bound,
                SERVICE,
                Ticket.Kind.RAW,
                relay.start(),
                0,
                recorded,
                clock.instant().plus(Ticket.LIFE),
                end,
                KEY);
    }

    private static String signed(Credential by, byte[] statement) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by.key());
        signature.update(statement);
        return new SignedText(statement, signature.sign()).header();
    }

    @Override
    public void opened(Ticket agent, Ticket viewer) {
        System.err.println("opened " + agent.stream());
    }

    @Override
    public void closed(Ticket first, StreamCause cause, StreamFigures carried) {
        System.err.println("closed " + first.stream() + " " + cause + " " + carried);
    }

    public static void main(String[] args) {
        AwsLc.prefer();
        try {
            RelayProgram relay = new RelayProgram(Path.of(args[0]));
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    relay.stream(line.equals("recorded"));
                }
            }
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.err);
        } finally {
            // Its Vert.x would live on.
            System.exit(0);
        }
    }
}
