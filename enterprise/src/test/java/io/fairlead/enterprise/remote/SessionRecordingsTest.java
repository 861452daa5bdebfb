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
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.identity.TestEnrolments;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.recording.Direction;
import io.fairlead.enterprise.recording.Ended;
import io.fairlead.enterprise.recording.Head;
import io.fairlead.enterprise.recording.Recorder;
import io.fairlead.enterprise.recording.Recording;
import io.fairlead.enterprise.recording.RecordingId;
import io.fairlead.enterprise.recording.RecordingKeys;
import io.fairlead.enterprise.recording.Recordings;
import io.fairlead.enterprise.recording.Verification;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.XmlReaders;
import io.fairlead.statements.RunningHash;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import io.fairlead.statements.Transcript;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings by those who may see them, over a real database and real files. */
class SessionRecordingsTest {
    private static final Actor STRANGER = Actor.person("nobody", true);
    private static final String STREAM = hex(57);
    private static final byte[] SHOWN = "login: ".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final TestFleet fleet = new TestFleet(clock);
    private final DeviceId lab = fleet.enrolled("LAB-7", hex(1));
    private KeyPair key;
    private RecordingKeys keys;
    private Recordings files;
    private Blocking blocking;
    private SessionRecordings recordings;
    private RecordingRetention retention;
    private String session;

    @BeforeEach
    void open() throws Exception {
        key = TestRequests.p256();
        DataFolder data = new DataFolder(folder.resolve("data"));
        keys = RecordingKeys.open(data, false);
        files = new Recordings(data.recordings(), keys);
        blocking = new Blocking(fleet.vertx);
        DeviceCertificates certificates = new DeviceCertificates(
                fleet.database, Authority.open(data, clock, new SecureRandom()), fleet.audit, clock);
        assertThat(TestEnrolments.enrol(fleet.database, certificates, "LAB-7", hex(1), key))
                .isNotNull();
        recordings =
                new SessionRecordings(fleet.database, fleet.devices, certificates, fleet.audit, files, blocking, clock);
        retention = new RecordingRetention(fleet.database, fleet.audit, files, blocking, Timers.of(fleet.vertx), clock);
        Instructions instructions = new Instructions(
                fleet.database,
                fleet.devices,
                fleet.rights,
                bytes -> new SignedBytes(bytes, new byte[] {1, 2}, hex(7), new byte[] {3, 4}),
                new Documents(XmlReaders.ofJdk()),
                fleet.audit,
                clock);
        RemoteSessions sessions = new RemoteSessions(
                fleet.database, fleet.devices, fleet.rights, instructions, fleet.audit, Ids.random(), clock);
        SessionService shell = new SessionService("shell", Mode.TERMINAL);
        session = await(sessions.request(new SessionWish(ANNA, lab, "ticket 4711", 30, List.of(shell))))
                .id();
        fleet.postgres.execute(
                "INSERT INTO remote_stream (id, session, service, viewer, bound, relay, made_at, opened_at,"
                        + " recorded) VALUES ('" + STREAM + "', '" + session + "', 'terminal/shell', 'os:anna', '"
                        + "ab".repeat(32) + "', 'x', now(), now(), true)");
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    /** What the agent said of the bytes, which the recording has, at its end. */
    private SignedText record(Clock began) throws Exception {
        Recorder recorder = new Recorder(
                folder.resolve("data/recordings"),
                keys,
                0,
                blocking,
                Timers.of(fleet.vertx),
                began,
                System::nanoTime,
                new SecureRandom());
        Head head = new Head(session, STREAM, "LAB-7", Ticket.Kind.TERMINAL, "shell", "Anna", 400);
        Recording recording = await(recorder.start(new RecordingId(STREAM), head, new Recording.Listener() {
            @Override
            public void drained() {}

            @Override
            public void failed(Throwable why) {}
        }));
        assertThat(recording.append(Direction.TO_VIEWER, Buffer.buffer(SHOWN))).isEqualTo(Recording.Taken.MORE);
        RunningHash sent = new RunningHash();
        sent.add(ByteBuffer.wrap(SHOWN));
        byte[] statement = new Transcript(
                        "LAB-7",
                        session,
                        STREAM,
                        "shell",
                        Ticket.Kind.TERMINAL,
                        1,
                        true,
                        1,
                        sent.now(),
                        new RunningHash().now())
                .statement();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(statement);
        SignedText said = new SignedText(statement, signature.sign());
        assertThat(recording.transcript(said)).isEqualTo(Recording.Taken.MORE);
        Ended ended = await(recording.close("the viewer left"));
        assertThat(ended.toViewer()).isEqualTo(SHOWN.length);
        return said;
    }

    private String saved(SessionRecordings.Form form) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        RecordingReader reader = await(recordings.read(ANNA, STREAM, form));
        Void unused = await(reader.into(bytes -> {
            all.writeBytes(bytes.getBytes());
            return Future.succeededFuture();
        }));
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private long audited(String code) {
        return fleet.count("audit_entry WHERE code = '" + code + "'");
    }

    @Test
    void who_may_reads_and_verifies_and_each_copy_is_audited() throws Exception {
        SignedText said = record(clock);

        assertThat(await(recordings.list(ANNA, lab, 50))).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(STREAM);
            assertThat(one.stored()).isNotNull();
        });
        assertThat(saved(SessionRecordings.Form.RAW)).startsWith("FLRAW001").contains("login: ");
        assertThat(audited("recording.saved")).isEqualTo(1);
        assertThat(saved(SessionRecordings.Form.PLAY)).contains("\"o\",\"login: \"");
        assertThat(audited("recording.played")).isEqualTo(1);
        Verification found = await(recordings.verify(ANNA, STREAM, List.of(said)));
        assertThat(found.verdict()).as(found.sentences().toString()).isEqualTo(Verification.Verdict.WHOLE);
        assertThat(found.marks()).hasSize(1);

        assertThat(refused(recordings.get(STRANGER, STREAM))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(recordings.read(STRANGER, STREAM, SessionRecordings.Form.RAW)))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(recordings.get(ANNA, hex(4)))).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void it_is_kept_longer_but_never_shorter() throws Exception {
        assertThat(record(clock)).isNotNull();
        assertThat(await(recordings.keep(ANNA, STREAM, 500)))
                .isEqualTo(files.keepUntil(new RecordingId(STREAM)))
                .isAfter(clock.instant().plus(Duration.ofDays(499)));
        assertThat(refused(recordings.keep(ANNA, STREAM, 499))).isEqualTo(Fault.CONFLICT);
        assertThat(audited("recording.kept-longer")).isEqualTo(1);
    }

    private int forgotten() {
        return await(fleet.database.inTransaction(connection ->
                new SessionStore().forget(connection, clock.instant().minus(Duration.ofDays(400)))));
    }

    @Test
    void when_its_time_is_over_it_goes_and_then_its_row_may() throws Exception {
        assertThat(record(Clock.offset(clock, Duration.ofDays(-401)))).isNotNull();
        String over = "UPDATE remote_session SET state = 'WITHDRAWN', ended_at = now() - interval '401 days'";
        fleet.postgres.execute(over);
        assertThat(forgotten())
                .as("what is known of it stays as long as there is a recording")
                .isZero();

        // The stream that its node left open is over as well.
        Void unused = await(retention.run());

        assertThat(folder.resolve("data/recordings")).isEmptyDirectory();
        assertThat(audited("recording.deleted")).isEqualTo(1);
        assertThat(fleet.postgres.value("SELECT cause || recorded FROM remote_stream"))
                .isEqualTo("OTHER_SIDE_GONEfalse");
        assertThat(audited("session.stream-ended")).isEqualTo(1);
        assertThat(refused(recordings.get(ANNA, STREAM))).isEqualTo(Fault.NOT_FOUND);
        assertThat(forgotten()).isEqualTo(1);
    }

    @Test
    void a_node_without_the_private_key_says_so() throws Exception {
        assertThat(record(clock)).isNotNull();
        Path secret = folder.resolve("data/secrets/recording.key");
        Files.writeString(secret, Files.readString(secret).replaceAll("(?s)-----BEGIN PRIVATE.*", ""));
        RecordingKeys sealing = RecordingKeys.open(new DataFolder(folder.resolve("data")), true);
        SessionRecordings blind = new SessionRecordings(
                fleet.database,
                fleet.devices,
                new DeviceCertificates(
                        fleet.database,
                        Authority.open(new DataFolder(folder.resolve("data")), clock, new SecureRandom()),
                        fleet.audit,
                        clock),
                fleet.audit,
                new Recordings(folder.resolve("data/recordings"), sealing),
                blocking,
                clock);
        assertThat(blind.canRead()).isFalse();
        assertThat(refused(blind.read(ANNA, STREAM, SessionRecordings.Form.RAW)))
                .isEqualTo(Fault.CONFLICT);
        assertThat(audited("recording.saved")).isZero();
    }
}
