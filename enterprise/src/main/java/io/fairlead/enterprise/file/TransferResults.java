package io.fairlead.enterprise.file;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.instruction.Outcome;
import io.fairlead.enterprise.instruction.Result;
import io.fairlead.enterprise.instruction.ResultListener;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;

/**
 * Ends transfers whose instruction was refused, failed or taken back. One that was cut short by a crash may have begun all the same:
 * it ends here only when nothing was offered or fetched.
 */
public final class TransferResults implements ResultListener {
    private final TransferStore store = new TransferStore();
    private final Ledger ledger;
    private final Clock clock;

    public TransferResults(Audit audit, Clock clock) {
        this.ledger = new Ledger(store, audit);
        this.clock = clock;
    }

    @Override
    public Future<Void> settled(SqlConnection connection, List<Result> results) {
        List<Result> bad = results.stream()
                .filter(result -> result.outcome() != Outcome.DONE)
                .toList();
        return bad.isEmpty()
                ? Future.succeededFuture()
                : store.ofResults(connection, bad).compose(found -> ended(connection, found, bad));
    }

    @Override
    public Future<Void> takenBack(SqlConnection connection, String actor, DeviceId device, List<Long> sequences) {
        return store.ofInstructions(connection, device, sequences).compose(found -> {
            Future<Void> done = Future.succeededFuture();
            for (Transfer one : found) {
                Transfer after = one.ended(TransferState.CANCELLED, "its instruction was taken back", clock.instant());
                done = done.compose(
                        before -> ledger.changed(connection, actor, one, after).mapEmpty());
            }
            return done;
        });
    }

    private Future<Void> ended(SqlConnection connection, List<Transfer> found, List<Result> results) {
        Future<Void> done = Future.succeededFuture();
        for (Transfer one : found) {
            for (Result result : results) {
                if (result.device().equals(one.device())
                        && result.sequence() == one.sequence()
                        && (result.outcome() != Outcome.INTERRUPTED || one.state() == TransferState.REQUESTED)) {
                    Transfer after = one.ended(state(result.outcome()), result.detail(), clock.instant());
                    done = done.compose(before -> ledger.changed(connection, "device:" + one.device(), one, after)
                            .mapEmpty());
                }
            }
        }
        return done;
    }

    private static TransferState state(Outcome outcome) {
        return outcome == Outcome.REFUSED ? TransferState.REFUSED : TransferState.FAILED;
    }
}
