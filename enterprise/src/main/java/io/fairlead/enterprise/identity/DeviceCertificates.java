package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.identity.DeviceCertificateStore.Standing;
import io.fairlead.enterprise.identity.JudgedCertificates.Known;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Issues the certificates of devices, revokes them, and judges each one that is presented. To be asked at every request,
 * at the wake-up of every poll and at every upgrade: a resumed TLS session was never checked again by TLS itself.
 *
 * <p>What a certificate says is verified once; that it is neither expired nor early, each time; whether it is revoked or
 * belongs to an older enrolment is read from the database, and remembered until a notification names the device. Safe
 * for use by several threads.
 */
public final class DeviceCertificates {
    /** Where the id of a device is notified when something about its certificates changes. */
    public static final String CHANNEL = "fairlead_certificate";

    private static final int REMEMBERED = 50_000;

    private final Database database;
    private final Authority authority;
    private final Audit audit;
    private final Clock clock;
    private final DeviceCertificateStore store = new DeviceCertificateStore();
    private final JudgedCertificates judged = new JudgedCertificates(REMEMBERED);

    /** Hears nothing of other nodes until {@link #listenTo}. */
    public DeviceCertificates(Database database, Authority authority, Audit audit, Clock clock) {
        this.database = database;
        this.authority = authority;
        this.audit = audit;
        this.clock = clock;
        // What an issuer signed that is trusted no longer was verified for nothing.
        authority.onChange(judged::clear);
    }

    /**
     * Judges what a TLS peer presented. Fails with a Refusal of {@code CERTIFICATE_REFUSED}, {@code CERTIFICATE_EXPIRED},
     * {@code CERTIFICATE_REVOKED} or {@code IDENTITY_HELD}, or with the database's exception: then nobody may pass. Costs
     * next to nothing when the certificate was judged before, else about a millisecond and a query.
     */
    public Future<DeviceIdentity> judge(Peer peer) {
        return judge(peer, false);
    }

    /** As {@link #judge}, but an identity that is held passes: for who only takes note of its holders. */
    public Future<DeviceIdentity> recognise(Peer peer) {
        return judge(peer, true);
    }

    private Future<DeviceIdentity> judge(Peer peer, boolean heldToo) {
        Instant now = clock.instant();
        try {
            Known known = judged.find(peer.fingerprint(), now);
            DeviceFacts facts = known == null ? verified(peer, now) : known.facts();
            facts.mustBeValidAt(now);
            return known == null || known.verdict() == null
                    ? read(peer.fingerprint(), facts, now, heldToo)
                    : answer(facts, known.verdict(), heldToo);
        } catch (Refusal refusal) {
            return Future.failedFuture(refusal);
        }
    }

    /**
     * What a chain says of a device, verified but for what the rows say: for who has to ask them more than
     * {@link #judge} does. The Refusals are the same.
     */
    DeviceFacts facts(@Nullable List<X509Certificate> chain) {
        if (chain == null || chain.isEmpty()) {
            throw new Refusal(Fault.NO_CERTIFICATE, "none presented");
        }
        DeviceFacts facts = DeviceFacts.verified(chain.get(0), authority.trusted(Usage.DEVICES));
        facts.mustBeValidAt(clock.instant());
        return facts;
    }

    private DeviceFacts verified(Peer peer, Instant now) {
        try {
            DeviceFacts facts = DeviceFacts.verified(peer.certificate(), authority.trusted(Usage.DEVICES));
            judged.keep(peer.fingerprint(), facts, now);
            return facts;
        } catch (GeneralSecurityException unreadable) {
            throw new Refusal(Fault.CERTIFICATE_REFUSED, "cannot be read", unreadable);
        }
    }

    private Future<DeviceIdentity> read(String fingerprint, DeviceFacts facts, Instant now, boolean heldToo) {
        long turn = judged.turn();
        return store.standing(database.pool(), facts.identity()).compose(found -> {
            if (found.isEmpty()) {
                return Future.failedFuture(new Refusal(
                        Fault.CERTIFICATE_REFUSED, "serial=" + facts.identity().serial() + " was never issued"));
            }
            judged.keep(fingerprint, facts, found.get().verdict(), now, turn);
            return firstUse(facts.identity(), found.get(), now)
                    .compose(noted -> answer(facts, found.get().verdict(), heldToo));
        });
    }

    private Future<Void> firstUse(DeviceIdentity identity, Standing standing, Instant now) {
        if (!standing.unused() || standing.verdict() != Verdict.GOOD) {
            return Future.succeededFuture();
        }
        return standing.replaces() == null
                ? store.used(database.pool(), identity.serial(), now).mapEmpty()
                : takeOver(identity, standing.replaces(), now);
    }

    /** A renewed certificate is used for the first time: now the one before it is dead, at every node. */
    private Future<Void> takeOver(DeviceIdentity identity, String replaces, Instant now) {
        return database.inTransaction(connection -> store.lock(connection, identity.device())
                        .compose(locked -> store.used(connection, identity.serial(), now))
                        .compose(first -> first
                                ? store.supersede(connection, replaces, now)
                                        .compose(dead -> store.announce(connection, identity.device()))
                                : Future.succeededFuture()))
                .onSuccess(committed -> judged.forget(identity.device()));
    }

    private static Future<DeviceIdentity> answer(DeviceFacts facts, Verdict verdict, boolean heldToo) {
        verdict.mustPass(facts.identity(), heldToo);
        return Future.succeededFuture(facts.identity());
    }

    /**
     * Revokes all certificates of a device, for good: it needs a new code. Each node knows at its next request, when the
     * notification has come.
     *
     * @param why for people, in the rows and in the audit
     * @return how many there were
     */
    public Future<Integer> revoke(String device, String actor, String why) {
        return database.inTransaction(connection -> revoke(connection, device, actor, why))
                .onSuccess(committed -> changed(device));
    }

    /** The same in the caller's transaction; {@link #changed} is to be called when it is committed. */
    public Future<Integer> revoke(SqlConnection connection, String device, String actor, String why) {
        Instant now = clock.instant();
        return store.lock(connection, device)
                .compose(locked -> store.revoke(connection, device, why, now))
                .compose(count -> audit.record(
                                connection,
                                new AuditEntry(
                                        actor, AuditCode.CERTIFICATE_REVOKED, device, "count=" + count + " why=" + why))
                        .compose(recorded -> store.announce(connection, device))
                        .map(count));
    }

    /** Begins a new enrolment: earlier certificates die, and the key has the only one that lives. */
    Future<X509Certificate> enrol(SqlConnection connection, String device, String epoch, CertificateRequest request) {
        Instant now = clock.instant();
        X509Certificate certificate = authority.device(request.key(), device, epoch);
        DeviceFacts facts = DeviceFacts.verified(certificate, authority.trusted(Usage.DEVICES));
        return store.enrol(connection, facts.identity(), now)
                .compose(held -> store.revoke(connection, device, "enrolled anew", now))
                .compose(revoked ->
                        store.insert(connection, facts, request.keySha256(), Pem.der(certificate), now, null))
                .compose(inserted -> store.announce(connection, device))
                .map(certificate);
    }

    /** A certificate that was issued before and is good now. */
    Future<Optional<X509Certificate>> find(SqlConnection connection, String serial) {
        return store.find(connection, serial).map(found -> found.map(DeviceCertificates::certificate));
    }

    /**
     * The certificate of a device by its SHA-256, for who has something that its key signed: of the present enrolment, and
     * killed by nothing but its own successor.
     *
     * @param sha256 64 hexadecimal digits
     */
    public Future<Optional<X509Certificate>> bySha256(SqlClient client, String device, String sha256) {
        return store.bySha256(client, device, sha256).map(found -> found.map(DeviceCertificates::certificate));
    }

    /**
     * A certificate that a device ever had, whatever became of it, and its issuer's, in PEM: for who shows what its key
     * signed. Without the issuer's when that was given up since; empty when there is no such certificate.
     *
     * @param sha256 64 hexadecimal digits
     */
    public Future<String> chain(SqlClient client, String device, String sha256) {
        return store.ever(client, device, sha256)
                .map(found -> found.map(DeviceCertificates::certificate)
                        .map(certificate -> {
                            List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
                            authority.trusted(Usage.DEVICES).stream()
                                    .filter(issuer -> issued(issuer, certificate))
                                    .findFirst()
                                    .ifPresent(chain::add);
                            return new String(Pem.of(chain), StandardCharsets.US_ASCII);
                        })
                        .orElse(""));
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** The keys that a device ever had, also those that are revoked by now: for what it signed while it had them. */
    public Future<List<PublicKey>> keys(SqlClient client, String device) {
        return store.every(client, device)
                .map(found -> found.stream()
                        .map(der -> certificate(der).getPublicKey())
                        .distinct()
                        .toList());
    }

    /** Hears of changes that any node makes; whatever was missed before is read again. */
    public void listenTo(Notifications notifications) {
        notifications.listen(CHANNEL, judged::forget);
        notifications.onReconnect(judged::forgetAll);
    }

    /** This node has committed something about a device's certificates: it need not wait for the notification. */
    public void changed(String device) {
        judged.forget(device);
    }

    static X509Certificate certificate(byte[] der) {
        try {
            return Pem.certificate(der);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a stored certificate cannot be read", impossible);
        }
    }
}
