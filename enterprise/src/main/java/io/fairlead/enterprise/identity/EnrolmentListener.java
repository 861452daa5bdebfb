package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Told of each new enrolment within its transaction, to reset what belonged to the one before. */
public interface EnrolmentListener {
    /** A code is to be made for a device. When the future fails, it is not. */
    default Future<Void> wanted(SqlConnection connection, String device) {
        return Future.succeededFuture();
    }

    /** Locks first what {@link #enrolled} will write; see {@link CloneAlarm#lock}. */
    default Future<Void> lock(SqlConnection connection, String device) {
        return Future.succeededFuture();
    }

    /**
     * A device enrols anew. When the future fails, nothing of the enrolment happens.
     *
     * @param device its id
     * @param epoch the new epoch of enrolment, 32 hexadecimal digits
     */
    Future<Void> enrolled(SqlConnection connection, String device, String epoch);
}
