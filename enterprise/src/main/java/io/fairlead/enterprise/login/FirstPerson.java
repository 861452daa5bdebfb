package io.fairlead.enterprise.login;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Makes the person who makes all others; the room of people does, plugged in by the composition root. */
@FunctionalInterface
public interface FirstPerson {
    /**
     * Makes him, with every right, in the caller's transaction. Fails with a Refusal for a name that is none, or taken.
     *
     * @param actor whose doing it is, as the audit names him
     */
    Future<Void> make(SqlConnection connection, String actor, String name, String displayName, String organisation);
}
