package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Told when two holders of one identity show by its certificates; what is to happen to the device is not identity's to say. */
@FunctionalInterface
public interface CloneAlarm {
    /**
     * Locks first what {@link #twoHolders} would write, before a row of the device's certificates is locked. Polls lock in
     * that order; in the other one two transactions could wait for each other.
     */
    default Future<Void> lock(SqlConnection connection, String device) {
        return Future.succeededFuture();
    }

    /**
     * Two keys asked to succeed the same certificate of a device. In the transaction that refuses the second.
     *
     * @param device its id
     * @param why for people, in one line
     */
    Future<Void> twoHolders(SqlConnection connection, String device, String why);
}
