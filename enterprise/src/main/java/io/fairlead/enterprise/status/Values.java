package io.fairlead.enterprise.status;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.List;

/** The values that hold now, of several devices at once. */
public final class Values {
    private final Database database;
    private final Rights rights;
    private final ValueStore store = new ValueStore();

    public Values(Database database, Rights rights) {
        this.database = database;
        this.rights = rights;
    }

    /**
     * Some of what was found.
     *
     * @param total on all pages
     * @param page which one this is, from 1
     */
    public record Page(List<DeviceValue> values, int total, int page) {}

    /**
     * A page, in order of device and item. Fails with Refusal: UNKNOWN_DEVICE when one of the devices is not there or he may
     * not see it; FORBIDDEN when he may not see the data of one.
     */
    public Future<Page> page(Actor actor, ValueQuery query) {
        return rights.of(actor)
                .compose(may ->
                        store.count(database.pool(), may.view(Action.SEE_DEVICE), may.view(Action.SEE_DATA), query))
                .compose(count -> {
                    mustSee(actor, query, count);
                    int pages = Math.max(1, (count.values() + query.size() - 1) / query.size());
                    int page = Math.min(query.page(), pages);
                    return store.page(database.pool(), query, (page - 1) * query.size())
                            .map(values -> new Page(values, count.values(), page));
                });
    }

    private static void mustSee(Actor actor, ValueQuery query, ValueStore.Count count) {
        if (count.seen() < query.devices().size()) {
            throw new Refusal(Fault.UNKNOWN_DEVICE, "devices=" + query.devices().size() + " seen=" + count.seen());
        }
        if (count.data() < query.devices().size()) {
            throw new Refusal(
                    Fault.FORBIDDEN,
                    "actor=" + actor + " action=SEE_DATA devices="
                            + query.devices().size() + " seen=" + count.data());
        }
    }
}
