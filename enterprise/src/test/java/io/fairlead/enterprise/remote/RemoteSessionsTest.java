package io.fairlead.enterprise.remote;

import static io.fairlead.enterprise.fleet.TestFleet.ANNA;
import static io.fairlead.enterprise.fleet.TestFleet.hex;
import static io.fairlead.enterprise.fleet.TestFleet.refused;
import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.ManualTimers;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.identity.TestEnrolments;
import io.fairlead.enterprise.identity.TestRequests;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.soap.XmlReaders;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteSessionsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final SessionService VIEW = new SessionService("desktop", Mode.VIEW);
    private static final SessionService CONTROL = new SessionService("desktop", Mode.CONTROL);
    private static final Actor EMIL = Actor.person("emil", true);
    private static final String POLICY = "ab".repeat(32);

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
    private final SessionWatch watch =
            new SessionWatch(fleet.database, fleet.devices, instructions, fleet.audit, new ManualTimers(), clock, 30);
    private DeviceCertificates certificates;
    private DeviceSessions device;
    private Pc lab;
    private Pc other;

    /** An instrument's PC with its key and certificate. */
    private record Pc(DeviceId id, KeyPair key, X509Certificate certificate) {
        SignedText sign(Receipt receipt) throws Exception {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(receipt.statement());
            return new SignedText(receipt.statement(), signature.sign());
        }

        String fingerprint() throws Exception {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        }
    }

    @BeforeEach
    void open() throws Exception {
        certificates = new DeviceCertificates(
                fleet.database,
                Authority.open(new DataFolder(folder.resolve("data")), clock, new SecureRandom()),
                fleet.audit,
                clock);
        device = new DeviceSessions(fleet.database, certificates, instructions, fleet.audit, clock);
        lab = pc("LAB-7", hex(1));
        other = pc("LAB-8", hex(2));
        fleet.postgres.execute(
                "INSERT INTO person (name, display_name, organisation, created_at, created_by)"
                        + " VALUES ('emil', 'Emil Sommer', 'Acme Instruments', now(), 'test')",
                "INSERT INTO person_grant (person, role, granted_at, granted_by)"
                        + " VALUES ('emil', 'service-engineer', now(), 'test')",
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                        + " VALUES ('emil', 'Analyser 3', '2027-01-01', 'course', now(), 'test')");
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private Pc pc(String name, String epoch) throws Exception {
        DeviceId id = fleet.enrolled(name, epoch);
        KeyPair key = TestRequests.p256();
        X509Certificate certificate = TestEnrolments.enrol(fleet.database, certificates, id.value(), epoch, key);
        return new Pc(id, key, certificate);
    }

    private RemoteSession asked(Actor actor) {
        return await(sessions.request(new SessionWish(actor, lab.id(), "ticket 4711", 30, List.of(CONTROL))));
    }

    private Receipt receipt(RemoteSession one) throws Exception {
        return new Receipt(
                one.device().value(),
                lab.fingerprint(),
                one.id(),
                one.request(),
                Receipt.Decision.GRANTED,
                List.of(VIEW),
                clock.instant(),
                clock.instant().plus(Duration.ofMinutes(20)),
                Receipt.Means.COMPANION,
                "lab3",
                POLICY,
                hex(99),
                1);
    }

    private Future<Optional<StreamCause>> say(RemoteSession one, DeviceWord.Said said, @Nullable SignedText receipt) {
        return device.said(lab.id(), one.id(), new DeviceWord(said, "", receipt));
    }

    private RemoteSession now(RemoteSession one) {
        return await(sessions.get(ANNA, one.id()));
    }

    private RemoteSession granted(Actor actor) throws Exception {
        RemoteSession one = asked(actor);
        assertThat(await(say(one, DeviceWord.Said.GRANTED, lab.sign(receipt(one)))))
                .isEmpty();
        return now(one);
    }

    private void look() {
        Void unused = await(watch.look());
    }

    private long audited(String code) {
        return fleet.count("audit_entry WHERE code = '" + code + "'");
    }

    @Test
    void a_session_is_asked_for_granted_by_a_receipt_and_ended_by_the_instrument() throws Exception {
        RemoteSession one = asked(EMIL);
        assertThat(one.state()).isEqualTo(SessionState.REQUESTED);
        String order =
                fleet.postgres.value("SELECT convert_from(body, 'UTF8') FROM instruction WHERE device = 'LAB-7'");
        assertThat(order).contains(one.id(), "control/desktop", "Acme Instruments", "ticket 4711", "Emil Sommer");

        assertThat(await(say(one, DeviceWord.Said.ASKED, null))).isEmpty();
        assertThat(now(one).state()).isEqualTo(SessionState.ASKED);
        SignedText yes = lab.sign(receipt(one));
        assertThat(await(say(one, DeviceWord.Said.GRANTED, yes))).isEmpty();
        assertThat(await(say(one, DeviceWord.Said.GRANTED, yes)))
                .as("said again")
                .isEmpty();
        RemoteSession.Grant grant = now(one).grant();
        assertThat(grant).isNotNull();
        assertThat(grant.services()).containsExactly(VIEW);
        assertThat(grant.until()).isEqualTo(NOW.plus(Duration.ofMinutes(20)));
        assertThat(grant.receipt()).isEqualTo(yes);

        assertThat(await(say(one, DeviceWord.Said.ENDED, null))).contains(StreamCause.ENDED_AT_INSTRUMENT);
        assertThat(await(say(one, DeviceWord.Said.ENDED, null))).contains(StreamCause.ENDED_AT_INSTRUMENT);
        assertThat(now(one).state()).isEqualTo(SessionState.ENDED);
        assertThat(List.of(
                        audited("session.requested"),
                        audited("session.asked"),
                        audited("session.granted"),
                        audited("session.ended")))
                .containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void no_forged_foreign_or_wider_receipt_opens_a_session() throws Exception {
        RemoteSession one = asked(EMIL);
        RemoteSession another = asked(EMIL);
        Receipt good = receipt(one);
        Map<String, @Nullable SignedText> bad = new LinkedHashMap<>();
        bad.put("none at all", null);
        bad.put("another session's", lab.sign(receipt(another)));
        bad.put("another device's key", other.sign(good));
        bad.put("another device's certificate", other.sign(changed(good, one, other.fingerprint(), CONTROL, 20)));
        bad.put("longer", lab.sign(changed(good, one, lab.fingerprint(), CONTROL, 31)));
        bad.put("wider", lab.sign(changed(good, one, lab.fingerprint(), new SessionService("shell", Mode.USE), 20)));
        bad.put("another request", lab.sign(receipt(withRequest(one, "cd".repeat(32)))));
        SignedText signed = lab.sign(good);
        byte[] later = changed(good, one, lab.fingerprint(), VIEW, 25).statement();
        bad.put("changed after it was signed", new SignedText(later, signed.signature()));
        bad.put(
                "no statement",
                new SignedText("fairlead receipt 1\n".getBytes(StandardCharsets.US_ASCII), signed.signature()));
        bad.forEach((what, text) -> assertThat(refused(say(one, DeviceWord.Said.GRANTED, text)))
                .as(what)
                .isEqualTo(Fault.INVALID));
        assertThat(refused(device.said(other.id(), one.id(), new DeviceWord(DeviceWord.Said.GRANTED, "", signed))))
                .isEqualTo(Fault.NOT_FOUND);

        assertThat(now(one).state()).isEqualTo(SessionState.REQUESTED);
        assertThat(audited("session.receipt-refused")).isEqualTo(bad.size());
        assertThat(await(say(one, DeviceWord.Said.GRANTED, signed))).isEmpty();
        assertThat(refused(
                        say(one, DeviceWord.Said.GRANTED, lab.sign(changed(good, one, lab.fingerprint(), VIEW, 25)))))
                .as("another yes after the first")
                .isEqualTo(Fault.INVALID);
        assertThat(refused(say(one, DeviceWord.Said.DECLINED, null))).isEqualTo(Fault.INVALID);
    }

    @Test
    void what_was_granted_may_be_signed_again_by_a_renewed_certificate_and_says_the_same_then() throws Exception {
        RemoteSession one = asked(EMIL);
        Receipt first = receipt(one);
        assertThat(await(say(one, DeviceWord.Said.GRANTED, lab.sign(first)))).isEmpty();
        KeyPair key = TestRequests.p256();
        Pc renewed = new Pc(
                lab.id(),
                key,
                TestEnrolments.enrol(fleet.database, certificates, lab.id().value(), hex(1), key));
        clock.advance(Duration.ofMinutes(5));

        SignedText longer = renewed.sign(numbered(changed(first, one, renewed.fingerprint(), VIEW, 25), 2));
        assertThat(refused(say(one, DeviceWord.Said.GRANTED, longer))).isEqualTo(Fault.INVALID);
        SignedText wider = renewed.sign(numbered(changed(first, one, renewed.fingerprint(), CONTROL, 20), 2));
        assertThat(refused(say(one, DeviceWord.Said.GRANTED, wider))).isEqualTo(Fault.INVALID);
        SignedText again = renewed.sign(numbered(changed(first, one, renewed.fingerprint(), VIEW, 20), 2));
        assertThat(await(say(one, DeviceWord.Said.GRANTED, again))).isEmpty();

        RemoteSession.Grant grant = now(one).grant();
        assertThat(grant).isNotNull();
        assertThat(grant.receipt()).isEqualTo(again);
        assertThat(grant.until()).isEqualTo(NOW.plus(Duration.ofMinutes(20)));
        assertThat(refused(say(one, DeviceWord.Said.GRANTED, lab.sign(first))))
                .as("the old one again")
                .isEqualTo(Fault.INVALID);
    }

    @Test
    void a_clipboard_that_is_shared_stands_in_the_audit_and_stays_as_it_was_said() throws Exception {
        RemoteSession one = asked(EMIL);
        Receipt with = controlled(one, true, 1);
        assertThat(await(say(one, DeviceWord.Said.GRANTED, lab.sign(with)))).isEmpty();
        assertThat(SessionLists.read(now(one).grant().receipt()).clipboard()).isTrue();
        assertThat(audited("session.granted' AND detail LIKE '% clipboard=shared %"))
                .isEqualTo(1);
        assertThat(refused(say(one, DeviceWord.Said.GRANTED, lab.sign(controlled(one, false, 2)))))
                .isEqualTo(Fault.INVALID);
        assertThat(await(say(one, DeviceWord.Said.GRANTED, lab.sign(controlled(one, true, 2)))))
                .isEmpty();
    }

    private Receipt controlled(RemoteSession one, boolean clipboard, long number) throws Exception {
        Receipt like = receipt(one);
        return new Receipt(
                like.device(),
                like.certificate(),
                like.session(),
                like.request(),
                like.decision(),
                List.of(CONTROL),
                clipboard,
                like.at(),
                like.until(),
                like.means(),
                like.approver(),
                like.policy(),
                like.nonce(),
                number);
    }

    private static Receipt numbered(Receipt one, long number) {
        return new Receipt(
                one.device(),
                one.certificate(),
                one.session(),
                one.request(),
                one.decision(),
                one.services(),
                one.at(),
                one.until(),
                one.means(),
                one.approver(),
                one.policy(),
                one.nonce(),
                number);
    }

    @Test
    void what_only_the_instrument_knows_of_an_end_is_kept_as_its_cause() throws Exception {
        for (StreamCause cause : List.of(StreamCause.IDLE, StreamCause.AGENT_STOPS)) {
            RemoteSession one = granted(EMIL);
            assertThat(await(device.said(
                            lab.id(), one.id(), new DeviceWord(DeviceWord.Said.ENDED, cause.words(), null))))
                    .contains(cause);
        }
    }

    private static Receipt changed(
            Receipt good, RemoteSession one, String certificate, SessionService service, int minutes) {
        return new Receipt(
                good.device(),
                certificate,
                one.id(),
                good.request(),
                good.decision(),
                List.of(service),
                good.at(),
                good.at().plus(Duration.ofMinutes(minutes)),
                good.means(),
                good.approver(),
                good.policy(),
                good.nonce(),
                good.number());
    }

    private static RemoteSession withRequest(RemoteSession one, String request) {
        return new RemoteSession(
                one.id(),
                one.device(),
                one.sequence(),
                one.requestedBy(),
                one.reason(),
                one.services(),
                one.minutes(),
                request,
                one.state(),
                one.requestedAt(),
                one.grant(),
                one.endedAt(),
                one.cause(),
                one.detail());
    }

    @Test
    void a_no_is_final_and_an_end_that_comes_twice_is_one() throws Exception {
        RemoteSession declined = asked(EMIL);
        assertThat(await(say(declined, DeviceWord.Said.DECLINED, null))).contains(StreamCause.NOT_ALLOWED);
        assertThat(await(say(declined, DeviceWord.Said.GRANTED, lab.sign(receipt(declined)))))
                .contains(StreamCause.NOT_ALLOWED);
        assertThat(now(declined).state()).isEqualTo(SessionState.DECLINED);

        RemoteSession one = granted(EMIL);
        Future<RemoteSession> first = sessions.end(EMIL, one.id(), "done");
        Future<RemoteSession> second = sessions.end(ANNA, one.id(), "enough");
        assertThat(await(first).cause()).isEqualTo(await(second).cause());
        assertThat(fleet.count("instruction WHERE kind = 'end-session'")).isEqualTo(1);
        assertThat(audited("session.ended")).isEqualTo(1);
    }

    @Test
    void of_a_yes_and_a_withdrawal_at_the_same_time_one_wins_and_the_device_hears_which() throws Exception {
        for (int round = 0; round < 10; round++) {
            RemoteSession one = asked(EMIL);
            SignedText yes = lab.sign(receipt(one));
            Future<Optional<StreamCause>> word = say(one, DeviceWord.Said.GRANTED, yes);
            Future<RemoteSession> end = sessions.end(EMIL, one.id(), "");
            Optional<StreamCause> heard = await(word);
            SessionState state = await(end).state();
            assertThat(state).isEqualTo(heard.isEmpty() ? SessionState.ENDED : SessionState.WITHDRAWN);
            assertThat(await(say(one, DeviceWord.Said.GRANTED, yes)))
                    .as("said again it is over in any case")
                    .contains(StreamCause.ENDED_BY_ENGINEER);
        }
    }

    @Test
    void what_an_account_asked_for_stands_with_its_right_until_the_instrument_has_agreed() throws Exception {
        fleet.postgres.execute(
                "INSERT INTO person (kind, name, display_name, organisation, created_at, created_by)"
                        + " VALUES ('integration', 'crm', 'The CRM', 'Acme Instruments', now(), 'test')",
                "INSERT INTO person_grant (person, role, granted_at, granted_by)"
                        + " VALUES ('crm', 'integration', now(), 'test')");
        Actor crm = Actor.integration("crm", true);
        SessionWish emils = new SessionWish(EMIL, lab.id(), "ticket 4711", 30, List.of(CONTROL));
        RemoteSession waiting = await(sessions.request(crm, emils));
        RemoteSession agreed = await(sessions.request(crm, emils));
        assertThat(await(say(agreed, DeviceWord.Said.GRANTED, lab.sign(receipt(agreed)))))
                .isEmpty();
        look();
        assertThat(now(waiting).state()).isEqualTo(SessionState.REQUESTED);

        fleet.postgres.execute("UPDATE person SET disabled_at = now() WHERE name = 'crm'");
        look();
        assertThat(now(waiting).cause()).isEqualTo(StreamCause.RIGHTS_LOST);
        assertThat(now(agreed).state()).isEqualTo(SessionState.GRANTED);

        assertThat(refused(sessions.request(crm, emils))).isEqualTo(Fault.UNKNOWN_DEVICE);
        assertThat(refused(sessions.request(EMIL, emils)))
                .as("people ask for themselves")
                .isEqualTo(Fault.FORBIDDEN);
    }

    @Test
    void what_no_longer_may_go_on_is_ended_with_its_cause() throws Exception {
        RemoteSession silent = asked(ANNA);
        RemoteSession trained = granted(EMIL);
        RemoteSession short_ = granted(ANNA);
        look();
        assertThat(List.of(
                        now(silent).state(), now(trained).state(), now(short_).state()))
                .containsExactly(SessionState.REQUESTED, SessionState.GRANTED, SessionState.GRANTED);

        fleet.postgres.execute("UPDATE person_training SET withdrawn_at = now(), withdrawn_by = 'test'");
        look();
        assertThat(now(trained).cause()).isEqualTo(StreamCause.RIGHTS_LOST);
        assertThat(now(short_).state()).isEqualTo(SessionState.GRANTED);

        clock.advance(Duration.ofMinutes(21));
        look();
        assertThat(now(short_).cause()).isEqualTo(StreamCause.EXPIRED);
        assertThat(now(silent).state()).isEqualTo(SessionState.WITHDRAWN);

        RemoteSession barred = granted(ANNA);
        int unused = await(certificates.revoke("LAB-7", "os:anna", "lost"));
        look();
        assertThat(now(barred).cause()).isEqualTo(StreamCause.DEVICE_BARRED);
        clock.advance(Duration.ofDays(31));
        look();
        assertThat(fleet.count("remote_session")).isZero();
    }

    @Test
    void who_may_not_and_what_may_not_be_asked_is_refused_before_anything_is_kept() {
        SessionWish wish = new SessionWish(EMIL, lab.id(), "ticket 4711", 30, List.of(CONTROL));
        assertThat(refused(sessions.request(by(wish, Actor.person("emil", false)))))
                .isEqualTo(Fault.PASSKEY_NEEDED);
        assertThat(refused(sessions.request(by(wish, Actor.person("nobody", true)))))
                .isEqualTo(Fault.UNKNOWN_DEVICE);
        fleet.postgres.execute("UPDATE device SET muted = true WHERE id = 'LAB-7'");
        assertThat(refused(sessions.request(wish))).isEqualTo(Fault.DEVICE_MUTED);
        fleet.postgres.execute(
                "UPDATE device SET muted = false WHERE id = 'LAB-7'", "UPDATE device_enrolment SET held_at = now()");
        assertThat(refused(sessions.request(wish))).isEqualTo(Fault.CONFLICT);
        fleet.postgres.execute("UPDATE device SET stolen_at = now() WHERE id = 'LAB-7'");
        assertThat(refused(sessions.request(wish))).isEqualTo(Fault.DEVICE_STOLEN);
        assertThat(fleet.count("remote_session")).isZero();
        assertThat(fleet.count("instruction")).isZero();

        UnaryOperator<String> bad = reason -> new SessionWish(ANNA, lab.id(), reason, 30, List.of(VIEW)).reason();
        for (String reason : List.of(" ", "a\nb", "\u202eb", "x".repeat(301))) {
            assertThatThrownBy(() -> bad.apply(reason)).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> new SessionWish(ANNA, lab.id(), "x", 481, List.of(VIEW)))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new SessionWish(ANNA, lab.id(), "x", 1, List.of(VIEW, CONTROL)))
                .isInstanceOf(Refusal.class);
    }

    private static SessionWish by(SessionWish wish, Actor actor) {
        return new SessionWish(actor, wish.device(), wish.reason(), wish.minutes(), wish.services());
    }
}
