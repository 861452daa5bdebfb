package io.fairlead.enterprise.instruction;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Hears how instructions ended: for a room above whose own rows depend on it. */
@FunctionalInterface
public interface ResultListener {
    /**
     * Called in the transaction that settles them, after it has stored them; fails only to roll it back.
     *
     * @param results the first word on each instruction
     */
    Future<Void> settled(SqlConnection connection, List<Result> results);
}
