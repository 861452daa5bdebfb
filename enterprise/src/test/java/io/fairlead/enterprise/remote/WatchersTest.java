package io.fairlead.enterprise.remote;

import static io.fairlead.enterprise.fleet.TestFleet.hex;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.identity.TicketSigner;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.remote.Watcher.State;
import io.fairlead.enterprise.remote.Watchers.Asked;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.XmlReaders;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.StreamCause;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may look on at another's session, and who decides it; that streams are cut, {@link StreamsTest} shows. */
class WatchersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final SessionService VIEW = new SessionService("desktop", Mode.VIEW);
    private static final SessionService CONTROL = new SessionService("desktop", Mode.CONTROL);
    private static final SessionService SHELL = new SessionService("shell", Mode.TERMINAL);
    private static final Actor EMIL = Actor.person("emil", true);
    private static final Actor BERT = Actor.person("bert", true);
    private static final Actor CARL = Actor.person("carl", true);

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock(NOW);
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
    private final Watchers watchers = new Watchers(fleet.database, fleet.devices, fleet.audit, clock);
    private final SessionWatch watch =
            new SessionWatch(fleet.database, fleet.devices, instructions, fleet.audit, new ManualTimers(), clock, 30);
    private final DeviceId lab = fleet.enrolled("LAB-7", hex(1));
    private Streams streams;
    private String id;

    @BeforeEach
    void open() {
        DataFolder data = new DataFolder(folder.resolve("data"));
        Authority authority = Authority.open(data, clock, new SecureRandom());
        streams = new Streams(
                fleet.database,
                fleet.devices,
                instructions,
                fleet.audit,
                new TicketSigner(new OwnCertificates(authority, data, clock)),
                hex(8),
                List.of("relay.example.org:8444"),
                0,
                Ids.random(),
                clock,
                fleet.metrics);
        List.of("emil", "bert", "carl", "dora", "eva").forEach(this::engineer);
        id = granted(CONTROL, SHELL);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private void engineer(String name) {
        fleet.postgres.execute(
                "INSERT INTO person (name, display_name, organisation, created_at, created_by) VALUES ('" + name
                        + "', initcap('" + name + "'), 'Example Service', now(), 'test')",
                "INSERT INTO person_grant (person, role, granted_at, granted_by) VALUES ('" + name
                        + "', 'service-engineer', now(), 'test')",
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by) VALUES ('"
                        + name + "', 'Analyser 3', '2027-01-01', 'course', now(), 'test')");
    }

    /** A session of Emil's; who signed the receipt, the relay would ask. */
    private String granted(SessionService... services) {
        RemoteSession one = await(sessions.request(new SessionWish(EMIL, lab, "ticket 4711", 30, List.of(services))));
        Receipt receipt = new Receipt(
                "LAB-7",
                "ab".repeat(32),
                one.id(),
                one.request(),
                Receipt.Decision.GRANTED,
                List.of(services),
                NOW,
                NOW.plus(Duration.ofMinutes(30)),
                Receipt.Means.COMPANION,
                "lab3",
                "ab".repeat(32),
                hex(99),
                1);
        fleet.postgres.execute("UPDATE remote_session SET state = 'GRANTED', granted = services, granted_at = '" + NOW
                + "', until = '" + NOW.plus(Duration.ofMinutes(30)) + "', signature = '\\x3000', receipt = '\\x"
                + HexFormat.of().formatHex(receipt.statement()) + "' WHERE id = '" + one.id() + "'");
        return one.id();
    }

    private void look() {
        Void unused = await(watch.look());
    }

    private State state(Actor who) {
        return State.valueOf(
                fleet.postgres.value("SELECT state FROM remote_watcher WHERE person = '" + who.audited() + "'"));
    }

    private long audited(String code) {
        return fleet.count("audit_entry WHERE code = 'session.watch-" + code + "'");
    }

    private boolean allowed(Actor who) {
        assertThat(await(watchers.ask(who, id))).isEqualTo(Asked.ASKED);
        return await(watchers.answer(EMIL, id, who.audited(), true));
    }

    @Test
    void who_is_let_looks_on_and_never_more_whatever_was_granted_to_the_first() {
        assertThat(refused(streams.open(BERT, id, VIEW))).as("not asked").isEqualTo(Fault.FORBIDDEN);
        assertThat(await(watchers.ask(BERT, id))).isEqualTo(Asked.ASKED);
        assertThat(refused(streams.open(BERT, id, VIEW))).as("not answered").isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(watchers.viewing(BERT, id))).isEqualTo(Fault.NOT_FOUND);
        for (Actor other : List.of(BERT, CARL, Actor.operatingSystem("root"))) {
            assertThat(refused(watchers.answer(other, id, BERT.audited(), true)))
                    .as("another answers")
                    .isEqualTo(Fault.NOT_FOUND);
        }
        assertThat(await(watchers.answer(EMIL, id, CARL.audited(), true)))
                .as("he has not asked")
                .isFalse();
        assertThat(await(watchers.answer(EMIL, id, BERT.audited(), true))).isTrue();

        assertThat(await(watchers.viewing(BERT, id)).ended()).isEmpty();
        for (SessionService more : List.of(CONTROL, SHELL)) {
            assertThat(refused(streams.open(BERT, id, more)))
                    .as(more.toString())
                    .isEqualTo(Fault.FORBIDDEN);
        }
        assertThat(refused(streams.open(CARL, id, VIEW))).as("another").isEqualTo(Fault.FORBIDDEN);
        Streams.Opened his = await(streams.open(BERT, id, VIEW));
        String bound = Streams.boundTo(his.proof());
        Void unused = await(streams.mayView(BERT, bound));
        assertThat(refused(streams.mayView(CARL, bound))).as("another’s ticket").isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(streams.mayView(EMIL, bound))).as("another’s ticket").isEqualTo(Fault.NOT_FOUND);
        assertThat(await(streams.open(BERT, id, VIEW))).isNotNull();
        assertThat(refused(streams.open(BERT, id, VIEW)))
                .as("more than he needs")
                .isEqualTo(Fault.CONFLICT);

        assertThat(await(watchers.end(EMIL, id, BERT.audited()))).isTrue();
        assertThat(refused(streams.mayView(BERT, bound))).isEqualTo(Fault.FORBIDDEN);
        assertThat(refused(streams.open(BERT, id, VIEW))).isEqualTo(Fault.FORBIDDEN);
        assertThat(await(watchers.viewing(BERT, id)).ended()).contains(StreamCause.ENDED_BY_ENGINEER);
        assertThat(List.of(audited("asked"), audited("allowed"), audited("declined"), audited("ended")))
                .containsExactly(1L, 1L, 0L, 1L);
        assertThat(fleet.postgres.value(
                        "SELECT actor || ' ' || detail FROM audit_entry" + " WHERE code = 'session.watch-allowed'"))
                .isEqualTo("person:emil session=" + id + " watcher=person:bert");
    }

    @Test
    void a_no_and_a_minutes_silence_let_nobody_look_on_and_he_may_ask_again_once_a_minute() {
        assertThat(await(watchers.ask(BERT, id))).isEqualTo(Asked.ASKED);
        assertThat(await(watchers.ask(BERT, id))).isEqualTo(Asked.JUST_NOW);
        assertThat(await(watchers.answer(EMIL, id, BERT.audited(), false))).isTrue();
        assertThat(await(watchers.answer(EMIL, id, BERT.audited(), true)))
                .as("after the no")
                .isFalse();
        assertThat(refused(streams.open(BERT, id, VIEW))).isEqualTo(Fault.FORBIDDEN);
        assertThat(await(watchers.ask(BERT, id))).isEqualTo(Asked.JUST_NOW);

        clock.advance(Duration.ofSeconds(60));
        assertThat(await(watchers.ask(BERT, id))).isEqualTo(Asked.ASKED);
        clock.advance(Duration.ofSeconds(59));
        look();
        assertThat(state(BERT)).isEqualTo(State.ASKED);
        clock.advance(Duration.ofSeconds(1));
        assertThat(await(watchers.answer(EMIL, id, BERT.audited(), true)))
                .as("too late")
                .isFalse();
        look();
        assertThat(state(BERT)).isEqualTo(State.UNANSWERED);
        assertThat(audited("declined")).isEqualTo(2);
    }

    @Test
    void only_who_may_ask_for_a_session_there_asks_to_look_on_and_only_where_there_is_something_to_see() {
        fleet.postgres.execute("DELETE FROM person_training WHERE person = 'carl'");
        assertThat(refused(watchers.ask(CARL, id))).as("not trained").isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(watchers.ask(Actor.person("bert", false), id)))
                .as("no passkey")
                .isEqualTo(Fault.PASSKEY_NEEDED);
        assertThat(refused(watchers.ask(Actor.person("stranger", true), id))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(watchers.ask(BERT, hex(5)))).isEqualTo(Fault.NOT_FOUND);
        assertThat(await(watchers.ask(EMIL, id))).isEqualTo(Asked.HIS_OWN);
        assertThat(await(watchers.ask(BERT, granted(SHELL)))).isEqualTo(Asked.NO_DESKTOP);
        for (String each : List.of("bert", "dora", "eva")) {
            assertThat(await(watchers.ask(Actor.person(each, true), id))).isEqualTo(Asked.ASKED);
        }
        engineer("fred");
        assertThat(await(watchers.ask(Actor.person("fred", true), id))).isEqualTo(Asked.TOO_MANY);
        assertThat(await(watchers.end(BERT, id, BERT.audited())))
                .as("taken back")
                .isTrue();
        assertThat(await(watchers.ask(Actor.person("fred", true), id))).isEqualTo(Asked.ASKED);
        assertThat(refused(watchers.end(BERT, id, "person:dora"))).isEqualTo(Fault.NOT_FOUND);
        assertThat(await(sessions.end(EMIL, id, "")).state()).isEqualTo(SessionState.ENDED);
        assertThat(await(watchers.ask(BERT, id))).isEqualTo(Asked.NOT_OPEN);
    }

    @Test
    void a_lost_training_and_the_sessions_end_end_it() {
        assertThat(allowed(BERT)).isTrue();
        assertThat(allowed(CARL)).isTrue();
        String bound = Streams.boundTo(await(streams.open(BERT, id, VIEW)).proof());
        fleet.postgres.execute("DELETE FROM person_training WHERE person = 'bert'");
        assertThat(refused(streams.mayView(BERT, bound))).isEqualTo(Fault.UNKNOWN_DEVICE);
        look();
        assertThat(state(BERT)).isEqualTo(State.ENDED);
        assertThat(state(CARL)).isEqualTo(State.ALLOWED);
        assertThat(fleet.postgres.value("SELECT cause FROM remote_watcher WHERE person = 'person:bert'"))
                .isEqualTo("RIGHTS_LOST");

        assertThat(await(sessions.end(EMIL, id, "")).state()).isEqualTo(SessionState.ENDED);
        assertThat(refused(streams.open(CARL, id, VIEW))).isEqualTo(Fault.NOT_FOUND);
        look();
        assertThat(state(CARL)).isEqualTo(State.ENDED);
        assertThat(audited("ended")).isEqualTo(2);
    }
}
