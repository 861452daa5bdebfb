package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditFilter;
import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.people.View;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The audit, as far as each may read it: all of it, or what was done to the devices of his view. */
public final class DeviceRecords {
    private final Audit audit;
    private final Rights rights;
    private final Devices devices;

    public DeviceRecords(Audit audit, Rights rights, Devices devices) {
        this.audit = audit;
        this.rights = rights;
        this.devices = devices;
    }

    /**
     * The newest entries that fit, newest first: of all for whom the whole audit is, else of the devices of his view. One
     * that he names and may not see fails with Refusal(UNKNOWN_DEVICE), as if there were none; FORBIDDEN when no role lets him
     * read any.
     */
    public Future<List<AuditRow>> list(Actor actor, AuditFilter filter, int limit) {
        return rights.of(actor).compose(entitlement -> {
            if (all(entitlement)) {
                return audit.list(filter, limit);
            }
            Optional<Set<String>> named = filter.subjects();
            Future<Set<String>> subjects = named.isPresent()
                    ? eachMayBeSeen(actor, List.copyOf(named.get()), 0).map(named.get())
                    : devices.ids(view(entitlement));
            return subjects.compose(seen -> audit.list(filter.subjects(seen), limit));
        });
    }

    private Future<Void> eachMayBeSeen(Actor actor, List<String> subjects, int at) {
        return at == subjects.size()
                ? Future.succeededFuture()
                : devices.mayOn(actor, Action.SEE_RECORD, new DeviceId(subjects.get(at)))
                        .compose(may -> eachMayBeSeen(actor, subjects, at + 1));
    }

    /** Who may read the whole audit; fails with Refusal(FORBIDDEN). */
    public Future<Void> mayReadAll(Actor actor) {
        return rights.must(actor, Action.SEE_AUDIT, Scope.PLATFORM);
    }

    /** The same of all that he may read. */
    public Future<List<AuditRow>> list(Actor actor, int limit) {
        return list(actor, AuditFilter.all(), limit);
    }

    /** The newest entries of one device; fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN. */
    public Future<List<AuditRow>> list(Actor actor, int limit, DeviceId device) {
        return rights.of(actor)
                .compose(entitlement -> all(entitlement)
                        ? audit.list(limit, device.value())
                        : devices.mayOn(actor, Action.SEE_RECORD, device)
                                .compose(may -> audit.list(limit, device.value())));
    }

    private static boolean all(Entitlement entitlement) {
        return entitlement.may(Action.SEE_AUDIT, Scope.PLATFORM);
    }

    private static View view(Entitlement entitlement) {
        if (!entitlement.hasRoleFor(Action.SEE_RECORD)) {
            throw new Refusal(Fault.FORBIDDEN, "actor=" + entitlement.actor() + " reads no audit");
        }
        return entitlement.view(Action.SEE_RECORD);
    }
}
