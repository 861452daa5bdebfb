package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;

/**
 * The subscriptions of accounts. Each has its own alone; another's does not exist for it. That it may see what it subscribes
 * to is asked here so that it learns of it early; what counts is asked again at each delivery.
 */
public final class Subscriptions {
    /** Of one account. */
    public static final int MOST = 20;

    private final Database database;
    private final Rights rights;
    private final Devices devices;
    private final Receivers receivers;
    private final Courier courier;
    private final Audit audit;
    private final Clock clock;
    private final Ids ids;
    private final SubscriptionStore store = new SubscriptionStore();

    public Subscriptions(
            Database database,
            Rights rights,
            Devices devices,
            Receivers receivers,
            Courier courier,
            Audit audit,
            Clock clock,
            Ids ids) {
        this.database = database;
        this.rights = rights;
        this.devices = devices;
        this.receivers = receivers;
        this.courier = courier;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Makes one: what happens from now on is delivered. Fails with Refusal: ENDPOINT_REFUSED; INVALID for kinds that are
     * named twice; FORBIDDEN; UNKNOWN_DEVICE; CONFLICT for one more than {@value #MOST}.
     */
    public Future<Subscription> subscribe(Actor actor, Subscription.Wish wish) {
        String id = ids.next();
        return mustBeNamed(wish.endpoint())
                .compose(named -> maySee(actor, wish.kinds(), wish.only()))
                .compose(may -> database.inTransaction(connection -> store.count(connection, actor.name())
                        .compose(count -> {
                            if (count >= MOST) {
                                throw new Refusal(Fault.CONFLICT, actor + " has " + count + " subscriptions");
                            }
                            return store.insert(connection, id, actor.name(), wish, clock.instant());
                        })
                        .compose(inserted -> record(
                                connection,
                                actor,
                                AuditCode.NOTIFICATION_SUBSCRIBED,
                                id,
                                "endpoint=" + wish.endpoint() + " kinds=" + keys(wish.kinds()) + " " + wish.only()))))
                .compose(done -> get(actor, id));
    }

    private Future<Void> mustBeNamed(String endpoint) {
        return Future.succeededFuture(endpoint)
                .map(Endpoint::of)
                .compose(read -> receivers.of(read).map(found -> {
                    if (found.isEmpty()) {
                        throw new Refusal(
                                Fault.ENDPOINT_REFUSED,
                                "no operator named " + read.place() + (read.secure() ? "" : " for http"));
                    }
                    return null;
                }));
    }

    private Future<Void> maySee(Actor actor, List<EventKind> kinds, Subscription.Only only) {
        if (!actor.isAccount()) {
            return Future.failedFuture(new Refusal(Fault.FORBIDDEN, actor + " is no account"));
        }
        if (new HashSet<>(kinds).size() < kinds.size()) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a kind is named twice"));
        }
        return rights.of(actor).compose(entitlement -> {
            for (EventKind kind : kinds) {
                if (!entitlement.hasRoleFor(kind.needs())) {
                    throw new Refusal(Fault.FORBIDDEN, "actor=" + actor + " action=" + kind.needs());
                }
            }
            Future<Void> seen = Future.succeededFuture();
            String device = only.device();
            if (device != null) {
                for (EventKind kind : kinds) {
                    seen = seen.compose(before -> devices.mayOn(actor, kind.needs(), new DeviceId(device))
                            .mapEmpty());
                }
            }
            return seen;
        });
    }

    /** The caller's own, the oldest first. */
    public Future<List<Subscription>> list(Actor actor) {
        return store.list(database.pool(), actor.name());
    }

    /** One of the caller's own; fails with Refusal(NOT_FOUND). */
    public Future<Subscription> get(Actor actor, String id) {
        return store.find(database.pool(), actor.name(), id).map(found -> found.orElseThrow(() -> none(actor, id)));
    }

    private static Refusal none(Actor actor, String id) {
        return new Refusal(Fault.NOT_FOUND, actor + " has no subscription " + id);
    }

    /**
     * Changes one, and has what waits tried at once. Fails with Refusal: NOT_FOUND; CONFLICT when it has another version;
     * and as {@link #subscribe}.
     */
    public Future<Subscription> change(Actor actor, String id, long version, Subscription.Change change) {
        return get(actor, id)
                .compose(before -> mustBeNamed(change.endpoint() == null ? before.endpoint() : change.endpoint())
                        .compose(named ->
                                maySee(actor, change.kinds() == null ? before.kinds() : change.kinds(), before.only())))
                .compose(may ->
                        database.inTransaction(connection -> store.change(connection, actor.name(), id, version, change)
                                .compose(changed -> {
                                    if (!changed) {
                                        throw new Refusal(Fault.CONFLICT, "subscription " + id + " is not " + version);
                                    }
                                    return record(connection, actor, AuditCode.NOTIFICATION_CHANGED, id, said(change));
                                })))
                .compose(done -> get(actor, id));
    }

    private static String said(Subscription.Change change) {
        List<EventKind> kinds = change.kinds();
        return (change.endpoint() == null ? "" : "endpoint=" + change.endpoint() + " ")
                + (kinds == null ? "" : "kinds=" + keys(kinds) + " ")
                + (change.token() == null ? "" : "token=new");
    }

    private static List<String> keys(List<EventKind> kinds) {
        return kinds.stream().map(EventKind::key).toList();
    }

    /** Has what waits for it tried at once. Fails with Refusal(NOT_FOUND). */
    public Future<Void> resume(Actor actor, String id) {
        return database.inTransaction(connection -> store.resume(connection, actor.name(), id)
                .compose(there -> there
                        ? record(connection, actor, AuditCode.NOTIFICATION_RESUMED, id, "")
                        : Future.failedFuture(none(actor, id))));
    }

    /** Ends it; what waits for it is dropped. Fails with Refusal(NOT_FOUND). */
    public Future<Void> end(Actor actor, String id) {
        return database.inTransaction(connection -> store.end(connection, actor.name(), id)
                .compose(there -> there
                        ? record(connection, actor, AuditCode.NOTIFICATION_UNSUBSCRIBED, id, "")
                        : Future.failedFuture(none(actor, id))));
    }

    /** Sends a notification of the kind test, now, beside all that waits. Fails with Refusal(NOT_FOUND). */
    public Future<Delivery> test(Actor actor, String id) {
        return get(actor, id)
                .compose(subscription -> store.token(database.pool(), actor.name(), id)
                        .compose(token -> courier.send(
                                Endpoint.of(subscription.endpoint()),
                                subscription.soap12(),
                                Parcel.test(id, token, clock.instant()))));
    }

    private Future<Void> record(SqlConnection connection, Actor actor, AuditCode code, String id, String detail) {
        return audit.record(connection, new AuditEntry(actor.audited(), code, "subscription:" + id, detail));
    }
}
