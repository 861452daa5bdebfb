package io.fairlead.enterprise.file;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what has become of transfers, and audits each change of their state in the same transaction. */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final TransferStore store;
    private final Audit audit;

    Ledger(TransferStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
    }

    /** A new one. */
    Future<Transfer> opened(SqlConnection connection, Transfer fresh) {
        String detail = "direction=" + fresh.direction() + " asked=" + fresh.asked() + " instruction="
                + fresh.sequence() + (fresh.reason().isEmpty() ? "" : " reason=" + fresh.reason());
        return store.insert(connection, fresh)
                .compose(inserted -> audit.record(
                        connection, entry(fresh.requestedBy(), AuditCode.TRANSFER_REQUESTED, fresh, detail)))
                .map(fresh);
    }

    /** A change; answers what it has become. */
    Future<Transfer> changed(SqlConnection connection, String actor, Transfer before, Transfer after) {
        List<AuditEntry> deeds = new ArrayList<>();
        Offer offer = after.offer();
        if (offer != null && !offer.equals(before.offer())) {
            deeds.add(entry(
                    actor,
                    AuditCode.TRANSFER_OFFERED,
                    after,
                    "name=" + offer.name() + " size=" + offer.size() + " sha256=" + offer.sha256() + " protection="
                            + offer.protection()));
        }
        if (before.begunAt() == null && after.begunAt() != null) {
            deeds.add(entry(actor, AuditCode.TRANSFER_BEGUN, after, ""));
        }
        if (after.restarts() > before.restarts()) {
            deeds.add(entry(actor, AuditCode.TRANSFER_RESTARTED, after, "restarts=" + after.restarts()));
        }
        if (after.state().isEnd() && !before.state().isEnd()) {
            deeds.add(entry(
                    actor,
                    AuditCode.TRANSFER_ENDED,
                    after,
                    "state=" + after.state() + " moved=" + after.moved()
                            + (after.detail() == null ? "" : " detail=" + after.detail())));
            LOG.info(
                    "transfer={} device={} state={} moved={}",
                    after.id(),
                    after.device(),
                    after.state(),
                    after.moved());
        }
        return store.update(connection, after)
                .compose(updated -> audit.record(connection, deeds))
                .map(after);
    }

    /** A person cancelled it, and then the device said that it had been faster. Said again, it is no news. */
    Future<Transfer> doneLate(SqlConnection connection, String actor, Transfer before, String where) {
        String detail = "cancelled, but done at the device: " + where;
        if (detail.equals(before.detail())) {
            return Future.succeededFuture(before);
        }
        Transfer after = before.noted(detail);
        return store.update(connection, after)
                .compose(updated ->
                        audit.record(connection, entry(actor, AuditCode.TRANSFER_DONE_LATE, after, "where=" + where)))
                .map(after);
    }

    static AuditEntry entry(String actor, AuditCode code, Transfer of, String detail) {
        return new AuditEntry(
                actor, code, of.device().value(), "transfer=" + of.id() + (detail.isEmpty() ? "" : " " + detail));
    }
}
