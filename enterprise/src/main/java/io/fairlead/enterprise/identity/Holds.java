package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;

/**
 * Holds identities of which two holders are known, in the caller's transaction. From its commit on
 * {@link DeviceCertificates#judge} lets none of them pass, at every node as soon as its notification has come.
 */
public final class Holds {
    private final DeviceCertificateStore store = new DeviceCertificateStore();

    public Future<Void> hold(SqlConnection connection, String device, Instant now) {
        return store.hold(connection, device, now).compose(held -> store.announce(connection, device));
    }

    /** A person has decided. */
    public Future<Void> release(SqlConnection connection, String device) {
        return store.hold(connection, device, null).compose(free -> store.announce(connection, device));
    }
}
