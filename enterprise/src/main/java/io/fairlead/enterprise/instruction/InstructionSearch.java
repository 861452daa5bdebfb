package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Finds instructions of all devices, and counts them. Those of a device whose data somebody may not see are in no count of his. */
public final class InstructionSearch {
    private final Database database;
    private final Devices devices;
    private final Clock clock;
    private final InstructionReads store = new InstructionReads();

    public InstructionSearch(Database database, Devices devices, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.clock = clock;
    }

    /**
     * Some of what was found.
     *
     * @param total on all pages
     * @param page which one this is, from 1
     */
    public record Page(List<Instruction> instructions, int total, int page) {}

    /**
     * A page. What there is is counted first, so that no page is beyond the last. Fails with Refusal: FORBIDDEN for whom no
     * role lets see data of any device; of one device that was named UNKNOWN_DEVICE, FORBIDDEN.
     */
    public Future<Page> page(Actor actor, InstructionQuery query) {
        Instant now = clock.instant();
        return view(actor, query.filter())
                .compose(view -> store.count(database.pool(), view, query.filter(), now)
                        .compose(total -> {
                            int pages = Math.max(1, (total + query.size() - 1) / query.size());
                            int page = Math.min(query.page(), pages);
                            return store.page(database.pool(), view, query, (page - 1) * query.size(), now)
                                    .map(found -> new Page(found, total, page));
                        }));
    }

    private Future<View> view(Actor actor, InstructionFilter filter) {
        return filter.device() == null
                ? devices.mustView(actor, Action.SEE_DATA)
                : devices.mayOn(actor, Action.SEE_DATA, filter.device())
                        .compose(may -> devices.view(actor, Action.SEE_DATA));
    }
}
