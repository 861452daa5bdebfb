package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened at devices, page by page. */
public final class Events {
    private static final int LONGEST_PAGE = 500;

    private final Database database;
    private final Devices devices;
    private final EventStore store = new EventStore();

    public Events(Database database, Devices devices) {
        this.database = database;
        this.devices = devices;
    }

    /**
     * Where a page ended. Events have no number, and many come at one moment.
     *
     * @param receivedAt of its last event
     * @param skip how many events of that moment were shown
     */
    public record Place(Instant receivedAt, int skip) {
        public Place {
            if (skip < 0 || skip > 100_000) {
                throw new Refusal(Fault.INVALID, "there is no such page");
            }
        }
    }

    /**
     * Which events.
     *
     * @param least of this severity and worse
     * @param from received then or later; null for all
     * @param to received before that; null for all
     */
    public record Wanted(
            Severity least,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * Some events.
     *
     * @param next where the next page begins; null when this was the last
     */
    public record Page(List<PastEvent> events, @Nullable Place next) {}

    /**
     * Newest first, by the time of receipt.
     *
     * @param after where the page before ended; null for the first page
     * @param least only of this severity and worse
     * @param limit 1 to 500
     */
    public Future<Page> page(Actor actor, DeviceId device, Severity least, @Nullable Place after, int limit) {
        return page(actor, device, new Wanted(least, null, null), after, limit);
    }

    /** The same of some time. */
    public Future<Page> page(Actor actor, DeviceId device, Wanted wanted, @Nullable Place after, int limit) {
        if (limit < 1 || limit > LONGEST_PAGE) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a page has 1 to 500 events"));
        }
        return devices.mayOn(actor, Action.SEE_DATA, device)
                .compose(may -> store.page(database.pool(), device, wanted, after, limit + 1))
                .map(read -> read.size() <= limit
                        ? new Page(read, null)
                        : new Page(read.subList(0, limit), place(after, read.subList(0, limit))));
    }

    private static Place place(@Nullable Place before, List<PastEvent> shown) {
        Instant last = shown.get(shown.size() - 1).receivedAt();
        long same =
                shown.stream().filter(event -> event.receivedAt().equals(last)).count();
        int earlier = before != null && before.receivedAt().equals(last) ? before.skip() : 0;
        return new Place(last, earlier + (int) same);
    }
}
