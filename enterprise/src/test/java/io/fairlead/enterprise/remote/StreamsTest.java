package io.fairlead.enterprise.remote;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.fleet.TestFleet.hex;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.identity.TestEnrolments;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.identity.TicketSigner;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.enterprise.tunnel.StreamTap;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.XmlReaders;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One stream of a granted session through the real relay, over real sockets, with an agent made by hand. */
class StreamsTest {
    private static final SessionService SHELL = new SessionService("shell", Mode.TERMINAL);
    private static final SessionService CONTROL = new SessionService("desktop", Mode.CONTROL);
    private static final SessionService VIEW = new SessionService("desktop", Mode.VIEW);
    private static final Actor BERT = Actor.person("bert", true);

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final TestFleet fleet = new TestFleet(clock);
    private final Instructions instructions = new Instructions(
            fleet.database,
            fleet.devices,
            fleet.rights,
            bytes -> new SignedBytes(bytes, new byte[] {1, 2}, hex(7), new byte[] {3, 4}),
            new Documents(XmlReaders.ofJdk()),
            fleet.audit,
            clock);
    private final RemoteSessions sessions = new RemoteSessions(
            fleet.database, fleet.devices, fleet.rights, instructions, fleet.audit, Ids.random(), clock);
    private final Notifications notifications =
            new Notifications(fleet.vertx, fleet.postgres.appConnection(), Timers.of(fleet.vertx));
    private final DeviceId lab = fleet.enrolled("LAB-7", hex(1));
    private X509Certificate certificate;
    private Streams streams;
    private Relay relay;
    private HttpServer server;
    private RemoteSession session;
    private SignedText receipt;

    @BeforeEach
    void open() throws Exception {
        DataFolder data = new DataFolder(folder.resolve("data"));
        Authority authority = Authority.open(data, clock, new SecureRandom());
        DeviceCertificates certificates = new DeviceCertificates(fleet.database, authority, fleet.audit, clock);
        KeyPair key = TestRequests.p256();
        certificate = TestEnrolments.enrol(fleet.database, certificates, "LAB-7", hex(1), key);
        TicketSigner signer = new TicketSigner(new OwnCertificates(authority, data, clock));
        String start = Ids.random().next();
        streams = new Streams(
                fleet.database,
                fleet.devices,
                instructions,
                fleet.audit,
                signer,
                start,
                List.of("relay.example.org:8444"),
                0,
                Ids.random(),
                clock,
                fleet.metrics);
        Timers timers = Timers.of(fleet.vertx);
        relay = new Relay(
                start,
                signer::key,
                ticket -> StreamTap.NONE,
                streams,
                timers,
                System::nanoTime,
                clock,
                Duration.ofMinutes(30));
        // A second node has ended it: this one hears of it by its own connection.
        new RelayEnds(fleet.database, relay).listenTo(notifications);
        Void unused = await(notifications.start());
        server = await(fleet.vertx
                .createHttpServer(new HttpServerOptions()
                        .setMaxWebSocketFrameSize(Relay.MOST_FRAME)
                        .setWebSocketClosingTimeout(1)
                        .setWebSocketSubProtocols(List.of(Relay.SUBPROTOCOL)))
                .requestHandler(request -> {
                    String proof = request.getHeader("Fairlead-Proof");
                    request.pause();
                    if (proof == null) {
                        relay.agent(request, certificate);
                    } else {
                        streams.mayView(Streams.boundTo(proof))
                                .onSuccess(may -> relay.viewer(request, Streams.boundTo(proof)))
                                .onFailure(not ->
                                        request.response().setStatusCode(403).end());
                    }
                })
                .listen(0, "127.0.0.1"));
        session = await(sessions.request(new SessionWish(ANNA, lab, "ticket 4711", 30, List.of(SHELL, CONTROL))));
        receipt = yes(key);
        DeviceSessions device = new DeviceSessions(fleet.database, certificates, instructions, fleet.audit, clock);
        assertThat(await(device.said(lab, session.id(), new DeviceWord(DeviceWord.Said.GRANTED, "", receipt))))
                .isEmpty();
    }

    private SignedText yes(KeyPair key) throws Exception {
        Instant now = clock.instant();
        Receipt granted = new Receipt(
                "LAB-7",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())),
                session.id(),
                session.request(),
                Receipt.Decision.GRANTED,
                List.of(SHELL, CONTROL),
                now,
                now.plus(Duration.ofMinutes(30)),
                Receipt.Means.COMMAND_LINE,
                "lab3",
                "ab".repeat(32),
                hex(99),
                1);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(granted.statement());
        return new SignedText(granted.statement(), signature.sign());
    }

    @AfterEach
    void close() {
        relay.close();
        Void unused = await(notifications.close());
        fleet.close();
    }

    private WebSocketConnectOptions at() {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost("127.0.0.1").setPort(server.actualPort()).setURI(Relay.PATH);
        return options;
    }

    private Future<WebSocket> agent(String ticket) {
        return fleet.vertx
                .createWebSocketClient()
                .connect(at().addHeader(Relay.TICKET_HEADER, ticket).addHeader(Relay.RECEIPT_HEADER, receipt.header()));
    }

    private Future<WebSocket> viewer(Streams.Opened opened) {
        return fleet.vertx
                .createWebSocketClient()
                .connect(at().addHeader("Fairlead-Proof", opened.proof())
                        .addSubProtocol(Relay.SUBPROTOCOL)
                        .addSubProtocol(Relay.TICKET_SUBPROTOCOL + opened.ticket()));
    }

    /** The agent's ticket, from the bytes that were signed. */
    private String ordered(String stream) {
        String order = fleet.postgres.value("SELECT convert_from(body, 'UTF8') FROM instruction"
                + " WHERE kind = 'stream' AND subject LIKE '% " + stream + "'");
        assertThat(order).contains(session.id(), "relay.example.org:8444");
        Matcher ticket = Pattern.compile("ticket=\"([^\"]+)\"").matcher(order);
        assertThat(ticket.find()).isTrue();
        return ticket.group(1);
    }

    @Test
    void what_the_viewer_types_reaches_the_instrument_and_back_until_another_node_ends_the_session() throws Exception {
        Streams.Opened opened = await(streams.open(ANNA, session.id(), SHELL));
        String ticket = ordered(opened.stream());
        assertThat(Ticket.of(SignedText.ofHeader(ticket, Ticket.MOST_BYTES).statement())
                        .kind())
                .isEqualTo(Ticket.Kind.TERMINAL);
        WebSocket instrument = await(agent(ticket));
        Promise<Buffer> typed = Promise.promise();
        Promise<Short> instrumentLeft = Promise.promise();
        instrument.binaryMessageHandler(bytes -> {
            typed.tryComplete(bytes);
            instrument.writeBinaryMessage(Buffer.buffer("root")).onFailure(typed::tryFail);
        });
        instrument.closeHandler(closed -> instrumentLeft.complete(instrument.closeStatusCode()));
        WebSocket person = await(viewer(opened));
        Promise<Buffer> shown = Promise.promise();
        Promise<Short> personLeft = Promise.promise();
        person.binaryMessageHandler(shown::tryComplete);
        person.closeHandler(closed -> personLeft.complete(person.closeStatusCode()));
        Void unused = await(person.writeBinaryMessage(Buffer.buffer("whoami")));
        assertThat(await(typed.future()).toString()).isEqualTo("whoami");
        assertThat(await(shown.future()).toString()).isEqualTo("root");

        RemoteSession ended = await(sessions.end(Actor.operatingSystem("carl"), session.id(), "enough"));
        assertThat(ended.cause()).isEqualTo(StreamCause.ENDED_BY_OPERATOR);
        assertThat(await(personLeft.future()).intValue()).isEqualTo(StreamCause.ENDED_BY_OPERATOR.code());
        assertThat(await(instrumentLeft.future()).intValue()).isEqualTo(StreamCause.ENDED_BY_OPERATOR.code());
        String kept = null;
        while (kept == null) {
            TestFleet.breathe();
            kept = fleet.postgres.value("SELECT cause || ' ' || from_agent || ' ' || from_viewer FROM remote_stream"
                    + " WHERE ended_at IS NOT NULL");
        }
        assertThat(kept).isEqualTo("ENDED_BY_OPERATOR 4 6");
        assertThat(fleet.count("audit_entry WHERE code LIKE 'session.stream-%'"))
                .isEqualTo(3);
        assertThat(refused(streams.open(ANNA, session.id(), SHELL))).isEqualTo(Fault.NOT_FOUND);
        // Where people and lists look, no ticket is.
        String secret = ticket.substring(0, 40);
        assertThat(fleet.count("audit_entry WHERE detail LIKE '%" + secret + "%'"))
                .isZero();
        assertThat(fleet.count("instruction WHERE subject LIKE '%" + secret + "%'"))
                .isZero();
    }

    @Test
    void a_server_that_stops_ends_what_passes_there_and_keeps_why() throws Exception {
        Streams.Opened opened = await(streams.open(ANNA, session.id(), SHELL));
        WebSocket unusedInstrument = await(agent(ordered(opened.stream())));
        WebSocket unusedPerson = await(viewer(opened));
        while (relay.open().isEmpty()) {
            TestFleet.breathe();
        }

        relay.close();
        Void unused = await(streams.settled());

        assertThat(await(sessions.get(ANNA, session.id())).cause()).isEqualTo(StreamCause.SERVER_STOPS);
        assertThat(fleet.postgres.value("SELECT cause FROM remote_stream")).isEqualTo("SERVER_STOPS");
        assertThat(fleet.count("audit_entry WHERE code = 'session.stream-ended' AND detail LIKE '%SERVER_STOPS%'"))
                .isEqualTo(1);
    }

    /** The close codes that both ends of a look at the desktop get. */
    private List<Integer> closed(Streams.Opened opened, Runnable deed) throws Exception {
        WebSocket instrument = await(agent(ordered(opened.stream())));
        Promise<Short> instrumentLeft = Promise.promise();
        instrument.closeHandler(closed -> instrumentLeft.complete(instrument.closeStatusCode()));
        WebSocket person = await(viewer(opened));
        Promise<Short> personLeft = Promise.promise();
        person.closeHandler(closed -> personLeft.complete(person.closeStatusCode()));
        while (relay.open().isEmpty()) {
            TestFleet.breathe();
        }
        deed.run();
        return List.of(
                await(instrumentLeft.future()).intValue(),
                await(personLeft.future()).intValue());
    }

    @Test
    void who_looks_on_is_cut_when_the_first_says_so_or_his_training_is_over_and_nobody_else_is() throws Exception {
        fleet.postgres.execute(
                "INSERT INTO person (name, display_name, organisation, created_at, created_by)"
                        + " VALUES ('bert', 'Bert Kopp', 'Example Service', now(), 'test')",
                "INSERT INTO person_grant (person, role, granted_at, granted_by)"
                        + " VALUES ('bert', 'service-engineer', now(), 'test')",
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                        + " VALUES ('bert', 'Analyser 3', now() + interval '1 year', 'course', now(), 'test')");
        Watchers watchers = new Watchers(fleet.database, fleet.devices, fleet.audit, clock);
        String id = session.id();
        String person = BERT.audited();
        assertThat(await(watchers.ask(BERT, id))).isEqualTo(Watchers.Asked.ASKED);
        assertThat(await(watchers.answer(ANNA, id, person, true))).isTrue();
        Streams.Opened first = await(streams.open(BERT, id, VIEW));
        assertThat(fleet.postgres.value("SELECT convert_from(body, 'UTF8') FROM instruction WHERE subject LIKE '% "
                        + first.stream() + "'"))
                .contains("by=\"Bert Kopp (bert), Example Service\"", "view/desktop");

        assertThat(closed(
                        first,
                        () -> assertThat(await(watchers.end(ANNA, id, person))).isTrue()))
                .containsOnly(StreamCause.ENDED_BY_ENGINEER.code());

        fleet.postgres.execute("UPDATE remote_watcher SET asked_at = now() - interval '2 minutes'");
        assertThat(await(watchers.ask(BERT, id))).isEqualTo(Watchers.Asked.ASKED);
        assertThat(await(watchers.answer(ANNA, id, person, true))).isTrue();
        SessionWatch watch = new SessionWatch(
                fleet.database, fleet.devices, instructions, fleet.audit, Timers.of(fleet.vertx), clock, 30);
        assertThat(closed(await(streams.open(BERT, id, VIEW)), () -> {
                    fleet.postgres.execute("UPDATE person_training SET until = now() - interval '1 day'");
                    Void unused = await(watch.look());
                }))
                .containsOnly(StreamCause.RIGHTS_LOST.code());

        // A relay that stops says nothing of the session when somebody only looked on there.
        fleet.postgres.execute(
                "UPDATE person_training SET until = now() + interval '1 day'",
                "UPDATE remote_watcher SET state = 'ALLOWED'");
        assertThat(closed(await(streams.open(BERT, id, VIEW)), () -> relay.close()))
                .containsOnly(StreamCause.SERVER_STOPS.code());
        Void unused = await(streams.settled());
        assertThat(await(sessions.get(ANNA, id)).state()).isEqualTo(SessionState.GRANTED);
    }

    @Test
    void of_a_relay_that_was_killed_the_next_one_says_what_is_over() {
        Streams.Opened opened = await(streams.open(ANNA, session.id(), SHELL));
        assertThat(await(streams.open(ANNA, session.id(), SHELL)).stream()).isNotEmpty();
        FormerRelay former = new FormerRelay(fleet.database, instructions, fleet.audit, clock);
        Void unusedOther = await(former.isGone(hex(1)));
        fleet.postgres.execute("UPDATE remote_stream SET opened_at = now() WHERE id = '" + opened.stream() + "'");
        for (int i = 0; i < 2; i++) {
            assertThat(fleet.count("remote_stream WHERE ended_at IS NOT NULL")).isEqualTo(i * 2);
            Void unused = await(former.isGone(relay.start()));
        }

        assertThat(fleet.postgres.value("SELECT string_agg(cause, ' ') FROM remote_stream"))
                .isEqualTo("SERVER_STOPS SERVER_STOPS");
        assertThat(fleet.count("audit_entry WHERE code = 'session.stream-ended'"))
                .isEqualTo(2);
        assertThat(await(sessions.get(ANNA, session.id())).cause()).isEqualTo(StreamCause.SERVER_STOPS);
    }

    @Test
    void streams_of_which_no_relay_will_speak_any_more_are_over_all_the_same() {
        for (int i = 0; i < 2; i++) {
            assertThat(await(streams.open(ANNA, session.id(), SHELL)).stream()).isNotEmpty();
        }
        assertThat(await(sessions.end(ANNA, session.id(), "")).endedAt()).isNotNull();
        fleet.postgres.execute(
                "UPDATE remote_stream SET made_at = now() - interval '10 minutes'",
                "UPDATE remote_stream SET opened_at = now() - interval '9 minutes'"
                        + " WHERE id = (SELECT min(id) FROM remote_stream)",
                "UPDATE remote_session SET ended_at = now() - interval '5 minutes'");
        SessionWatch watch = new SessionWatch(
                fleet.database, fleet.devices, instructions, fleet.audit, Timers.of(fleet.vertx), clock, 30);
        for (int i = 0; i < 2; i++) {
            Void unused = await(watch.look());
        }
        assertThat(fleet.postgres.value("SELECT string_agg(cause, ' ' ORDER BY id) FROM remote_stream"))
                .isEqualTo("OTHER_SIDE_GONE NOBODY_CAME");
        assertThat(fleet.count("audit_entry WHERE code = 'session.stream-ended'"))
                .isEqualTo(2);
    }

    @Test
    void a_stream_is_for_whom_it_was_granted_and_rights_are_judged_again_when_the_ticket_is_used() {
        assertThat(refused(streams.open(Actor.operatingSystem("carl"), session.id(), SHELL)))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(streams.open(ANNA, session.id(), new SessionService("results", Mode.USE))))
                .isEqualTo(Fault.INVALID);
        assertThat(refused(streams.open(ANNA, hex(5), SHELL))).isEqualTo(Fault.NOT_FOUND);
        Streams.Opened opened = await(streams.open(ANNA, session.id(), SHELL));
        assertThat(refused(streams.mayView(Streams.boundTo(hex(6))))).isEqualTo(Fault.NOT_FOUND);
        Void unused = await(streams.mayView(Streams.boundTo(opened.proof())));
        fleet.postgres.execute(
                "UPDATE remote_session SET requested_by = 'person:emil'",
                "UPDATE remote_stream SET viewer = 'person:emil'");
        assertThat(refused(streams.mayView(Streams.boundTo(opened.proof())))).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(await(viewer(opened).map(in -> "let in").otherwise("refused")))
                .isEqualTo("refused");
    }
}
