package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.audit.Finding.Kind;
import io.fairlead.statements.Checkpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the audit is what it was when it was sealed, or says what is not. Reads the whole chain once, a few thousand
 * rows at a time; changes nothing. Blocking.
 *
 * <p>What it can prove alone: that nobody without the server's signing key changed what is sealed. With witnesses, also
 * that nobody with the key did, up to what the newest of them saw.
 */
public final class Verification {
    private final TrustAnchors anchors;
    private final List<SignedCheckpoint> witnesses;

    /** @param witnesses whose signatures {@code anchors} found right */
    public Verification(TrustAnchors anchors, List<SignedCheckpoint> witnesses) {
        this.anchors = anchors;
        this.witnesses = List.copyOf(witnesses);
    }

    /**
     * Verifies a database.
     *
     * @param connection in a transaction, which should be REPEATABLE READ where a server runs beside; stays open
     */
    public Verified run(Connection connection) throws SQLException {
        VerifyStore store = new VerifyStore(connection);
        Map<String, List<byte[]>> signers = store.signers();
        ChainCheck check = new ChainCheck(anchors, key -> signers.getOrDefault(key, List.of()), witnesses);
        SealedRow.@Nullable Stored head = store.head();
        store.seals(check::seal);
        if (head != null) {
            check.head(head);
        }
        store.lost(check::checkpoint);
        check.end(head == null ? null : Checkpoint.of(head.statement()).orElse(null));
        Young young = new Young();
        store.unsealed(row -> {
            if (row.late()) {
                check.found(
                        Kind.ADDED,
                        check.last() + 1,
                        check.last() + 1,
                        "the row with id " + row.id() + " (" + row.at() + ", " + row.actor() + ", " + row.code()
                                + ") was put in later and never sealed");
            } else {
                young.add(row);
            }
        });
        return check.result(young.count, young.oldest);
    }

    /** Notes in the audit that somebody verified it, and with what result. */
    public void record(Connection connection, String actor, Verified verified) throws SQLException {
        String proved =
                verified.proved().map(one -> Long.toString(one.number())).orElse("0");
        new VerifyStore(connection)
                .record(new AuditEntry(
                        actor,
                        AuditCode.AUDIT_VERIFIED,
                        "",
                        "rows=" + verified.rows() + " proved=" + proved + " wrong=" + verified.wrong() + " witnesses="
                                + witnesses.size()));
    }

    private static final class Young {
        private long count;
        private Optional<Instant> oldest = Optional.empty();

        void add(VerifyStore.Unsealed row) {
            count++;
            Optional<Instant> at = VerifyStore.moment(row.at());
            if (oldest.isEmpty() || at.filter(one -> one.isBefore(oldest.get())).isPresent()) {
                oldest = at;
            }
        }
    }
}
