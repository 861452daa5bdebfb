package io.fairlead.enterprise.people;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Told, within the transaction, what befalls people. When a future fails, nothing of it happens. */
@FunctionalInterface
public interface PersonListener {
    /** He is disabled: his sessions and links are over. */
    Future<Void> ended(SqlConnection connection, String name);

    /** Whoever wants to hear nothing. */
    PersonListener NOBODY = (connection, name) -> Future.succeededFuture();
}
