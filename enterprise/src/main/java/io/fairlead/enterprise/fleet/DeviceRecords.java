package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditFilter;
import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.vertx.core.Future;
import java.util.List;

/** The audit, as far as each may read it. */
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
     * The newest entries that fit. Who may not read the whole audit names the devices, and may see each one's record; fails
     * with Refusal: UNKNOWN_DEVICE, FORBIDDEN.
     */
    public Future<List<AuditRow>> list(Actor actor, AuditFilter filter, int limit) {
        return rights.of(actor)
                .compose(entitlement -> {
                    if (entitlement.may(Action.SEE_AUDIT, Scope.PLATFORM)
                            || filter.subjects().isEmpty()) {
                        Rights.check(entitlement, Action.SEE_AUDIT, Scope.PLATFORM);
                        return Future.<Void>succeededFuture();
                    }
                    return eachMayBeSeen(actor, List.copyOf(filter.subjects().get()), 0);
                })
                .compose(may -> audit.list(filter, limit));
    }

    private Future<Void> eachMayBeSeen(Actor actor, List<String> devices, int at) {
        return at == devices.size()
                ? Future.succeededFuture()
                : this.devices
                        .mayOn(actor, Action.SEE_RECORD, new DeviceId(devices.get(at)))
                        .compose(may -> eachMayBeSeen(actor, devices, at + 1));
    }

    /** Who may read the whole audit; fails with Refusal(FORBIDDEN). */
    public Future<Void> mayReadAll(Actor actor) {
        return rights.must(actor, Action.SEE_AUDIT, Scope.PLATFORM);
    }

    /** The newest entries of all, for whom the whole audit is; fails with Refusal(FORBIDDEN). */
    public Future<List<AuditRow>> list(Actor actor, int limit) {
        return rights.must(actor, Action.SEE_AUDIT, Scope.PLATFORM).compose(may -> audit.list(limit));
    }

    /** The newest entries of one device; fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN. */
    public Future<List<AuditRow>> list(Actor actor, int limit, DeviceId device) {
        return rights.of(actor)
                .compose(entitlement -> entitlement.may(Action.SEE_AUDIT, Scope.PLATFORM)
                        ? audit.list(limit, device.value())
                        : devices.mayOn(actor, Action.SEE_RECORD, device)
                                .compose(may -> audit.list(limit, device.value())));
    }
}
