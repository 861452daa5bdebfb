package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.tunnel.Relay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the streams of this node's relay when any node has ended their session, or that somebody looks on there. */
public final class RelayEnds {
    private static final Logger LOG = LoggerFactory.getLogger(RelayEnds.class);

    private final Database database;
    private final Relay relay;
    private final SessionStore store = new SessionStore();
    private final WatcherStore watchers = new WatcherStore();

    public RelayEnds(Database database, Relay relay) {
        this.database = database;
        this.relay = relay;
    }

    /** From now on; what was missed while nothing could be heard is looked at again. */
    public void listenTo(Notifications notifications) {
        notifications.listen(RemoteSessions.CHANNEL, this::look);
        notifications.onReconnect(() ->
                relay.open().stream().map(Relay.OpenStream::session).distinct().forEach(this::look));
    }

    private void look(String session) {
        store.find(database.pool(), session)
                .compose(found -> {
                    found.flatMap(RemoteSession::over).ifPresent(cause -> relay.end(session, cause));
                    return watchers.barred(database.pool(), session);
                })
                .onSuccess(barred -> barred.forEach(one -> relay.endStream(one.stream(), one.cause())))
                .onFailure(failure -> LOG.warn("session=not-looked-at", failure));
    }
}
