package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.identity.Redemption.Denied;
import io.fairlead.enterprise.identity.Redemption.Granted;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One-time codes by which a person makes a PC a device. A code is good for ten minutes and one key; five wrong secrets
 * kill it, counted in the database over all nodes. Whatever is wrong with an attempt, the answer is the same; the audit
 * has the reason.
 */
public final class EnrolmentCodes {
    /** How long a code is good for. */
    public static final Duration LIFE = EnrolmentCode.LIFE;

    /** Guessing at dead or unknown codes is audited this often a minute and node, else only logged by the lane. */
    private static final int HOPELESS_AUDITED = 60;

    /**
     * Where agents reach us, as it stands in the enrolment strings.
     *
     * @param host name or address; an IPv6 address without brackets
     * @param port 1 to 65535
     */
    public record AgentsAddress(String host, int port) {}

    private record Attempt(String code, String secret, CertificateRequest request, String address) {
        boolean readable() {
            return Base32.is(code, EnrolmentString.CODE_DIGITS);
        }

        String actor() {
            return "enrolment:" + (readable() ? code : "unreadable");
        }
    }

    private final Database database;
    private final Authority authority;
    private final DeviceCertificates certificates;
    private final EnrolmentListener listener;
    private final Audit audit;
    private final AgentsAddress address;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random;
    private final EnrolmentCodeStore store = new EnrolmentCodeStore();
    private final Allowance hopeless;

    public EnrolmentCodes(
            Database database,
            Authority authority,
            DeviceCertificates certificates,
            EnrolmentListener listener,
            Audit audit,
            AgentsAddress address,
            Ids ids,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.authority = authority;
        this.certificates = certificates;
        this.listener = listener;
        this.audit = audit;
        this.address = address;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
        this.hopeless = new Allowance(clock, HOPELESS_AUDITED);
    }

    /**
     * Makes a code for a device, in the caller's transaction; codes of the device that are still open die. That the
     * device is registered is the caller's to know.
     *
     * @param actor who asked for it
     */
    public Future<EnrolmentString> create(SqlConnection connection, String device, String actor) {
        Instant now = clock.instant();
        EnrolmentString string = new EnrolmentString(
                address.host(),
                address.port(),
                Base32.random(random, EnrolmentString.CODE_DIGITS),
                Base32.random(random, EnrolmentString.SECRET_DIGITS),
                authority.rootKeySha256());
        EnrolmentCode code = EnrolmentCode.fresh(string.codeId(), device, string.secret(), now, random);
        return listener.wanted(connection, device)
                .compose(may -> store.killOpen(connection, device, now))
                .compose(killed -> record(
                        connection,
                        actor,
                        AuditCode.ENROLMENT_CODE_MADE,
                        device,
                        "code=" + code.code() + " expires=" + code.expiresAt() + " replaced=" + killed))
                .compose(recorded -> store.insert(connection, code, actor, now))
                .map(string);
    }

    /** Kills the codes of a device that are still open, in the caller's transaction. */
    public Future<Integer> kill(SqlConnection connection, String device, String actor, String why) {
        return store.killOpen(connection, device, clock.instant())
                .compose(killed -> killed == 0
                        ? Future.succeededFuture(killed)
                        : record(
                                        connection,
                                        actor,
                                        AuditCode.ENROLMENT_CODE_KILLED,
                                        device,
                                        "count=" + killed + " why=" + why)
                                .map(killed));
    }

    /** Whether these have the form of a code and a secret, as {@link #create} makes them. */
    public static boolean isReadable(String code, String secret) {
        return Base32.is(Base32.canonical(code), EnrolmentString.CODE_DIGITS)
                && Base32.is(Base32.canonical(secret), EnrolmentString.SECRET_DIGITS);
    }

    /**
     * Trades a code for the device's certificate. The same key gets the same certificate again while the ten minutes
     * last. Fails with Refusal(ENROLMENT_REFUSED), the attempt counted and audited all the same.
     *
     * @param address of the peer, for the audit
     */
    public Future<X509Certificate> redeem(String code, String secret, CertificateRequest request, String address) {
        Attempt attempt = new Attempt(Base32.canonical(code), Base32.canonical(secret), request, address);
        return database.inTransaction(
                        connection -> find(connection, attempt).compose(found -> decide(connection, found, attempt)))
                .compose(this::committed);
    }

    private Future<Optional<EnrolmentCode>> find(SqlConnection connection, Attempt attempt) {
        return attempt.readable() ? store.lock(connection, attempt.code) : Future.succeededFuture(Optional.empty());
    }

    private Future<X509Certificate> committed(Redemption redemption) {
        if (redemption instanceof Granted granted) {
            certificates.changed(granted.device());
        }
        return redemption.answer();
    }

    private Future<Redemption> decide(SqlConnection connection, Optional<EnrolmentCode> found, Attempt attempt) {
        if (found.isEmpty()) {
            return hopeless(connection, "", "unknown code", attempt);
        }
        EnrolmentCode code = found.get();
        Instant now = clock.instant();
        if (code.killed()) {
            return hopeless(connection, code.device(), "killed code", attempt);
        }
        if (code.expired(now)) {
            return hopeless(connection, code.device(), "expired code", attempt);
        }
        if (!code.hasSecret(attempt.secret)) {
            return wrongSecret(connection, code, attempt, now);
        }
        return code.keySha256() == null || code.serial() == null
                ? enrol(connection, code, attempt, now)
                : again(connection, code, code.keySha256(), code.serial(), attempt);
    }

    private Future<Redemption> enrol(SqlConnection connection, EnrolmentCode code, Attempt attempt, Instant now) {
        String epoch = ids.next();
        return listener.lock(connection, code.device())
                .compose(first -> certificates.enrol(connection, code.device(), epoch, attempt.request))
                .compose(certificate -> listener.enrolled(connection, code.device(), epoch)
                        .compose(told -> store.redeemed(
                                connection, code, attempt.request.keySha256(), DeviceFacts.serial(certificate), now))
                        .compose(redeemed -> record(
                                connection,
                                attempt.actor(),
                                AuditCode.DEVICE_ENROLLED,
                                code.device(),
                                "epoch=" + epoch + " serial=" + DeviceFacts.serial(certificate) + " address="
                                        + attempt.address))
                        .map(recorded -> new Granted(code.device(), certificate)));
    }

    /** The answer may have been lost: the same key is the same device. */
    private Future<Redemption> again(
            SqlConnection connection, EnrolmentCode code, String keySha256, String serial, Attempt attempt) {
        if (!keySha256.equals(attempt.request.keySha256())) {
            return denied(connection, code.device(), "used by another key", attempt);
        }
        return certificates
                .find(connection, serial)
                .compose(found -> found.isEmpty()
                        ? denied(connection, code.device(), "its certificate is revoked", attempt)
                        : record(
                                        connection,
                                        attempt.actor(),
                                        AuditCode.ENROLMENT_REPEATED,
                                        code.device(),
                                        "serial=" + serial + " address=" + attempt.address)
                                .map(recorded -> new Granted(code.device(), found.get())));
    }

    private Future<Redemption> wrongSecret(SqlConnection connection, EnrolmentCode code, Attempt attempt, Instant now) {
        boolean dies = code.diesOfOneMore();
        return store.wrong(connection, code, dies, now)
                .compose(counted -> dies
                        ? record(
                                connection,
                                attempt.actor(),
                                AuditCode.ENROLMENT_CODE_KILLED,
                                code.device(),
                                "wrong=" + (code.wrong() + 1))
                        : Future.succeededFuture())
                .compose(said -> denied(connection, code.device(), "wrong secret", attempt));
    }

    /** Nothing that anybody could guess further would help him. */
    private Future<Redemption> hopeless(SqlConnection connection, String device, String why, Attempt attempt) {
        return hopeless.take()
                ? denied(connection, device, why, attempt)
                : Future.succeededFuture(new Denied(why + ", one of too many"));
    }

    private Future<Redemption> denied(SqlConnection connection, String device, String why, Attempt attempt) {
        return record(
                        connection,
                        attempt.actor(),
                        AuditCode.ENROLMENT_REFUSED,
                        device,
                        "why=\"" + why + "\" address=" + attempt.address)
                .map(recorded -> new Denied(why));
    }

    private Future<Void> record(SqlConnection connection, String actor, AuditCode code, String subject, String detail) {
        return audit.record(connection, new AuditEntry(actor, code, subject, detail));
    }
}
