package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The hosts to which notifications may be sent. Operators name them; nobody else may, and no account. */
public final class Receivers {
    private final Database database;
    private final Rights rights;
    private final Audit audit;
    private final Clock clock;
    private final ReceiverStore store = new ReceiverStore();

    public Receivers(Database database, Rights rights, Audit audit, Clock clock) {
        this.database = database;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
    }

    /** All of them, in order. Fails with Refusal: FORBIDDEN, PASSKEY_NEEDED. */
    public Future<List<Receiver>> list(Actor actor) {
        return rights.must(actor, Action.NAME_RECEIVER, Scope.PLATFORM).compose(may -> store.list(database.pool()));
    }

    /**
     * Names one, or says anew how it is to be reached; whether it was not so before. Fails with Refusal: FORBIDDEN,
     * PASSKEY_NEEDED.
     */
    public Future<Boolean> name(Actor actor, Receiver.Wish wish) {
        return database.inTransaction(connection -> rights.must(connection, actor, Action.NAME_RECEIVER, Scope.PLATFORM)
                .compose(may -> store.name(connection, wish, clock.instant(), actor.audited()))
                .compose(fresh -> fresh
                        ? audit.record(
                                        connection,
                                        new AuditEntry(
                                                actor.audited(),
                                                AuditCode.NOTIFICATION_HOST_NAMED,
                                                "host:" + wish.host() + ":" + wish.port(),
                                                "http=" + wish.plain() + " networks=" + wish.networks()))
                                .map(true)
                        : Future.succeededFuture(false)));
    }

    /** From now on nothing is sent there. Fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED. */
    public Future<Void> forget(Actor actor, String host, int port) {
        String place = HostName.of(host).text();
        return database.inTransaction(connection -> rights.must(connection, actor, Action.NAME_RECEIVER, Scope.PLATFORM)
                .compose(may -> store.forget(connection, place, port))
                .compose(there -> {
                    if (!there) {
                        throw new Refusal(Fault.NOT_FOUND, "nobody named " + place + ":" + port);
                    }
                    return audit.record(
                            connection,
                            new AuditEntry(
                                    actor.audited(),
                                    AuditCode.NOTIFICATION_HOST_FORGOTTEN,
                                    "host:" + place + ":" + port,
                                    ""));
                }));
    }

    /** What an operator said of where an endpoint is; empty when nobody named it, or not for http. */
    Future<Optional<Receiver>> of(Endpoint endpoint) {
        return store.find(database.pool(), endpoint.host().text(), endpoint.port())
                .map(found -> found.filter(receiver -> endpoint.secure() || receiver.plain()));
    }
}
