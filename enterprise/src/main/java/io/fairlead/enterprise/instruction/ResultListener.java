package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.DeviceId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Hears how instructions ended: for a room above whose own rows depend on it. */
public interface ResultListener {
    /**
     * Called in the transaction that settles them, after it has stored them; fails only to roll it back.
     *
     * @param results the first word on each instruction
     */
    Future<Void> settled(SqlConnection connection, List<Result> results);

    /** Called in the transaction that takes instructions back before an agent had them. */
    Future<Void> takenBack(SqlConnection connection, String actor, DeviceId device, List<Long> sequences);

    /** Whoever wants to hear nothing. */
    ResultListener NOBODY = new ResultListener() {
        @Override
        public Future<Void> settled(SqlConnection connection, List<Result> results) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> takenBack(SqlConnection connection, String actor, DeviceId device, List<Long> sequences) {
            return Future.succeededFuture();
        }
    };
}
