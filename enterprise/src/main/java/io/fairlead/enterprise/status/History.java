package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What items were, as much of it as a chart can show. */
public final class History {
    /** More points than this are never given. */
    public static final int MOST_POINTS = 2_000;

    private static final int BUCKETS = 1_000;

    private final Database database;
    private final Devices devices;
    private final HistoryStore store = new HistoryStore();

    public History(Database database, Devices devices) {
        this.database = database;
        this.devices = devices;
    }

    /**
     * An item over some time: every value when there are few, else buckets with least, average and most; changes only when
     * it is a text. Fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN, NOT_FOUND when the device never reported this item.
     */
    public Future<Series> series(Actor actor, DeviceId device, String item, Span span) {
        return devices.mayOn(actor, Action.SEE_DATA, device)
                .compose(may -> store.kind(database.pool(), device, item))
                .compose(kind ->
                        kind.orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "device=" + device + " has no such item"))
                                        .number()
                                ? numbers(device, item, span)
                                : states(device, item, span));
    }

    private Future<Series> numbers(DeviceId device, String item, Span span) {
        return store.raw(database.pool(), device, item, span, MOST_POINTS + 1).compose(samples -> {
            if (samples.size() <= MOST_POINTS) {
                return Future.succeededFuture(new Series.Raw(span, samples));
            }
            Duration width = Steps.of(span.length(), BUCKETS);
            Span aligned = aligned(span, width);
            return store.buckets(database.pool(), device, item, aligned, width)
                    .map(buckets -> new Series.Buckets(aligned, width, buckets));
        });
    }

    /** Buckets begin at the same moments wherever a range begins, so that nothing jumps when it is moved. */
    private static Span aligned(Span span, Duration width) {
        long seconds = width.toSeconds();
        Instant from = Instant.ofEpochSecond(Math.floorDiv(span.from().getEpochSecond(), seconds) * seconds);
        return new Span(from, span.to());
    }

    private Future<Series> states(DeviceId device, String item, Span span) {
        return store.before(database.pool(), device, item, span.from())
                .compose(before -> store.states(database.pool(), device, item, span, MOST_POINTS)
                        .map(changes -> {
                            List<Series.State> states = new ArrayList<>(changes.size() + 1);
                            before.ifPresent(text -> states.add(new Series.State(span.from(), text)));
                            for (Series.State change : changes) {
                                boolean same = !states.isEmpty()
                                        && states.get(states.size() - 1).text().equals(change.text());
                                if (!same && states.size() < MOST_POINTS) {
                                    states.add(change);
                                }
                            }
                            return new Series.States(span, states, changes.size() >= MOST_POINTS);
                        }));
    }
}
