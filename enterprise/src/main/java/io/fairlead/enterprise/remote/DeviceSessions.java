package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.remote.RemoteSession.Grant;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions as their devices speak of them. Nothing is answered before it is committed; said again, it is answered again. A
 * device that speaks of another's, or of one that never was, gets Refusal(NOT_FOUND).
 */
public final class DeviceSessions {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSessions.class);

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final ReceiptCheck receipts;
    private final SessionStore store = new SessionStore();
    private final Endings endings;

    public DeviceSessions(
            Database database, DeviceCertificates certificates, Instructions instructions, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.receipts = new ReceiptCheck(certificates);
        this.endings = new Endings(store, instructions, audit, clock);
    }

    /** What a word led to; what was refused is committed as well, for the audit. */
    private record Step(RemoteSession now, @Nullable String refused) {}

    /**
     * Takes a device's word.
     *
     * @return why the session is over here; empty while it stands. Fails with Refusal: NOT_FOUND, INVALID for a receipt that
     *     does not prove what is said, or for a word that cannot follow
     */
    public Future<Optional<StreamCause>> said(DeviceId device, String id, DeviceWord word) {
        return database.inTransaction(connection -> store.lock(connection, id)
                        .map(found -> found.filter(one -> one.device().equals(device))
                                .orElseThrow(() -> RemoteSessions.none(id)))
                        .compose(one -> step(connection, one, word)))
                .map(step -> {
                    if (step.refused() != null) {
                        LOG.warn("session={} device={} receipt=refused reason=\"{}\"", id, device, step.refused());
                        throw new Refusal(Fault.INVALID, "the receipt is refused: " + step.refused());
                    }
                    return step.now().over();
                });
    }

    private Future<Step> step(SqlConnection connection, RemoteSession one, DeviceWord word) {
        if (one.state().isOver()) {
            return Future.succeededFuture(new Step(one, null));
        }
        boolean granted = one.state() == SessionState.GRANTED;
        return switch (word.said()) {
            case ASKED -> one.state() == SessionState.REQUESTED ? asked(connection, one) : same(one);
            case GRANTED -> granted ? again(connection, one, word.receipt()) : granted(connection, one, word.receipt());
            case DECLINED -> declined(connection, mustNot(granted, one), word);
            case UNANSWERED -> over(connection, mustNot(granted, one), SessionState.UNANSWERED, null, word.detail());
            case REFUSED -> over(connection, mustNot(granted, one), SessionState.REFUSED, null, word.detail());
            case ENDED ->
                over(
                        connection,
                        one,
                        granted ? SessionState.ENDED : SessionState.WITHDRAWN,
                        isDue(one) ? StreamCause.EXPIRED : causeOf(word.detail()),
                        word.detail());
        };
    }

    /** The causes that only the device knows, by their words. */
    private static StreamCause causeOf(String words) {
        return Stream.of(StreamCause.IDLE, StreamCause.AGENT_STOPS, StreamCause.EXPIRED)
                .filter(cause -> cause.words().equals(words))
                .findFirst()
                .orElse(StreamCause.ENDED_AT_INSTRUMENT);
    }

    private static Future<Step> same(RemoteSession one) {
        return Future.succeededFuture(new Step(one, null));
    }

    private static RemoteSession mustNot(boolean granted, RemoteSession one) {
        if (granted) {
            throw new Refusal(Fault.INVALID, "session=" + one.id() + " was granted");
        }
        return one;
    }

    private boolean isDue(RemoteSession one) {
        Grant grant = one.grant();
        return grant != null && !clock.instant().isBefore(grant.until());
    }

    private Future<Step> asked(SqlConnection connection, RemoteSession one) {
        RemoteSession asked = one.asked();
        return store.update(connection, asked)
                .compose(updated -> audit.record(connection, entry(one, AuditCode.SESSION_ASKED, "")))
                .map(new Step(asked, null));
    }

    /** The same yes, perhaps because our answer was lost, or as a renewed certificate signs it; another one is none. */
    private Future<Step> again(SqlConnection connection, RemoteSession one, @Nullable SignedText text) {
        Grant held = Objects.requireNonNull(one.grant());
        if (text != null && held.receipt().equals(text)) {
            return same(one);
        }
        return receipts.judge(connection, one, Receipt.Decision.GRANTED, text).compose(verdict -> {
            Receipt receipt = verdict.receipt();
            if (receipt == null || text == null || !ReceiptCheck.isSame(receipt, held.receipt())) {
                return refused(connection, one, "another one than before");
            }
            RemoteSession signed = one.granted(new Grant(held.services(), held.at(), held.until(), text));
            return store.update(connection, signed)
                    .compose(updated -> audit.record(
                            connection,
                            entry(one, AuditCode.SESSION_GRANTED, " signed=again receipt=" + receipt.number())))
                    .map(new Step(signed, null));
        });
    }

    private Future<Step> granted(SqlConnection connection, RemoteSession one, @Nullable SignedText text) {
        return receipts.judge(connection, one, Receipt.Decision.GRANTED, text).compose(verdict -> {
            Receipt receipt = verdict.receipt();
            if (receipt == null || text == null) {
                return refused(connection, one, Objects.requireNonNull(verdict.why()));
            }
            Instant now = clock.instant();
            // By our clock: whichever of two says "over" first ends it.
            Instant until = now.plus(Duration.between(receipt.at(), receipt.until()));
            RemoteSession granted = one.granted(new Grant(receipt.services(), now, until, text));
            return store.update(connection, granted)
                    .compose(updated -> audit.record(
                            connection,
                            entry(
                                    one,
                                    AuditCode.SESSION_GRANTED,
                                    " services=" + String.join(" ", ServiceWords.write(receipt.services()))
                                            + (receipt.clipboard() ? " clipboard=shared" : "")
                                            + " until=" + until + " means="
                                            + receipt.means().word() + " approver="
                                            + receipt.approver() + " receipt=" + receipt.number())))
                    .map(new Step(granted, null));
        });
    }

    private Future<Step> declined(SqlConnection connection, RemoteSession one, DeviceWord word) {
        if (word.receipt() == null) {
            return over(connection, one, SessionState.DECLINED, null, word.detail());
        }
        return receipts.judge(connection, one, Receipt.Decision.DECLINED, word.receipt())
                .compose(verdict -> verdict.receipt() == null
                        ? refused(connection, one, Objects.requireNonNull(verdict.why()))
                        : over(connection, one, SessionState.DECLINED, null, word.detail()));
    }

    private Future<Step> over(
            SqlConnection connection, RemoteSession one, SessionState end, @Nullable StreamCause cause, String detail) {
        return endings.ended(connection, "device:" + one.device(), one, end, cause, detail)
                .map(over -> new Step(over, null));
    }

    private Future<Step> refused(SqlConnection connection, RemoteSession one, String why) {
        return audit.record(connection, entry(one, AuditCode.SESSION_RECEIPT_REFUSED, " reason=" + why))
                .map(new Step(one, why));
    }

    private static AuditEntry entry(RemoteSession one, AuditCode code, String more) {
        return new AuditEntry("device:" + one.device(), code, one.device().value(), "session=" + one.id() + more);
    }
}
