package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.identity.DeviceCertificateStore.Next;
import io.fairlead.enterprise.identity.DeviceCertificateStore.Renewable;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device trades its certificate for the next one (RFC 7030 section 4.2.2): a new key, the same enrolment. Each
 * certificate has one successor. The old one lives until {@link DeviceCertificates#judge} first sees the new one, so that a
 * lost answer leaves a device that works.
 *
 * <pre>
 * old ALIVE, no successor                   → a successor is issued
 * successor issued, the same key asks       → the same certificate again, used or not
 * more than ten in a day                   → BUSY, until the day is over
 * successor issued, another key asks        → two holders: the alarm while the old lives, an audit entry when it is dead
 * </pre>
 */
public final class Renewals {
    /** Of one device in the time counted: more come from a clock that is far ahead, or from an agent gone wrong. */
    static final int MOST_RENEWALS = 10;

    private static final Duration COUNTED = Duration.ofDays(1);

    private final Database database;
    private final Authority authority;
    private final DeviceCertificates certificates;
    private final CloneAlarm alarm;
    private final Audit audit;
    private final Clock clock;
    private final DeviceCertificateStore store = new DeviceCertificateStore();

    /** What comes out of a renewal once its transaction is committed: a refusal may have an alarm to keep. */
    private sealed interface Outcome {
        Future<X509Certificate> answer();

        record Granted(X509Certificate certificate) implements Outcome {
            @Override
            public Future<X509Certificate> answer() {
                return Future.succeededFuture(certificate);
            }
        }

        record Denied(Refusal refusal) implements Outcome {
            @Override
            public Future<X509Certificate> answer() {
                return Future.failedFuture(refusal);
            }
        }
    }

    private record Attempt(DeviceFacts facts, CertificateRequest request, String address) {
        DeviceIdentity device() {
            return facts.identity();
        }

        Future<Outcome> denied(Fault fault, String why) {
            String detail = "device=" + device().device() + " serial=" + device().serial() + " why=\"" + why + "\"";
            return Future.succeededFuture(new Outcome.Denied(new Refusal(fault, detail)));
        }
    }

    public Renewals(
            Database database,
            Authority authority,
            DeviceCertificates certificates,
            CloneAlarm alarm,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.authority = authority;
        this.certificates = certificates;
        this.alarm = alarm;
        this.audit = audit;
        this.clock = clock;
    }

    /** Refuses whom {@link #renew} would refuse for the chain alone, before a request is even read. */
    public void mustBeDevice(@Nullable List<X509Certificate> chain) {
        DeviceFacts facts = certificates.facts(chain);
        assert !facts.identity().device().isEmpty();
    }

    /**
     * The successor of the certificate that a TLS peer presented. The same key gets the same certificate, however often it
     * asks. Fails with a Refusal: NO_CERTIFICATE, CERTIFICATE_REFUSED, CERTIFICATE_EXPIRED, CERTIFICATE_REVOKED,
     * REQUEST_REFUSED when the key is not a new one, IDENTITY_HELD when another key was there before.
     *
     * @param chain the peer's chain, its own certificate first
     * @param address of the peer, for the audit
     */
    public Future<X509Certificate> renew(
            @Nullable List<X509Certificate> chain, CertificateRequest request, String address) {
        return Future.succeededFuture(chain)
                .map(certificates::facts)
                .compose(facts -> renew(new Attempt(facts, request, address)));
    }

    private Future<X509Certificate> renew(Attempt attempt) {
        return database.inTransaction(
                        connection -> alarm.lock(connection, attempt.device().device())
                                .compose(first ->
                                        store.lock(connection, attempt.device().device()))
                                .compose(locked -> store.renewable(connection, attempt.device(), since(attempt.facts)))
                                .compose(found -> decide(connection, found, attempt)))
                .compose(Outcome::answer);
    }

    /** Renewals are counted over a day, or over a certificate's life where that is shorter. */
    private Instant since(DeviceFacts facts) {
        Duration life = Duration.between(facts.notBefore(), facts.notAfter());
        return clock.instant().minus(life.compareTo(COUNTED) < 0 ? life : COUNTED);
    }

    private Future<Outcome> decide(SqlConnection connection, Optional<Renewable> found, Attempt attempt) {
        if (found.isEmpty()) {
            return attempt.denied(Fault.CERTIFICATE_REFUSED, "never issued");
        }
        Renewable old = found.get();
        if (!old.mayRenew()) {
            return attempt.denied(Fault.CERTIFICATE_REVOKED, "revoked, or of an older enrolment");
        }
        if (old.held()) {
            return attempt.denied(Fault.IDENTITY_HELD, "held");
        }
        if (old.key().equals(attempt.request.keySha256())) {
            return attempt.denied(Fault.REQUEST_REFUSED, "a renewal needs a new key");
        }
        if (old.next().isEmpty()) {
            return old.lately() >= MOST_RENEWALS
                    ? attempt.denied(Fault.BUSY, "renewed " + old.lately() + " times lately")
                    : issue(connection, attempt);
        }
        Next next = old.next().get();
        if (!next.key().equals(attempt.request.keySha256())) {
            return anotherKey(connection, old, attempt);
        }
        return next.dead()
                ? attempt.denied(Fault.CERTIFICATE_REVOKED, "its successor is dead as well")
                : Future.succeededFuture(new Outcome.Granted(DeviceCertificates.certificate(next.certificate())));
    }

    private Future<Outcome> issue(SqlConnection connection, Attempt attempt) {
        Instant now = clock.instant();
        DeviceIdentity old = attempt.device();
        X509Certificate certificate = authority.device(attempt.request.key(), old.device(), old.epoch());
        DeviceFacts facts = DeviceFacts.verified(certificate, authority.trusted(Usage.DEVICES));
        return store.insert(connection, facts, attempt.request.keySha256(), Pem.der(certificate), now, old.serial())
                .compose(inserted -> record(
                        connection,
                        AuditCode.CERTIFICATE_RENEWED,
                        attempt,
                        "serial=" + facts.identity().serial() + " replaces=" + old.serial() + " notAfter="
                                + facts.notAfter()))
                .map(new Outcome.Granted(certificate));
    }

    /**
     * The honest holder never asks with two keys: it forces its key to disk before it asks. When the old one is dead
     * already, a copy of it proves nothing about the present holder, and must not be able to stop it.
     */
    private Future<Outcome> anotherKey(SqlConnection connection, Renewable old, Attempt attempt) {
        String device = attempt.device().device();
        String why =
                "a second key asked to succeed certificate " + attempt.device().serial() + " from " + attempt.address;
        if (old.dead()) {
            return record(connection, AuditCode.CLONE_SUSPECTED, attempt, "reason=renewal-from-dead")
                    .compose(recorded -> attempt.denied(Fault.CERTIFICATE_REVOKED, why));
        }
        return record(connection, AuditCode.CLONE_SUSPECTED, attempt, "reason=second-renewal")
                .compose(recorded -> alarm.twoHolders(connection, device, why))
                .compose(raised -> attempt.denied(Fault.IDENTITY_HELD, why));
    }

    private Future<Void> record(SqlConnection connection, AuditCode code, Attempt attempt, String detail) {
        String device = attempt.device().device();
        return audit.record(
                connection, new AuditEntry("device:" + device, code, device, detail + " address=" + attempt.address));
    }
}
