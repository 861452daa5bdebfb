package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Named sets of devices, for those who order devices in their own way. Whoever may write notes may make some; a group is
 * changed by its maker, or at the server's own machine, and holds only devices on which he may write notes.
 */
public final class Groups {
    /** Of one maker. */
    public static final int MOST = 500;

    private static final int LONGEST = 300;

    private final Database database;
    private final Devices devices;
    private final Rights rights;
    private final Audit audit;
    private final Clock clock;
    private final GroupStore store = new GroupStore();

    public Groups(Database database, Devices devices, Rights rights, Audit audit, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those that he made, and those that have a device that he may see; in order of name. */
    public Future<List<DeviceGroup>> list(Actor actor) {
        return devices.view(actor, Action.SEE_DEVICE)
                .compose(view -> store.list(database.pool(), view, actor.audited()));
    }

    /**
     * Makes one, without devices. Fails with Refusal: CONFLICT for a name that is taken, or when he has {@value #MOST},
     * INVALID, FORBIDDEN.
     *
     * @param id its name: letters, digits and . _ - ; 64 at most
     * @param description at most 300 characters in one line
     */
    public Future<Void> make(Actor actor, String id, String description) {
        if (!fits(id, description)) {
            return Future.failedFuture(unfit());
        }
        return database.inTransaction(connection -> rights.of(connection, actor)
                .compose(entitlement -> {
                    if (!entitlement.hasRoleFor(Action.WRITE_NOTE)) {
                        throw new Refusal(Fault.FORBIDDEN, "actor=" + actor + " makes a group");
                    }
                    return store.count(connection, actor.audited());
                })
                .compose(count -> {
                    if (count >= MOST) {
                        throw Refusal.saying(
                                Fault.CONFLICT,
                                "actor=" + actor + " has " + count + " groups",
                                "nobody makes more than " + MOST + " groups");
                    }
                    return store.insert(connection, id, description, clock.instant(), actor.audited());
                })
                .compose(fresh -> {
                    if (!fresh) {
                        throw taken(id);
                    }
                    return record(connection, actor, AuditCode.GROUP_MADE, "", "group=" + id);
                }));
    }

    /** One of them: Refusal(NOT_FOUND) when there is none that he made, or of which he sees a device. */
    public Future<DeviceGroup> get(Actor actor, String id) {
        return list(actor)
                .map(all -> all.stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> none(id)));
    }

    /** Those of {@link #list} that hold a device, in order of name. Fails with Refusal(UNKNOWN_DEVICE). */
    public Future<List<String>> of(Actor actor, DeviceId device) {
        return devices.get(actor, device).compose(seen -> store.of(database.pool(), device));
    }

    /** Whether he may change one: its maker may, and whoever works at the server's own machine. */
    public static boolean mayChange(Actor actor, DeviceGroup group) {
        return actor.isServersOwn() || group.createdBy().equals(actor.audited());
    }

    /**
     * Gives it another name, or another description. What is so already changes nothing. Fails with Refusal as {@link #make} and
     * {@link #delete}.
     */
    public Future<Void> change(Actor actor, String id, String name, String description) {
        if (!fits(name, description)) {
            return Future.failedFuture(unfit());
        }
        return database.inTransaction(connection -> own(connection, actor, id)
                .compose(his -> name.equals(id)
                        ? Future.succeededFuture(true)
                        : store.maker(connection, name).map(Optional::isEmpty))
                .compose(free -> {
                    if (!free) {
                        throw taken(name);
                    }
                    return store.change(connection, id, name, description);
                })
                .compose(changed -> changed
                        ? record(connection, actor, AuditCode.GROUP_CHANGED, "", "group=" + name + " (was " + id + ")")
                        : Future.succeededFuture()));
    }

    private static boolean fits(String name, String description) {
        return DeviceGroup.isName(name)
                && description.length() <= LONGEST
                && description.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }

    private static Refusal unfit() {
        return Refusal.saying(
                Fault.INVALID,
                "a group's name has 1 to 64 letters, digits and . _ - ; its description at most 300 characters in a line");
    }

    private static Refusal taken(String name) {
        return Refusal.saying(Fault.CONFLICT, "there is a group " + name, "the name is taken");
    }

    /** Deletes one; its devices stay as they are. Fails with Refusal: NOT_FOUND, FORBIDDEN when another made it and he sees it. */
    public Future<Void> delete(Actor actor, String id) {
        return database.inTransaction(connection -> own(connection, actor, id)
                .compose(his -> store.delete(connection, id))
                .compose(gone -> record(connection, actor, AuditCode.GROUP_DELETED, "", "group=" + id)));
    }

    /** Puts a device into it; one that is in it stays. Fails with Refusal as {@link #delete}, and UNKNOWN_DEVICE. */
    public Future<Void> add(Actor actor, String id, DeviceId device) {
        return database.inTransaction(connection -> own(connection, actor, id)
                .compose(his -> devices.mayOn(connection, actor, Action.WRITE_NOTE, device))
                .compose(may -> store.add(connection, id, device))
                .compose(fresh -> fresh
                        ? record(connection, actor, AuditCode.GROUP_DEVICE_ADDED, device.value(), "group=" + id)
                        : Future.succeededFuture()));
    }

    /** Takes a device out of it; one that is not in it is no error. Fails as {@link #add}. */
    public Future<Void> remove(Actor actor, String id, DeviceId device) {
        return database.inTransaction(connection -> own(connection, actor, id)
                .compose(his -> devices.mayOn(connection, actor, Action.WRITE_NOTE, device))
                .compose(may -> store.remove(connection, id, device))
                .compose(was -> was
                        ? record(connection, actor, AuditCode.GROUP_DEVICE_REMOVED, device.value(), "group=" + id)
                        : Future.succeededFuture()));
    }

    /** One of whose devices he may see none, and that another made, looks as if it were not there. */
    private Future<Void> own(SqlConnection connection, Actor actor, String id) {
        if (!DeviceGroup.isName(id)) {
            return Future.failedFuture(none("of such a name"));
        }
        return store.maker(connection, id)
                .map(maker -> maker.orElseThrow(() -> none(id)))
                .compose(maker -> actor.isServersOwn() || maker.equals(actor.audited())
                        ? Future.succeededFuture()
                        : rights.of(connection, actor)
                                .compose(may -> store.isSeen(connection, id, may.view(Action.SEE_DEVICE)))
                                .map(seen -> {
                                    throw seen
                                            ? new Refusal(
                                                    Fault.FORBIDDEN, "actor=" + actor + " did not make the group " + id)
                                            : none(id);
                                }));
    }

    private static Refusal none(String id) {
        return new Refusal(Fault.NOT_FOUND, "there is no group " + id);
    }

    private Future<Void> record(SqlConnection connection, Actor actor, AuditCode code, String subject, String detail) {
        return audit.record(connection, new AuditEntry(actor.audited(), code, subject, detail));
    }
}
