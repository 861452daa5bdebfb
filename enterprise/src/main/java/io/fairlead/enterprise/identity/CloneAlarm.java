package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Told when two holders of one identity show by its certificates; what is to happen to the device is not identity's to say. */
@FunctionalInterface
public interface CloneAlarm {
    /**
     * Two keys asked to succeed the same certificate of a device. In the transaction that refuses the second.
     *
     * @param device its id
     * @param why for people, in one line
     */
    Future<Void> twoHolders(SqlConnection connection, String device, String why);
}
